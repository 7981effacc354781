//! When something goes wrong in the middle: the tab dies, a file vanishes, the disk is full, archives lie.

use std::path::{Path, PathBuf};

use albumen_e2e::failure::{Told, said};
use albumen_e2e::library::library;
use albumen_e2e::walk::{Stage, Walk, walk};
use albumen_takeout::hostile;
use albumen_takeout::{Form, Order};

use super::steps::SMALL;
use super::{steps, truth};

/// When a tab is lost.
enum Lost {
    /// After so many reads of files.
    AfterReads(u32),
    /// With the first read after a record of such a name was written.
    Once(&'static str),
}

/// Loses the tab, and brings the same files again.
async fn lost(walk: &Walk, order: Order, when: Lost) -> Told {
    let export = steps::export(order)?;
    let parts: Vec<&Path> = export.parts.iter().map(PathBuf::as_path).collect();
    steps::open_awake(walk, &export).await?;
    match when {
        Lost::AfterReads(reads) => steps::hold_reads_after(walk, reads).await?,
        Lost::Once(written) => steps::hold_reads_once(walk, written).await?,
    }
    steps::bring(walk, &parts).await?;
    steps::reads_are_held(walk).await?;
    walk.browser.lose_page().await?;
    steps::open_again(walk, &export).await?;
    steps::bring(walk, &parts).await?;
    steps::imported(walk).await?;
    truth::is_the_truth(walk, &export.truth).await
}

#[test]
fn a_tab_that_dies_while_lists_are_read_loses_nothing() {
    walk(Stage::default(), async |walk| lost(walk, SMALL, Lost::AfterReads(5)).await);
}

#[test]
fn a_tab_that_dies_while_photos_are_looked_into_loses_nothing() {
    let order = Order { seed: 5, ..SMALL };
    walk(Stage::default(), async |walk| lost(walk, order, Lost::Once("import/facts/")).await);
}

#[test]
fn a_tab_that_dies_in_the_middle_of_a_tgz_loses_nothing() {
    walk(Stage::default(), async |walk| {
        lost(walk, Order { form: Form::Tgz, seed: 6, ..SMALL }, Lost::AfterReads(4)).await
    });
}

#[test]
fn a_part_that_vanishes_while_it_is_read_is_said_and_the_rest_is_there() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(SMALL)?;
        steps::open_awake(walk, &export).await?;
        steps::hold_reads_after(walk, 3).await?;
        let parts: Vec<&Path> = export.parts.iter().map(PathBuf::as_path).collect();
        steps::bring(walk, &parts).await?;
        steps::reads_are_held(walk).await?;
        let (gone, aside) = (export.part(2), export.part(2).with_extension("aside"));
        std::fs::rename(gone, &aside)?;
        steps::release_reads(walk).await?;
        steps::imported(walk).await?;
        steps::part_says_why(walk, "takeout-20250921T101112Z-3-003.zip").await?;
        // It comes back, is chosen again, and nothing is missing.
        std::fs::rename(&aside, gone)?;
        steps::bring(walk, &[gone]).await?;
        steps::imported(walk).await?;
        truth::is_the_truth(walk, &export.truth).await
    });
}

#[test]
fn a_full_disk_stops_the_import_with_a_sentence_and_room_lets_it_go_on() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(Order { photos: 300, ..SMALL })?;
        steps::open_awake(walk, &export).await?;
        // Chromium's own quota override does nothing to IndexedDB, so the fault is put in where it would arise.
        let fill = "globalThis.realPut = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function () { throw new DOMException('full', 'QuotaExceededError'); }; 1";
        walk.browser.watcher.run_in_worker(fill).await?;
        let parts: Vec<&Path> = export.parts.iter().map(PathBuf::as_path).collect();
        steps::bring(walk, &parts).await?;
        steps::sees_import(walk, "This device has no room left for Albumen.").await?;
        walk.browser.watcher.run_in_worker("IDBObjectStore.prototype.put = globalThis.realPut; 1").await?;
        walk.browser.button("Resume").await?;
        steps::imported(walk).await?;
        truth::is_the_truth(walk, &export.truth).await
    });
}

#[test]
fn archives_that_lie_or_want_to_hurt_each_end_in_a_sentence_and_the_rest_is_imported() {
    walk(Stage::default(), async |walk| {
        let export = steps::export(Order { photos: 120, parts: 1, ..SMALL })?;
        let all = hostile::all().map_err(|problem| said(problem.to_string()))?;
        let mut files = vec![export.part(0).to_owned()];
        for hostile in &all {
            files.push(walk.files.file(hostile.name, &hostile.bytes)?);
        }
        steps::open(walk, &export).await?;
        steps::bring(walk, &files.iter().map(PathBuf::as_path).collect::<Vec<_>>()).await?;
        steps::imported(walk).await?;
        truth::holds_the_truth(walk, &export.truth).await?;
        // The four good photos of all of them are one and the same.
        let names: Vec<String> =
            library(&walk.browser).await?.items.into_iter().map(|(_, item)| item.file_name).collect();
        for good in ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg", "IMG_4.jpg"] {
            let count = names.iter().filter(|name| *name == good).count();
            assert!(count == 1, "{good} is there {count} times");
        }
        let report = steps::report(walk).await?;
        for hostile in &all {
            if hostile.bad.is_empty() {
                steps::part_says_why(walk, hostile.name).await?;
                continue;
            }
            for bad in &hostile.bad {
                let is_said =
                    report.says_why(hostile.name, bad) || steps::part_says_why(walk, hostile.name).await.is_ok();
                assert!(is_said, "nothing is said of {bad} in {}", hostile.name);
            }
        }
        Ok(())
    });
}
