//! The map of an imported export: its counts are the truth's, boxes and trips narrow everything, by hand and by key.

use albumen_core::photo::{Bounds, Place};
use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::walk::{Stage, Walk, walk};
use albumen_takeout::truth::{PhotoTruth, Truth};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use thirtyfour::Key;

use super::steps::{self, SMALL};
use super::truth::Geo;

/// The modifier of a mouse's event (Chrome DevTools Protocol).
const SHIFT: u32 = 8;

/// Imports an export and opens Places.
async fn opened(walk: &Walk) -> Told<Truth> {
    let export = steps::export(SMALL)?;
    steps::open(walk, &export).await?;
    steps::bring(walk, &[export.part(0), export.part(1), export.part(2)]).await?;
    steps::imported(walk).await?;
    walk.browser.link("Places").await?;
    Ok(export.truth)
}

fn place(photo: &PhotoTruth) -> Option<Place> {
    let (latitude, longitude) = photo.geo()?;
    Some(Place { latitude, longitude, altitude_m: None })
}

fn placed(truth: &Truth) -> usize {
    truth.photos.iter().filter(|photo| place(photo).is_some()).count()
}

/// What the address says of this name.
async fn asked(walk: &Walk, name: &str) -> Told<String> {
    let read = "return new URLSearchParams(location.search).get(arguments[0])";
    walk.browser.until(name, async || walk.browser.run::<Option<String>>(read, vec![name.into()]).await).await
}

/// How many photos of the truth lie in the part of the Earth that the address asks for, on the days that it asks for.
async fn asked_for(walk: &Walk, truth: &Truth, with_days: bool) -> Told<usize> {
    let within = asked(walk, "within").await?;
    let within = Bounds::parse(&within).ok_or_else(|| said(format!("{within:?} is no part of the Earth")))?;
    let days = match with_days {
        true => Some(asked(walk, "days").await?),
        false => None,
    };
    let zone = TimeZone::get(&truth.persons_zone).map_err(|error| said(error.to_string()))?;
    let day = |photo: &PhotoTruth| -> Option<Date> {
        Some(Timestamp::from_second(photo.time.deep.instant_s?).ok()?.to_zoned(zone.clone()).date())
    };
    let is_on = |photo: &PhotoTruth| {
        let Some((first, last)) = days.as_ref().and_then(|days| days.split_once("..")) else { return !with_days };
        let range = first.parse::<Date>().ok().zip(last.parse::<Date>().ok());
        day(photo).zip(range).is_some_and(|(day, (first, last))| (first..=last).contains(&day))
    };
    let is_in = |photo: &&PhotoTruth| place(photo).is_some_and(|place| within.contains(place)) && is_on(photo);
    Ok(truth.photos.iter().filter(is_in).count())
}

/// The labels of the buttons that show something of a list in Photos.
async fn shows(walk: &Walk) -> Told<Vec<String>> {
    let names = walk.browser.names(Role::Button, "in Photos").await?;
    Ok(names.into_iter().filter(|name| name.starts_with("Show ") && name.ends_with("in Photos")).collect())
}

/// The number before "photos" in a label.
fn photos_in(label: &str) -> Option<usize> {
    let words: Vec<&str> = label.split(' ').collect();
    let at = words.iter().position(|word| word.starts_with("photo"))?;
    words.get(at.checked_sub(1)?)?.replace(',', "").parse().ok()
}

#[test]
fn the_map_counts_what_the_truth_has_and_a_box_narrows_everything() {
    walk(Stage::default(), async |walk| {
        let truth = opened(walk).await?;
        let (placed, all) = (placed(&truth), truth.photos.len());
        walk.browser.sees(&format!("{placed} of {all} photos have a place")).await?;
        let listed = walk
            .browser
            .until("all photos with a place in the list", async || {
                let shows = shows(walk).await?;
                let sum: usize = shows.iter().filter_map(|label| photos_in(label)).sum();
                if sum == placed { Ok(Some(shows)) } else { Err(said(format!("{sum} in {shows:?}"))) }
            })
            .await?;
        assert!(listed.iter().any(|label| label.contains("near Berlin, Germany")), "{listed:?}");

        // A box around the middle of the map, drawn with Shift.
        let read = "const box = document.querySelector('canvas').getBoundingClientRect();
            return [box.left, box.top, box.width, box.height]";
        let [left, top, width, height]: [f64; 4] = walk.browser.run(read, vec![]).await?;
        let hand = async |what: &str, x: f64, y: f64, buttons: u32| {
            let event = json!({
                "type": what, "x": left + width * x, "y": top + height * y, "button": "left", "buttons": buttons,
                "clickCount": 1, "modifiers": SHIFT,
            });
            walk.browser.watcher.ask_page("Input.dispatchMouseEvent", event).await
        };
        hand("mousePressed", 0.25, 0.2, 1).await?;
        hand("mouseMoved", 0.5, 0.5, 1).await?;
        hand("mouseMoved", 0.75, 0.8, 1).await?;
        hand("mouseReleased", 0.75, 0.8, 0).await?;
        let within = asked_for(walk, &truth, false).await?;
        assert!((1..placed).contains(&within), "{within} of {placed}");
        walk.browser.sees(&format!("{within} of {all}")).await?;
        walk.browser.sees(&format!("All {within} photos have a place")).await?;
        walk.browser.link("Photos").await?;
        walk.browser.sees(&format!("{within} of {all}")).await?;
        steps::sees_tiles(walk).await?;
        walk.browser.link("Places").await?;
        crate::steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.sees(&format!("All {within} photos have a place")).await?;
        let chip = walk.browser.names(Role::Button, "In the area").await?;
        let chip = chip.iter().find(|name| name.starts_with("Remove In the area")).cloned();
        walk.browser.button(&chip.ok_or_else(|| said("there is no chip of the area"))?).await?;
        walk.browser.sees(&format!("{placed} of {all} photos have a place")).await
    });
}

