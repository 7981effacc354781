//! Pictures straight from the archive: small ones in the grid, the original and the video in the viewer.

use albumen_core::photo::{Kind, MediaItem};
use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::library::library;
use albumen_e2e::walk::{Stage, Walk, walk};
use albumen_takeout::Order;
use albumen_takeout::truth::{PhotoTruth, Truth};

use super::steps;
use super::steps::SMALL;

/// The row of a photo of the truth that fits, and the photo.
async fn row_of<'a>(walk: &Walk, truth: &'a Truth, fits: impl Fn(&PhotoTruth) -> bool) -> Told<(u32, &'a PhotoTruth)> {
    let library = library(&walk.browser).await?;
    let row = |photo: &PhotoTruth| {
        let is_it = |(_, item): &&(u32, MediaItem)| Some(item.product_url.as_str()) == photo.url.as_deref();
        library.items.iter().find(is_it).map(|(row, _)| *row)
    };
    let found = truth.photos.iter().filter(|photo| fits(photo)).find_map(|photo| Some((row(photo)?, photo)));
    found.ok_or_else(|| said("the export has no such photo"))
}

/// Shows a row in the viewer without leaving the page: the archive is at hand as long as it stays.
async fn show(walk: &Walk, row: u32) -> Told {
    let go = "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))";
    let address = format!("{}photos?photo={row}", walk.page.base());
    let _: Option<String> = walk.browser.run(go, vec![address.into()]).await?;
    walk.browser.find(Role::Dialog, "Photo").await?;
    Ok(())
}

#[test]
fn the_viewer_shows_the_original_as_it_is_in_the_archive() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(Order { photos: 300, parts: 2, ..SMALL })?;
        steps::open(walk, &export).await?;
        steps::bring(walk, &[export.part(0), export.part(1)]).await?;
        steps::imported(walk).await?;
        walk.browser.link("Photos").await?;
        crate::steps::sees_pictures(walk).await?;
        let is_upright = |photo: &PhotoTruth| photo.exif.as_ref().is_none_or(|exif| exif.orientation == 1);
        let fits = |photo: &PhotoTruth| photo.mime_type == "image/jpeg" && is_upright(photo) && photo.url.is_some();
        let (row, photo) = row_of(walk, &export.truth, fits).await?;
        show(walk, row).await?;
        walk.browser.sees(&photo.title).await?;
        let read = "return [...document.querySelectorAll('dialog img')]
            .map(image => [image.naturalWidth, image.naturalHeight])";
        walk.browser
            .until("the original", async || {
                let sizes: Vec<(u32, u32)> = walk.browser.run(read, vec![]).await?;
                let size = (photo.width_px, photo.height_px);
                if sizes.contains(&size) { Ok(Some(())) } else { Err(said(format!("{sizes:?}, not {size:?}"))) }
            })
            .await
    });
}

#[test]
fn a_video_that_is_stored_is_played_straight_from_the_archive() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(Order { photos: 300, parts: 2, ..SMALL })?;
        steps::open(walk, &export).await?;
        steps::bring(walk, &[export.part(0), export.part(1)]).await?;
        steps::imported(walk).await?;
        walk.browser.link("Photos").await?;
        steps::sees_tiles(walk).await?;
        // Whatever gets an address of its own is noted: the maker's videos have boxes and no pictures.
        let note = "globalThis.made = []; const make = URL.createObjectURL;
            URL.createObjectURL = blob => { made.push([blob.type, blob.size]); return make.call(URL, blob); }";
        let _: Option<String> = walk.browser.run(note, vec![]).await?;
        let (row, photo) = row_of(walk, &export.truth, |photo| photo.mime_type == "video/mp4").await?;
        show(walk, row).await?;
        walk.browser.button("Play").await?;
        let size =
            photo.files.iter().find(|file| file.role == albumen_takeout::truth::Role::Media).map(|file| file.size);
        walk.browser
            .until("an address of the video", async || {
                let made: Vec<(String, u64)> = walk.browser.run("return globalThis.made", vec![]).await?;
                let is_it = |(kind, bytes): &(String, u64)| kind.starts_with("video/") && Some(*bytes) == size;
                if made.iter().any(is_it) { Ok(Some(())) } else { Err(said(format!("{made:?}, not {size:?}"))) }
            })
            .await
    });
}

#[test]
fn after_a_reload_photos_are_there_without_their_archive_and_it_can_be_brought_again() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(Order { photos: 200, parts: 1, ..SMALL })?;
        steps::open(walk, &export).await?;
        steps::bring(walk, &[export.part(0)]).await?;
        steps::imported(walk).await?;
        walk.browser.link("Photos").await?;
        crate::steps::sees_pictures(walk).await?;
        steps::pictures_are_kept(walk).await?;
        crate::steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        // What was seen is kept on the device.
        crate::steps::sees_pictures(walk).await?;
        let rows = library(&walk.browser).await?;
        assert_eq!(rows.items.len(), export.truth.photos.len());
        assert!(rows.items.iter().any(|(_, item)| item.kind == Kind::Video));
        steps::bring(walk, &[export.part(0)]).await?;
        steps::imported(walk).await?;
        assert_eq!(library(&walk.browser).await?.items.len(), export.truth.photos.len());
        Ok(())
    });
}
