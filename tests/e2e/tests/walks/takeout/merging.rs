//! What the account tells of and an export has too: one photo of two sources, whichever came first.

use albumen_core::photo::MediaItem;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::google::{Call, Fault};
use albumen_e2e::library::{Library, library};
use albumen_e2e::walk::{Stage, Walk, walk};
use albumen_takeout::Order;
use albumen_takeout::truth::PhotoTruth;
use jiff::Timestamp;
use serde_json::json;

use super::steps::{self, Export, SMALL};

const ITEMS: u32 = 30;
const EXPORT: Order = Order { photos: 200, parts: 2, ..SMALL };

/// Has the account tell of a photo of the export, as one that this app has uploaded: which one, and its id there.
fn tell_of_one(walk: &Walk, export: &Export) -> Told<PhotoTruth> {
    let photos = &export.truth.photos;
    let is_plain = |photo: &&PhotoTruth| {
        photo.mime_type == "image/jpeg"
            && photo.geo_data.is_some()
            && photo.exif.is_some()
            && photo.url.is_some()
            && photo.time.sidecar_s == Some(photo.time.instant_s)
            && photos.iter().filter(|other| other.title.eq_ignore_ascii_case(&photo.title)).count() == 1
    };
    let twin = photos.iter().find(is_plain).ok_or_else(|| said("the export has no photo with all of that"))?.clone();
    let taken = Timestamp::from_second(twin.time.instant_s).map_err(|error| said(error.to_string()))?.to_string();
    let camera = twin.exif.as_ref().map(|exif| exif.model.clone());
    let (name, width, height) = (twin.title.clone(), twin.width_px.to_string(), twin.height_px.to_string());
    walk.google.script(Fault::change(Call::Search, move |reply| {
        let item = &mut reply["mediaItems"][0];
        item["filename"] = json!(name);
        item["mimeType"] = json!("image/jpeg");
        item["description"] = json!("Said in the account");
        item["mediaMetadata"] =
            json!({ "creationTime": taken, "width": width, "height": height, "photo": { "cameraModel": camera } });
    }));
    Ok(twin)
}

/// The one row of the photo, once both sources are read.
fn the_one<'a>(library: &'a Library, twin: &PhotoTruth, export: &Export) -> Told<(u32, &'a MediaItem)> {
    let all = ITEMS as usize + export.truth.photos.len() - 1;
    if library.items.len() != all {
        return Err(said(format!("there are {} photos, not {all}", library.items.len())));
    }
    let named: Vec<_> = library.items.iter().filter(|(_, item)| item.file_name == twin.title).collect();
    match named[..] {
        [(row, item)] => Ok((*row, item)),
        _ => Err(said(format!("{} is there {} times", twin.title, named.len()))),
    }
}

/// Whether each fact is of the source whose word counts for it.
fn is_of_both(item: &MediaItem, twin: &PhotoTruth) {
    let export = item.export.as_ref().expect("the export knows the photo");
    assert!(export.is_in_account && !item.id.starts_with("takeout:"), "{item:?}");
    assert_eq!(item.description, "Said in the account");
    let (place, told) = (export.place.expect("the export knows the place"), twin.geo_data.expect("it has one"));
    assert!((place.latitude - told.0).abs() < 1e-6 && (place.longitude - told.1).abs() < 1e-6, "{place:?}, {told:?}");
    assert_eq!(item.exposure.iso, twin.exif.as_ref().map(|exif| u32::from(exif.iso)));
}

/// Whether the details of the photo say where they are from.
async fn says_so(walk: &Walk, row: u32) -> Told {
    walk.browser.open(&format!("{}photos?photo={row}", walk.page.base())).await?;
    walk.browser.sees("Takeout export and Google Photos library").await?;
    walk.browser.sees("Two sources, one photo").await
}

#[test]
fn a_photo_that_the_account_told_of_first_comes_from_the_export_as_the_same_photo() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        let export = steps::export(EXPORT)?;
        let twin = tell_of_one(walk, &export)?;
        walk.browser.watcher.set_time_zone(&export.truth.persons_zone).await?;
        crate::steps::sign_in(walk).await?;
        crate::steps::sync(walk, None).await?;
        steps::bring(walk, &[export.part(0), export.part(1)]).await?;
        steps::imported(walk).await?;
        let during = library(&walk.browser).await?;
        let (row, item) = the_one(&during, &twin, &export)?;
        is_of_both(item, &twin);
        crate::steps::expect_deep_links(walk);
        says_so(walk, row).await?;
        walk.browser.button("Close").await?;
        // Without the export it is the account's again.
        steps::remove_imports(walk).await?;
        let left = async || {
            let after = library(&walk.browser).await?;
            Ok((after.items.len() == ITEMS as usize).then_some(after))
        };
        let after = walk.browser.until("the import's photos to go", left).await?;
        let own = after.items.iter().find(|(_, item)| item.file_name == twin.title);
        let (_, own) = own.ok_or_else(|| said("the account's photo has gone with the export"))?;
        assert!(own.export.is_none() && own.description == "Said in the account", "{own:?}");
        Ok(())
    });
}

#[test]
fn a_photo_of_an_export_is_the_same_photo_when_the_account_tells_of_it_later() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        let export = steps::export(EXPORT)?;
        let twin = tell_of_one(walk, &export)?;
        steps::open(walk, &export).await?;
        steps::bring(walk, &[export.part(0), export.part(1)]).await?;
        steps::imported(walk).await?;
        assert_eq!(library(&walk.browser).await?.items.len(), export.truth.photos.len());
        walk.browser.link("Settings").await?;
        walk.browser.button("Sign in with Google").await?;
        walk.browser.choose_files("Choose client_secret.json", &[&crate::steps::web_client(walk)?]).await?;
        walk.browser.sees("Sign-in is set up with").await?;
        crate::steps::go_to_consent(walk).await?;
        crate::steps::allow(walk).await?;
        crate::steps::sync(walk, None).await?;
        let merged = async || {
            let library = library(&walk.browser).await?;
            the_one(&library, &twin, &export).map(|(row, item)| Some((row, item.clone())))
        };
        let (row, item) = walk.browser.until("the two to be one", merged).await?;
        is_of_both(&item, &twin);
        crate::steps::expect_deep_links(walk);
        says_so(walk, row).await
    });
}
