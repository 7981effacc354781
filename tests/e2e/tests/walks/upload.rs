//! Files from the disk into the library.

use std::path::PathBuf;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::Told;
use albumen_e2e::google::Call;
use albumen_e2e::walk::{Stage, Walk, walk};

use crate::steps;

/// Three JPEGs that a person would choose.
pub(crate) fn three_pictures(walk: &Walk) -> Told<[PathBuf; 3]> {
    Ok([
        walk.files.jpeg("harbour.jpg", 1200, 800, 30)?,
        walk.files.jpeg("tall tree.jpg", 600, 900, 120)?,
        walk.files.jpeg("größte Düne.jpg", 1600, 700, 210)?,
    ])
}

/// Allows in the window of Google's that has opened, and comes back to the page.
pub(crate) async fn allow_in_window(walk: &Walk) -> Told {
    let driver = walk.browser.driver();
    let home = driver.window().await?;
    let other = walk
        .browser
        .until("Google's own window", async || Ok(driver.windows().await?.into_iter().find(|window| *window != home)))
        .await?;
    driver.switch_to_window(other).await?;
    walk.browser.sees("wants access to your Google Account").await?;
    walk.browser.button("Allow").await?;
    driver.switch_to_window(home).await?;
    Ok(())
}

#[test]
fn three_pictures_arrive_and_the_bad_ones_say_why() {
    walk(Stage { items: 20, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        walk.browser.link("Upload").await?;
        let [harbour, tree, dune] = three_pictures(walk)?;
        let empty = walk.files.file("empty.jpg", [])?;
        let notes = walk.files.file("notes.txt", "buy bread")?;
        let torn = walk.files.file("torn.jpg", b"\xff\xd8\xff\xe0 and then nothing that is a picture")?;
        let huge = walk.files.hollow("huge.jpg", 201 * 1024 * 1024)?;
        walk.browser.choose_files("Choose files", &[&harbour, &tree, &dune, &empty, &notes, &torn, &huge]).await?;
        walk.browser.fill("Description of harbour.jpg", "The harbour at noon").await?;
        walk.browser.button("Start upload").await?;
        allow_in_window(walk).await?;
        walk.browser.sees("3 of 7 in the library").await?;
        walk.browser.sees("The file is empty, so there is nothing to upload.").await?;
        walk.browser.sees("Google Photos does not take files of this kind").await?;
        walk.browser.sees("The file is too large: Google Photos takes at most").await?;
        walk.browser.sees("There was an error while trying to create this media item").await?;
        // The bytes that Google got are the bytes of the files; nothing was sent of what could not go.
        let sent = walk.google.calls(Call::UploadBytes);
        assert_eq!(sent.len(), 4, "three pictures and the torn one");
        for path in [&harbour, &tree, &dune] {
            let bytes = std::fs::read(path)?;
            assert!(sent.iter().any(|seen| seen.request.body == bytes), "{} arrived changed", path.display());
        }
        let library = walk.google.sandbox(|sandbox| sandbox.truth().collect::<Vec<_>>());
        assert_eq!(library.len(), 23, "the bad ones made nothing");
        let made: Vec<_> = library.iter().filter(|item| item.file_name == "harbour.jpg").collect();
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].description, "The harbour at noon");
        // What succeeded appears in the grid.
        walk.browser.link("Settings").await?;
        walk.browser.sees("Photos known 3").await?;
        walk.browser.link("Upload").await?;
        walk.browser.find(Role::Button, "Retry torn.jpg").await?;
        Ok(())
    });
}
