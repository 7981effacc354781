//! One photo on black: turned, zoomed, described, saved.

use std::path::PathBuf;

use albumen_core::sandbox::{Cors, Truth};
use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::people::EMAIL;
use albumen_e2e::walk::{Stage, Walk, walk};
use serde_json::Value;

use crate::{steps, upload};

/// The library, newest first.
fn library(walk: &Walk) -> Vec<Truth> {
    let mut library: Vec<_> = walk.google.sandbox(|sandbox| sandbox.truth().collect());
    library.sort_by_key(|item| std::cmp::Reverse(item.taken_s));
    library
}

/// Opens the newest item from the grid.
async fn open_newest(walk: &Walk) -> Told<Truth> {
    let newest = library(walk).into_iter().next().ok_or_else(|| said("the library is empty"))?;
    steps::sees_pictures(walk).await?;
    let first_tile = "document.querySelector('button[data-row]').click()";
    let _: Option<String> = walk.browser.run(first_tile, vec![]).await?;
    walk.browser.find(Role::Dialog, "Photo").await?;
    walk.browser.sees(&newest.file_name).await?;
    Ok(newest)
}

/// Opens the newest item that fits by its address: rows are numbered as they were fetched, newest first.
async fn open_by_address(walk: &mut Walk, fits: impl Fn(&Truth) -> bool) -> Told<Truth> {
    let found = library(walk).into_iter().enumerate().find(|(_, item)| fits(item));
    let (row, item) = found.ok_or_else(|| said("the library has no such item"))?;
    steps::expect_deep_links(walk);
    walk.browser.open(&format!("{}photos?photo={row}", walk.page.base())).await?;
    walk.browser.find(Role::Dialog, "Photo").await?;
    walk.browser.sees(&item.file_name).await?;
    Ok(item)
}

/// Presses a key where the focus is.
async fn press(walk: &Walk, key: &str) -> Told {
    let press = "(document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key: arguments[0], shiftKey: arguments[1], bubbles: true, cancelable: true }))";
    let is_shifted = key.chars().all(char::is_uppercase);
    let _: Option<Value> = walk.browser.run(press, vec![key.into(), is_shifted.into()]).await?;
    Ok(())
}

/// How wide the photo that is looked at is drawn, in CSS pixels.
async fn drawn_width(walk: &Walk) -> Told<f64> {
    let read = "const image = document.querySelector('dialog img:not([aria-hidden] img)');
        return image ? image.getBoundingClientRect().width : 0";
    walk.browser.run(read, vec![]).await
}

/// The files that were saved so far and are complete.
fn saved(walk: &Walk) -> Told<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(walk.files.path())? {
        let path = entry?.path();
        let is_partial = path.extension().is_some_and(|ending| ending == "crdownload");
        let is_client = path.file_name().is_some_and(|name| name == "client_secret.json");
        if !is_partial && !is_client {
            files.push(path);
        }
    }
    Ok(files)
}

#[test]
fn a_description_that_was_changed_is_at_google_and_survives_a_reload() {
    walk(Stage { items: 40, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        let item = open_newest(walk).await?;
        walk.browser.button("Edit description").await?;
        walk.browser.fill("Description", "The harbour at noon\n<b>& no markup</b>").await?;
        walk.browser.button("Save description").await?;
        upload::allow_in_window(walk).await?;
        walk.browser.find(Role::Button, "Edit description").await?;
        walk.browser.sees("<b>& no markup</b>").await?;
        let id = item.id.clone();
        let at_google = |walk: &Walk| {
            walk.google.sandbox(|sandbox| sandbox.truth().find(|truth| truth.id == id).map(|truth| truth.description))
        };
        assert_eq!(at_google(walk).as_deref(), Some("The harbour at noon\n<b>& no markup</b>"));

        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.find(Role::Dialog, "Photo").await?;
        walk.browser.sees("The harbour at noon").await?;
        // What was granted once is not asked for again.
        walk.browser.button("Edit description").await?;
        walk.browser.fill("Description", "Later").await?;
        walk.browser.button("Save description").await?;
        walk.browser.sees("Later").await?;
        walk.browser.find(Role::Button, "Edit description").await?;
        assert_eq!(at_google(walk).as_deref(), Some("Later"));
        Ok(())
    });
}

#[test]
fn a_photo_is_saved_under_its_name_where_a_page_may_read_as_little_as_can_be() {
    walk(Stage { items: 40, cors: Cors::Pessimistic, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        walk.browser.watcher.save_into(walk.files.path()).await?;
        let item = open_by_address(walk, |item| !item.is_video).await?;
        press(walk, "D").await?;
        let file = walk
            .browser
            .until("the photo on the disk", async || {
                Ok(saved(walk)?
                    .into_iter()
                    .find(|path| path.file_name().is_some_and(|name| name == item.file_name.as_str())))
            })
            .await?;
        let bytes = std::fs::read(&file)?;
        assert!(bytes.starts_with(&[0xFF, 0xD8]) || bytes.starts_with(b"\x89PNG"), "{} bytes", bytes.len());
        let asked = walk.google.seen().into_iter().filter(|seen| seen.request.target.ends_with("=d")).count();
        assert_eq!(asked, 1);
        Ok(())
    });
}

#[test]
fn a_video_that_no_page_may_read_says_so_and_leads_to_it() {
    walk(Stage { items: 120, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        open_by_address(walk, |item| item.is_video).await?;
        walk.browser.button("Play").await?;
        walk.browser.sees("Google did not let this page read the bytes of this video.").await?;
        let link = walk.browser.find(Role::Link, "Open in a new tab").await?;
        let address = link.attr("href").await?.unwrap_or_default();
        assert!(address.starts_with("https://lh3.googleusercontent.com/") && address.ends_with("=dv"), "{address}");
        steps::expect_cors_refusal(walk);
        walk.expect_line("network", "net::ERR_FAILED");
        Ok(())
    });
}

#[test]
fn arrows_turn_the_wheel_of_keys_zooms_and_back_closes() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        let library = library(walk);
        open_newest(walk).await?;
        for item in &library[1..4] {
            press(walk, "ArrowRight").await?;
            walk.browser.sees(&item.file_name).await?;
        }
        press(walk, "ArrowLeft").await?;
        walk.browser.sees(&library[2].file_name).await?;
        let fit = drawn_width(walk).await?;
        press(walk, "+").await?;
        let zoomed = drawn_width(walk).await?;
        assert!((zoomed / fit - 1.5).abs() < 0.01, "{fit} became {zoomed}");
        press(walk, "0").await?;
        assert_eq!(drawn_width(walk).await?, fit);
        // The photos beside it are there before they are turned to.
        walk.browser
            .until("three pictures", async || {
                let count =
                    "return [...document.querySelectorAll('dialog img')].filter(i => i.naturalWidth > 1).length";
                Ok((walk.browser.run::<u32>(count, vec![]).await? == 3).then_some(()))
            })
            .await?;
        walk.browser.driver().back().await?;
        walk.browser
            .until("the viewer to close", async || Ok((!walk.browser.has(Role::Dialog, "Photo").await?).then_some(())))
            .await?;
        walk.browser.sees(EMAIL).await
    });
}