#[test]
fn the_map_is_worked_by_keys() {
    walk(Stage::default(), async |walk| {
        let truth = opened(walk).await?;
        let (placed, all) = (placed(&truth), truth.photos.len());
        walk.browser.sees(&format!("{placed} of {all} photos have a place")).await?;
        // From the whole world into some part of it, and what is seen there alone.
        let before = walk
            .browser
            .until("a list", async || Ok(Some(shows(walk).await?).filter(|shows| !shows.is_empty())))
            .await?;
        let zoom_in = walk.browser.find(Role::Button, "Zoom in").await?;
        zoom_in.focus().await?;
        let driver = walk.browser.driver();
        driver.action_chain().send_keys("++++").send_keys(Key::Right + "").send_keys(Key::Up + "").perform().await?;
        walk.browser
            .until("another list", async || {
                let shows = shows(walk).await?;
                Ok((shows != before).then_some(()))
            })
            .await?;
        let only = walk.browser.find(Role::Button, "Only what is in view").await?;
        only.focus().await?;
        driver.action_chain().send_keys(Key::Enter + "").perform().await?;
        let within = asked_for(walk, &truth, false).await?;
        assert!(within < placed, "{within} of {placed}");
        walk.browser.sees(&format!("{within} of {all}")).await?;

        // An entry of the list, shown in Photos: as many as it says.
        let label = walk
            .browser
            .until("an entry with several photos, of the list of what is left", async || {
                let shows = shows(walk).await?;
                let sum: usize = shows.iter().filter_map(|label| photos_in(label)).sum();
                let several = shows.into_iter().find(|label| photos_in(label).is_some_and(|photos| photos > 1));
                Ok(several.filter(|_| sum == within))
            })
            .await?;
        let show = walk.browser.find(Role::Button, &label).await?;
        show.focus().await?;
        driver.action_chain().send_keys(Key::Enter + "").perform().await?;
        let wanted = photos_in(&label).unwrap_or_default();
        walk.browser.sees(&format!("{wanted} of {all}")).await?;
        assert!(walk.browser.address().await?.contains("/photos?"), "it is shown in Photos");
        assert_eq!(asked_for(walk, &truth, false).await?, wanted);
        Ok(())
    });
}

#[test]
fn a_trip_is_listed_and_is_what_its_filter_leaves_in() {
    walk(Stage::default(), async |walk| {
        let truth = opened(walk).await?;
        let all = truth.photos.len();
        walk.browser.sees("photos have a place").await?;
        walk.browser.click(Role::Radio, "Trips").await?;
        let trips = walk
            .browser
            .until("a trip", async || Ok(Some(shows(walk).await?).filter(|shows| !shows.is_empty())))
            .await?;
        // The ones with the most and the fewest photos.
        let by_photos = |label: &&String| photos_in(label);
        let ends = [trips.iter().max_by_key(by_photos), trips.iter().min_by_key(by_photos)];
        for label in ends.into_iter().flatten() {
            let photos = photos_in(label).ok_or_else(|| said(format!("no count in {label:?}")))?;
            walk.browser.button(label).await?;
            walk.browser.sees(&format!("{photos} of {all}")).await?;
            assert_eq!(asked_for(walk, &truth, true).await?, photos, "{label}");
            walk.browser.link("Places").await?;
            walk.browser.click(Role::Radio, "Trips").await?;
            // The days and the area that were asked for leave no trip out.
            walk.browser
                .until("the same trips", async || {
                    let now = shows(walk).await?;
                    if now == trips { Ok(Some(())) } else { Err(said(format!("{now:?}"))) }
                })
                .await?;
        }
        // Whoever comes back from one finds the others.
        walk.browser.button(&trips[0]).await?;
        walk.browser.find(Role::Heading, "Photos").await?;
        let _: Option<bool> = walk.browser.run("history.back()", vec![]).await?;
        walk.browser.until("the trips again", async || Ok((shows(walk).await? == trips).then_some(()))).await?;
        Ok(())
    });
}

#[test]
fn whoever_has_no_places_is_told_why_and_how_to_get_them() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        crate::steps::sign_in(walk).await?;
        crate::steps::sync(walk, None).await?;
        walk.browser.link("Places").await?;
        walk.browser.sees("None of 60 photos has a place").await?;
        walk.browser.sees("Google's API never tells an app where a photo was taken").await?;
        walk.browser.link("Import an export").await?;
        walk.browser.find(Role::Heading, "Import").await?;
        Ok(())
    });
}
