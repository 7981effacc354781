//! Fetching, and seeing what was fetched: in the grid, in the viewer, in the charts, today and when Google is gone.

use std::collections::BTreeMap;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::google::{Call, Fault, Gate};
use albumen_e2e::page::Folder;
use albumen_e2e::walk::{Stage, Walk, walk};
use jiff::civil::Date;

use crate::counts::{self, Counts};
use crate::steps;

/// Zones with daylight saving; Lord Howe moves by half an hour.
const ZONES: [&str; 3] = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];

/// The hours and days that Insights shows for the zone of this name.
pub(crate) async fn shown_counts(walk: &Walk, zone: &str) -> Told<Counts> {
    let zone = zone.replace('_', " ");
    let choice = if zone == "UTC" { zone.clone() } else { format!("Your time ({zone})") };
    walk.browser.click(Role::Radio, &choice).await?;
    // The tables of both charts are folded away until they are asked for.
    let (hours, days) = (format!("Photos per hour, {zone}"), format!("Photos per day, {zone}"));
    walk.browser.sees(&hours).await?;
    for table in [&hours, &days] {
        if !walk.browser.has(Role::Table, table).await? {
            steps::unfold_numbers(walk, table).await?;
        }
    }
    while walk.browser.has(Role::Button, "More").await? {
        walk.browser.button("More").await?;
    }
    let mut counts = Counts { hours: [0; 24], days: BTreeMap::new() };
    for (hour, (name, count)) in lines(walk, &hours).await?.into_iter().enumerate() {
        assert_eq!(name, format!("{hour:02}:00"), "every hour has its line, in order");
        counts.hours[hour] = count;
    }
    for (name, count) in lines(walk, &days).await? {
        let day: Date = name.parse().map_err(|error| said(format!("“{name}” is no day: {error}")))?;
        counts.days.insert(day, count);
    }
    Ok(counts)
}

/// Names and numbers of a table of Insights.
async fn lines(walk: &Walk, table: &str) -> Told<Vec<(String, u32)>> {
    let rows = walk.browser.table(table).await?;
    let number = |cell: &str| cell.replace([',', '\u{202f}'], "").parse::<u32>().ok();
    rows.into_iter()
        .filter_map(|row| match row.as_slice() {
            [name, count, ..] => number(count).map(|count| Ok((name.clone(), count))),
            _ => None,
        })
        .collect()
}

#[test]
fn a_thousand_items_of_a_date_range_are_fetched_counted_in_four_zones_and_still_there_without_google() {
    walk(Stage { items: 2600, ..Stage::default() }, async |walk| {
        let (first, last, inside) = counts::span_of(&counts::instants(walk), 1000)?;
        let wanted = inside.len().to_string();
        let wanted = format!("{},{}", &wanted[..wanted.len() - 3], &wanted[wanted.len() - 3..]);
        steps::sign_in(walk).await?;
        steps::sync(walk, Some((&first.to_string(), &last.to_string()))).await?;
        walk.browser.sees(&format!("{wanted} fetched, {wanted} new")).await?;
        walk.browser.sees(&format!("{wanted} photos")).await?;
        // The grid shows pictures, and few nodes for a thousand photos.
        steps::sees_pictures(walk).await?;
        let nodes: u32 = walk.browser.run("return document.querySelectorAll('*').length", vec![]).await?;
        assert!(nodes < 500, "{nodes} elements are too many for a virtual grid");

        walk.google.go_out_of_reach();
        for zone in ZONES {
            walk.browser.watcher.set_time_zone(zone).await?;
            walk.open().await?;
            walk.browser.sees(&format!("{wanted} photos")).await?;
            walk.browser.link("Insights").await?;
            assert_eq!(shown_counts(walk, zone).await?, counts::count(inside.iter().copied(), zone)?, "{zone}");
            assert_eq!(
                shown_counts(walk, "UTC").await?,
                counts::count(inside.iter().copied(), "UTC")?,
                "UTC in {zone}"
            );
        }
        // Pictures need Google; everything else did not.
        walk.expect_line("network", "net::ERR_");
        Ok(())
    });
}

#[test]
fn a_bar_of_the_chart_narrows_the_grid_and_the_address_keeps_it() {
    walk(Stage { items: 400, ..Stage::default() }, async |walk| {
        let all = counts::instants(walk);
        let expected = counts::count(all.iter().copied(), "UTC")?;
        let (hour, count) = expected.hours.iter().enumerate().max_by_key(|(_, count)| **count).expect("24 hours");
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        walk.browser.link("Insights").await?;
        walk.browser.click(Role::Radio, "UTC").await?;
        steps::unfold_numbers(walk, "Photos per hour, UTC").await?;
        walk.browser.button(&format!("Show {hour:02}:00")).await?;
        let words = format!("{count} of 400");
        walk.browser.sees(&words).await?;
        let address = walk.browser.address().await?;
        assert!(address.contains(&format!("hour={hour}")), "{address}");
        // The address is a bookmark: it shows the same when it is opened anew.
        steps::expect_deep_links(walk);
        walk.browser.open(&address).await?;
        walk.browser.sees(&words).await?;
        walk.browser.button(&format!("Remove {hour:02}:00–{hour:02}:59, UTC")).await?;
        walk.browser.sees("400 photos").await
    });
}

#[test]
fn the_viewer_shows_every_field_of_a_photo() {
    walk(Stage { items: 90, folder: Folder::Root, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        let newest = walk.google.sandbox(|sandbox| sandbox.truth().max_by_key(|item| item.taken_s)).expect("an item");
        steps::sees_pictures(walk).await?;
        let first_tile = "document.querySelector('button[data-row]').click()";
        let _: Option<String> = walk.browser.run(first_tile, vec![]).await?;
        walk.browser.find(Role::Dialog, "Photo").await?;
        walk.browser.sees(&newest.file_name).await?;
        walk.browser.sees(&format!("{} × {} px", newest.width_px, newest.height_px)).await?;
        walk.browser.sees(&newest.mime_type).await?;
        if !newest.camera_model.is_empty() {
            walk.browser.sees(&newest.camera_model).await?;
        }
        walk.browser.find(Role::Link, "Open in Google Photos").await?;
        walk.browser.button("Close").await?;
        walk.browser
            .until("the viewer to close", async || Ok((!walk.browser.has(Role::Dialog, "Photo").await?).then_some(())))
            .await
    });
}

#[test]
fn a_fetch_pauses_goes_on_and_outlives_a_reload() {
    walk(Stage { items: 900, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        let gate = Gate::default();
        walk.google.script(Fault::hold(Call::Search, &gate).after(3));
        walk.browser.link("Photos").await?;
        walk.browser.button("Sync").await?;
        gate.reached().await;
        walk.browser.button("Pause").await?;
        gate.open();
        walk.browser.find(Role::Button, "Resume").await?;
        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.button("Resume").await?;
        walk.browser.sees("900 fetched").await?;
        walk.browser.sees("900 photos").await
    });
}

#[test]
fn a_fetch_of_videos_alone_brings_videos_alone() {
    walk(Stage { items: 500, ..Stage::default() }, async |walk| {
        let videos = walk.google.sandbox(|sandbox| sandbox.truth().filter(|item| item.is_video).count());
        steps::sign_in(walk).await?;
        walk.browser.link("Photos").await?;
        steps::open_choice(walk).await?;
        walk.browser.pick("Media", "Videos").await?;
        walk.browser.button("Sync").await?;
        walk.browser.sees(&format!("{videos} fetched, {videos} new")).await
    });
}
