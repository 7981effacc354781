//! Rows written to files: through the dialog, in every format, each compared with what the library is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use albumen_core::sandbox::Truth;
use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::walk::{Stage, Walk, walk};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;
use thirtyfour::Key;

use crate::steps;

const ITEMS: u32 = 900;

/// What must be said of a photo, whatever the format: text by name.
pub(crate) type Facts = BTreeMap<&'static str, String>;

fn facts(item: &Truth) -> Facts {
    let kind = if item.is_video { "video" } else { "photo" };
    BTreeMap::from([
        ("id", item.id.clone()),
        ("file_name", item.file_name.clone()),
        ("description", item.description.clone()),
        ("mime_type", item.mime_type.clone()),
        ("kind", kind.to_owned()),
        ("created_utc", albumen_core::photo::format_rfc3339(item.taken_s)),
        ("width", item.width_px.to_string()),
        ("height", item.height_px.to_string()),
        ("camera_make", item.camera_make.clone()),
        ("camera_model", item.camera_model.clone()),
    ])
}

/// Everything, in any order: photos of the same second have none.
pub(crate) fn library(walk: &Walk) -> BTreeSet<Facts> {
    walk.google.sandbox(|sandbox| sandbox.truth().map(|item| facts(&item)).collect())
}

/// The titles of the albums of each item.
fn albums(walk: &Walk) -> BTreeMap<String, Vec<String>> {
    let mut albums = BTreeMap::<String, Vec<String>>::new();
    for album in walk.google.sandbox(|sandbox| sandbox.album_truth()) {
        for id in album.items {
            albums.entry(id).or_default().push(album.title.clone());
        }
    }
    albums.values_mut().for_each(|titles| titles.sort());
    albums
}

pub(crate) async fn choose(walk: &Walk, words: &str) -> Told {
    let script = "
        const label = [...document.querySelectorAll('dialog[open] label')]
            .find(one => one.textContent.startsWith(arguments[0]));
        label?.querySelector('input').click();
        return label !== undefined;";
    match walk.browser.run(script, vec![words.into()]).await? {
        true => Ok(()),
        false => Err(said(format!("the dialog does not offer “{words}”"))),
    }
}

pub(crate) async fn open_dialog(walk: &Walk) -> Told {
    walk.browser.button("Export").await?;
    walk.browser.find(Role::Dialog, "Export").await?;
    Ok(())
}

/// Exports through the dialog, and reads what was saved.
pub(crate) async fn export(walk: &Walk, format: &str, ending: &str, choices: &[&str]) -> Told<Vec<u8>> {
    open_dialog(walk).await?;
    choose(walk, format).await?;
    for words in choices {
        choose(walk, words).await?;
    }
    walk.browser.button(&format!("Save {format}")).await?;
    let file: PathBuf = walk.files.path().join(format!("albumen-photos.{ending}"));
    walk.browser.until(&format!("{format} on the disk"), async || Ok(file.exists().then_some(()))).await?;
    let bytes = std::fs::read(&file)?;
    // The next of its name would have another.
    std::fs::remove_file(file)?;
    Ok(bytes)
}

/// The rows of a table by the names of its columns.
pub(crate) fn csv_rows(bytes: &[u8]) -> Told<Vec<BTreeMap<String, String>>> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.map_err(|error| said(error.to_string()))).collect()
}

pub(crate) fn picked(row: &BTreeMap<String, String>) -> Facts {
    let names = [
        "id",
        "file_name",
        "description",
        "mime_type",
        "kind",
        "created_utc",
        "width",
        "height",
        "camera_make",
        "camera_model",
    ];
    names.into_iter().map(|name| (name, row.get(name).cloned().unwrap_or_default())).collect()
}

/// What a media item in Google's shape says.
fn of_item(item: &Value) -> Facts {
    let metadata = &item["mediaMetadata"];
    let kind = if metadata.get("video").is_some() { "video" } else { "photo" };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    BTreeMap::from([
        ("id", text(&item["id"])),
        ("file_name", text(&item["filename"])),
        ("description", text(&item["description"])),
        ("mime_type", text(&item["mimeType"])),
        ("kind", kind.to_owned()),
        ("created_utc", text(&metadata["creationTime"])),
        ("width", text(&metadata["width"])),
        ("height", text(&metadata["height"])),
        ("camera_make", text(&metadata[kind]["cameraMake"])),
        ("camera_model", text(&metadata[kind]["cameraModel"])),
    ])
}

/// The rows of a Parquet file, as text by the names of its columns.
pub(crate) fn parquet_rows(bytes: Vec<u8>) -> Told<Vec<BTreeMap<String, String>>> {
    let failed = |error: parquet::errors::ParquetError| said(error.to_string());
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).map_err(failed)?;
    let text = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::TimestampMillis(ms) => albumen_core::photo::format_rfc3339(ms / 1000),
        other => other.to_string(),
    };
    let rows = reader.get_row_iter(None).map_err(failed)?;
    rows.map(|row| {
        let row = row.map_err(failed)?;
        Ok(row.get_column_iter().map(|(name, field)| (name.clone(), text(field))).collect())
    })
    .collect()
}

