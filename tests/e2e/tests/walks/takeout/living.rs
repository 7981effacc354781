//! After an import: its report, and what is left when it is taken out again.

use std::collections::HashMap;

use albumen_e2e::failure::{Told, said};
use albumen_e2e::library::{Library, library, records};
use albumen_e2e::walk::{Stage, walk};
use albumen_takeout::Order;
use albumen_takeout::truth::{Role, Truth};

use super::steps;
use super::steps::SMALL;

#[test]
fn the_report_counts_what_is_there_and_outlives_a_reload() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(SMALL)?;
        steps::open(walk, &export).await?;
        steps::bring(walk, &[export.part(0), export.part(2)]).await?;
        steps::imported(walk).await?;
        steps::sees_import(walk, "-002").await?;
        steps::bring(walk, &[export.part(1)]).await?;
        steps::imported(walk).await?;
        let report = steps::report(walk).await?;
        is_true(&export.truth, &report)?;
        crate::steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        let again = steps::report(walk).await?;
        assert!(report == again, "the report is another after a reload: {report:?}, then {again:?}");
        Ok(())
    });
}

/// Whether the numbers of a report are those of the truth.
fn is_true(truth: &Truth, report: &steps::Report) -> Told {
    let photos = &truth.photos;
    let count = |is: fn(&albumen_takeout::truth::PhotoTruth) -> bool| photos.iter().filter(|photo| is(photo)).count();
    let has = |role: Role| photos.iter().filter(|photo| photo.files.iter().any(|file| file.role == role)).count();
    let files = photos.iter().flat_map(|photo| &photo.files).map(|file| file.parts.len()).sum::<usize>()
        + truth.albums.iter().map(|album| album.parts.len()).sum::<usize>()
        + truth.others.iter().map(|other| other.parts.len()).sum::<usize>();
    let is_video = |photo: &albumen_takeout::truth::PhotoTruth| photo.mime_type.starts_with("video/");
    let told = [
        ("files", files),
        ("photos", count(|photo| !photo.mime_type.starts_with("video/"))),
        ("videos", photos.iter().filter(|photo| is_video(photo)).count()),
        ("moving_halves", has(Role::Pair)),
        ("edited", has(Role::Edited)),
        ("albums", truth.albums.len()),
        ("favorites", count(|photo| photo.favorited)),
        ("archived", count(|photo| photo.archived)),
        ("trashed", count(|photo| photo.trashed)),
        ("locked", count(|photo| photo.locked)),
        ("of_partners", count(|photo| photo.partner)),
        ("of_shared_albums", count(|photo| photo.shared)),
        ("with_place", count(|p| p.geo_data.is_some() || p.file_place.is_some() || p.geo_data_exif.is_some())),
        ("without_place", count(|p| p.geo_data.is_none() && p.file_place.is_none() && p.geo_data_exif.is_none())),
    ];
    let wrong: Vec<String> = told
        .into_iter()
        .filter(|(name, told)| report.count(name) != Some(*told as u64))
        .map(|(name, told)| format!("{name}: {told}, not {:?}", report.count(name)))
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(said(format!("the report is not true: {wrong:?}"))) }
}

/// All that is known, in an order that does not depend on rows.
fn known(library: &Library) -> (Vec<String>, Vec<String>) {
    let mut items: Vec<String> = library.items.iter().map(|(_, item)| format!("{item:?}")).collect();
    let ids: HashMap<u32, &str> = library.items.iter().map(|(row, item)| (*row, item.id.as_str())).collect();
    let mut albums: Vec<String> = library
        .albums
        .iter()
        .map(|album| {
            let rows = album.rows.runs().iter().cloned().flatten();
            let mut members: Vec<Option<&str>> = rows.map(|row| ids.get(&row).copied()).collect();
            members.sort_unstable();
            format!("{:?} {} {members:?}", album.album, album.missing)
        })
        .collect();
    items.sort();
    albums.sort();
    (items, albums)
}

#[test]
fn an_import_taken_out_again_leaves_the_library_as_it_was() {
    walk(Stage { items: 150, ..Stage::default() }, async |walk| {
        let export = steps::export(Order { photos: 200, parts: 2, ..SMALL })?;
        walk.browser.watcher.set_time_zone(&export.truth.persons_zone).await?;
        crate::steps::sign_in(walk).await?;
        crate::steps::sync(walk, None).await?;
        let before = library(&walk.browser).await?;
        steps::bring(walk, &[export.part(0), export.part(1)]).await?;
        steps::imported(walk).await?;
        let during = library(&walk.browser).await?;
        assert_eq!(during.items.len(), before.items.len() + export.truth.photos.len());
        steps::remove_imports(walk).await?;
        let left = async || {
            let after = library(&walk.browser).await?;
            Ok((after.items.len() == before.items.len()).then_some(after))
        };
        let after = walk.browser.until("the import's photos to go", left).await?;
        assert_eq!(known(&after), known(&before));
        let kept: Vec<String> = records(&walk.browser, "import/").await?.into_iter().map(|(name, _)| name).collect();
        assert_eq!(kept, Vec::<String>::new(), "an import leaves nothing behind");
        // And it can be brought again.
        steps::bring(walk, &[export.part(0), export.part(1)]).await?;
        steps::imported(walk).await?;
        let again = library(&walk.browser).await?;
        assert_eq!(known(&again), known(&during));
        steps::sees_all(walk, before.items.len() + export.truth.photos.len()).await
    });
}
