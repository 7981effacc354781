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

/// Does something in the window of Google's that has opened, and comes back to the page.
async fn in_window(walk: &Walk, there: impl AsyncFnOnce() -> Told) -> Told {
    let driver = walk.browser.driver();
    let home = driver.window().await?;
    let other = walk
        .browser
        .until("Google's own window", async || Ok(driver.windows().await?.into_iter().find(|window| *window != home)))
        .await?;
    driver.switch_to_window(other).await?;
    walk.browser.sees("wants access to your Google Account").await?;
    there().await?;
    driver.switch_to_window(home).await?;
    Ok(())
}

/// Allows in the window of Google's that has opened, and comes back to the page.
pub(crate) async fn allow_in_window(walk: &Walk) -> Told {
    in_window(walk, async || walk.browser.button("Allow").await).await
}

/// From signed in to one picture in the list of uploads.
async fn choose_one(walk: &Walk) -> Told<PathBuf> {
    steps::sign_in(walk).await?;
    walk.browser.link("Upload").await?;
    let harbour = walk.files.jpeg("harbour.jpg", 1200, 800, 30)?;
    walk.browser.choose_files("Choose files", &[&harbour]).await?;
    walk.browser.sees("0 of 1 in the library").await?;
    Ok(harbour)
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

#[test]
fn where_windows_are_blocked_the_way_leads_through_google_and_back_to_the_list() {
    walk(Stage { items: 5, ..Stage::default() }, async |walk| {
        let harbour = choose_one(walk).await?;
        walk.browser.fill("Description of harbour.jpg", "At noon").await?;
        let _: Option<String> = walk.browser.run("window.open = () => null", vec![]).await?;
        walk.browser.button("Start upload").await?;
        walk.browser.sees("wants access to your Google Account").await?;
        steps::expect_deep_links(walk);
        walk.browser.button("Allow").await?;
        // A page that was left has lost the file itself, and nothing else.
        walk.browser.sees("Choose this file again to go on").await?;
        walk.browser.choose_files("Choose files", &[&harbour]).await?;
        walk.browser.button("Start upload").await?;
        walk.browser.sees("1 of 1 in the library").await?;
        let made = walk.google.sandbox(|sandbox| sandbox.truth().filter(|item| item.description == "At noon").count());
        assert_eq!(made, 1);
        Ok(())
    });
}

#[test]
fn a_window_that_is_given_up_changes_nothing_and_the_next_one_works() {
    walk(Stage { items: 5, ..Stage::default() }, async |walk| {
        choose_one(walk).await?;
        walk.browser.button("Start upload").await?;
        in_window(walk, async || Ok(walk.browser.driver().close_window().await?)).await?;
        walk.browser.find(Role::Dialog, "Waiting for Google").await?;
        walk.browser.button("Cancel").await?;
        walk.browser.sees("0 of 1 in the library").await?;
        walk.browser.button("Start upload").await?;
        in_window(walk, async || walk.browser.button("Cancel").await).await?;
        walk.browser.sees("The permission was not given, so nothing was changed.").await?;
        walk.browser.button("Dismiss").await?;
        walk.browser.button("Start upload").await?;
        allow_in_window(walk).await?;
        walk.browser.sees("1 of 1 in the library").await
    });
}

#[test]
fn the_box_for_adding_photos_left_unticked_is_named_and_the_files_stay() {
    walk(Stage { items: 5, ..Stage::default() }, async |walk| {
        choose_one(walk).await?;
        walk.browser.button("Start upload").await?;
        in_window(walk, async || {
            let adds = walk.browser.names(Role::Checkbox, "").await?.into_iter().find(|name| name.contains("Add"));
            walk.browser.click(Role::Checkbox, &adds.expect("adding photos is asked for")).await?;
            walk.browser.button("Allow").await
        })
        .await?;
        walk.browser.sees("The box for adding photos was left unticked").await?;
        walk.browser.sees("0 of 1 in the library").await?;
        walk.browser.button("Allow uploads").await?;
        allow_in_window(walk).await?;
        // What was asked for before the question goes on by itself.
        walk.browser.sees("1 of 1 in the library").await
    });
}