#[test]
fn a_library_is_saved_in_every_format_as_what_it_is() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        steps::save_downloads(walk).await?;
        let (library, albums) = (library(walk), albums(walk));
        assert_eq!(library.len(), ITEMS as usize);

        let leave = "Leave cells as they are";
        let table = csv_rows(&export(walk, "CSV", "csv", &[leave]).await?)?;
        walk.browser.sees("900 photos are in albumen-photos.csv, in your downloads.").await?;
        assert_eq!(table.iter().map(picked).collect::<BTreeSet<_>>(), library);
        let is_sorted = table.is_sorted_by(|newer, older| newer["created_utc"] >= older["created_utc"]);
        assert!(is_sorted, "the newest comes first");
        for row in &table {
            let titles = match row["albums"].as_str() {
                "" => Vec::new(),
                list => serde_json::from_str::<Vec<String>>(list)?,
            };
            assert_eq!(titles, albums.get(&row["id"]).cloned().unwrap_or_default());
        }

        let defused = csv_rows(&export(walk, "CSV", "csv", &[]).await?)?;
        assert!(defused.iter().flat_map(BTreeMap::values).all(|cell| !cell.starts_with(['=', '+', '@', '\t', '\r'])));
        assert_eq!(defused.len(), table.len());

        let lines = String::from_utf8_lossy(&export(walk, "NDJSON", "ndjson", &[]).await?).into_owned();
        let lines: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        assert_eq!(lines.iter().map(of_item).collect::<BTreeSet<_>>(), library);
        let list: Value = serde_json::from_slice(&export(walk, "JSON", "json", &[]).await?)?;
        assert_eq!(list["mediaItems"].as_array(), Some(&lines));

        let rows = parquet_rows(export(walk, "Parquet", "parquet", &[]).await?)?;
        assert_eq!(rows.iter().map(picked).collect::<BTreeSet<_>>(), library);

        // Google tells no places: there is nothing for a map, and why is said.
        open_dialog(walk).await?;
        choose(walk, "GPX").await?;
        walk.browser.sees("No place is known of these photos.").await?;
        let save = walk.browser.find(Role::Button, "Save GPX").await?;
        assert!(!save.is_enabled().await?);
        Ok(())
    });
}

#[test]
fn what_is_selected_or_filtered_is_all_that_is_saved() {
    walk(Stage { items: 300, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        steps::sees_pictures(walk).await?;
        steps::save_downloads(walk).await?;
        let videos = walk.google.sandbox(|sandbox| sandbox.truth().filter(|item| item.is_video).count());
        assert!((1..300).contains(&videos), "{videos}");
        walk.browser.button("Filter").await?;
        walk.browser.pick("Kind", "Videos").await?;
        walk.browser.button("Done").await?;
        walk.browser.sees(&format!("{videos} of 300")).await?;
        let filtered = csv_rows(&export(walk, "CSV", "csv", &[]).await?)?;
        assert_eq!(filtered.len(), videos);
        assert!(filtered.iter().all(|row| row["kind"] == "video"));
        assert_eq!(csv_rows(&export(walk, "CSV", "csv", &["All 300 photos"]).await?)?.len(), 300);

        let focus = "document.querySelector('[role=option][aria-posinset=\"1\"]').focus()";
        let _: Option<bool> = walk.browser.run(focus, vec![]).await?;
        walk.browser.driver().action_chain().send_keys("x").perform().await?;
        walk.browser.sees("1 selected").await?;
        let selected = csv_rows(&export(walk, "CSV", "csv", &[]).await?)?;
        assert_eq!(selected, filtered[..1]);
        // The dialog's Escape is its own: what is selected stays so.
        open_dialog(walk).await?;
        walk.browser.driver().action_chain().send_keys(Key::Escape + "").perform().await?;
        walk.browser.sees("1 selected").await
    });
}

#[test]
fn where_no_service_worker_is_to_be_had_a_file_is_gathered_and_is_as_whole() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        steps::save_downloads(walk).await?;
        let library = library(walk);
        let streamed = csv_rows(&export(walk, "CSV", "csv", &["Leave cells as they are"]).await?)?;
        // As in a private window, and where what sites keep is not allowed.
        let none =
            "ServiceWorkerContainer.prototype.register = async () => { throw new DOMException('', 'SecurityError'); }";
        let _: Option<bool> = walk.browser.run(none, vec![]).await?;
        let gathered = csv_rows(&export(walk, "CSV", "csv", &["Leave cells as they are"]).await?)?;
        assert_eq!(gathered, streamed);
        assert_eq!(gathered.iter().map(picked).collect::<BTreeSet<_>>(), library);
        Ok(())
    });
}
