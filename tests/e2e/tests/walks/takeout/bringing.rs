//! Exports that are whole: every form, every order, all at once or one after the other.

use std::path::Path;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::Told;
use albumen_e2e::walk::{Stage, Walk, walk};
use albumen_takeout::{Form, Order, Style};

use super::steps::SMALL;
use super::{steps, truth};

/// From the empty page to the truth, with these parts in this order.
async fn comes_to_the_truth(walk: &Walk, order: Order, parts: &[usize]) -> Told {
    let export = steps::export(order)?;
    steps::open(walk, &export).await?;
    let parts: Vec<&Path> = parts.iter().map(|part| export.part(*part)).collect();
    steps::bring(walk, &parts).await?;
    steps::imported(walk).await?;
    truth::is_the_truth(walk, &export.truth).await?;
    steps::sees_all(walk, export.truth.photos.len()).await
}

#[test]
fn an_export_dropped_on_the_empty_page_leads_to_photos_in_one_gesture() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(Order { photos: 200, parts: 1, ..SMALL })?;
        steps::open(walk, &export).await?;
        steps::bring(walk, &[export.part(0)]).await?;
        crate::steps::sees_pictures(walk).await?;
        steps::sees_tiles(walk).await
    });
}

#[test]
fn an_export_chosen_where_the_browser_gives_files_but_no_handles_leads_to_photos_too() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(Order { photos: 200, parts: 2, form: Form::Tgz, ..SMALL })?;
        walk.browser.open("about:blank").await?;
        // As in Firefox and Safari.
        let without = "delete window.showOpenFilePicker; delete window.showDirectoryPicker;";
        steps::before_the_page(walk, without).await?;
        steps::open(walk, &export).await?;
        walk.browser.choose_files(steps::CHOOSE, &[export.part(1), export.part(0)]).await?;
        steps::sees_tiles(walk).await?;
        steps::imported(walk).await?;
        truth::is_the_truth(walk, &export.truth).await
    });
}

#[test]
fn three_zips_from_the_last_to_the_first_come_to_the_truth() {
    walk(Stage::default(), async |walk| comes_to_the_truth(walk, SMALL, &[2, 1, 0]).await);
}

#[test]
fn three_zips_of_the_old_style_in_zip64_come_to_the_truth() {
    let order = Order { style: Style::Old, seed: 2, zip64: true, ..SMALL };
    walk(Stage::default(), async |walk| comes_to_the_truth(walk, order, &[1, 2, 0]).await);
}

#[test]
fn three_tgzs_from_the_last_to_the_first_come_to_the_truth() {
    let order = Order { form: Form::Tgz, ..SMALL };
    walk(Stage::default(), async |walk| comes_to_the_truth(walk, order, &[2, 1, 0]).await);
}

#[test]
fn an_unpacked_folder_comes_to_the_truth() {
    let order = Order { form: Form::Folder, photos: 300, style: Style::Old, ..SMALL };
    walk(Stage::default(), async |walk| comes_to_the_truth(walk, order, &[0]).await);
}

#[test]
fn zips_and_a_tgz_of_one_export_come_to_the_truth() {
    walk(Stage::default(), async |walk| {
        let zips = steps::export(SMALL)?;
        let tgzs = steps::export(Order { form: Form::Tgz, ..SMALL })?;
        steps::open(walk, &zips).await?;
        steps::bring(walk, &[zips.part(0), tgzs.part(1), zips.part(2)]).await?;
        steps::imported(walk).await?;
        truth::is_the_truth(walk, &zips.truth).await
    });
}

#[test]
fn parts_that_come_one_after_the_other_complete_each_other() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(Order { form: Form::Zip, seed: 3, ..SMALL })?;
        steps::open(walk, &export).await?;
        for (count, part) in (1..).zip([1, 0, 2]) {
            steps::bring(walk, &[export.part(part)]).await?;
            steps::imported_parts(walk, count).await?;
        }
        truth::is_the_truth(walk, &export.truth).await?;
        // What was there already changes nothing.
        steps::bring(walk, &[export.part(0)]).await?;
        steps::imported(walk).await?;
        truth::is_the_truth(walk, &export.truth).await?;
        walk.browser.find(Role::Link, "Photos").await?;
        Ok(())
    });
}
