//! Insights: every number on the screen is the sandbox's, each can be pressed, kept as a file and laid over another's.

use std::collections::BTreeMap;
use std::path::PathBuf;

use albumen_core::sandbox::Truth;
use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::walk::{Stage, Walk, walk};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use thirtyfour::Key;

use crate::steps;

const ITEMS: u32 = 900;
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Counts by name.
type Counts = BTreeMap<String, u32>;

/// Goes to one chart after the other, until each has its canvas.
pub(crate) async fn every_chart_is_drawn(walk: &Walk) -> Told {
    walk.browser
        .until("every chart to be drawn", async || {
            let look = "const empty = [...document.querySelectorAll('.chart-canvas')].find(box => !box.querySelector('canvas'));
                empty?.scrollIntoView();
                return document.querySelectorAll('.chart-canvas').length > 12 && !empty";
            Ok(walk.browser.run::<bool>(look, vec![]).await?.then_some(()))
        })
        .await
}

/// What a table of Insights says; lines without any are left out.
async fn shown(walk: &Walk, table: &str) -> Told<Counts> {
    steps::unfold_numbers(walk, table).await?;
    // Long tables are written some hundred lines at a time.
    while walk.browser.has(Role::Button, "More").await? {
        walk.browser.button("More").await?;
    }
    let number = |cell: &str| cell.replace([',', '\u{202f}'], "").parse::<u32>().ok();
    let rows = walk.browser.table(table).await?;
    let line = |row: Vec<String>| Some((row.first()?.clone(), number(row.get(1)?)?));
    Ok(rows.into_iter().filter_map(line).filter(|(_, count)| *count > 0).collect())
}

/// Waits until a table says what it should.
async fn says(walk: &Walk, table: &str, expected: &Counts) -> Told {
    let mut last = Counts::new();
    let outcome = walk
        .browser
        .until(&format!("“{table}” to be as it is"), async || {
            last = shown(walk, table).await?;
            Ok((last == *expected).then_some(()))
        })
        .await;
    outcome.map_err(|failure| said(format!("{failure}\nit says {last:?}\nand not {expected:?}")))
}

fn counted<T>(items: &[T], name: impl Fn(&T) -> Option<String>) -> Counts {
    let mut counts = Counts::new();
    for name in items.iter().filter_map(name) {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

async fn with_library(walk: &mut Walk) -> Told<Vec<Truth>> {
    let truth: Vec<Truth> = walk.google.sandbox(|sandbox| sandbox.truth().collect());
    steps::sign_in(walk).await?;
    steps::sync(walk, None).await?;
    walk.browser.link("Insights").await?;
    walk.browser.find(Role::Heading, "Insights").await?;
    Ok(truth)
}

#[test]
fn the_numbers_of_every_chart_are_the_sandboxs_in_utc_and_on_chatham_island() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        let truth = with_library(walk).await?;
        for zone in ["UTC", "Pacific/Chatham"] {
            match zone {
                "UTC" => walk.browser.click(Role::Radio, zone).await?,
                _ => walk.browser.pick("Another time zone", zone).await?,
            }
            let clock = TimeZone::get(zone).map_err(|error| said(error.to_string()))?;
            let local = |item: &Truth| Timestamp::from_second(item.taken_s).ok().map(|at| at.to_zoned(clock.clone()));
            let weekday = |item: &Truth| Some(WEEKDAYS[local(item)?.weekday().to_monday_zero_offset() as usize]);
            let hour = |item: &Truth| Some(format!("{:02}:00", local(item)?.hour()));
            let month = |item: &Truth| Some(MONTHS[local(item)?.month() as usize - 1].to_owned());
            says(walk, &format!("Photos per hour, {zone}"), &counted(&truth, hour)).await?;
            let of_week = counted(&truth, |item| Some(format!("{} {}", weekday(item)?, hour(item)?)));
            says(walk, &format!("Photos by day of the week and hour, {zone}"), &of_week).await?;
            let weekdays = counted(&truth, |item| weekday(item).map(str::to_owned));
            says(walk, &format!("Photos per day of the week, {zone}"), &weekdays).await?;
            says(walk, &format!("Photos per month, {zone}"), &counted(&truth, month)).await?;
            let years = counted(&truth, |item| Some(local(item)?.year().to_string()));
            says(walk, &format!("Photos per year, {zone}"), &years).await?;
            let days = counted(&truth, |item| Some(local(item)?.date().to_string()));
            says(walk, &format!("Photos per day, {zone}"), &days).await?;
            let busiest = days.values().max().copied().unwrap_or_default();
            walk.browser.sees(&format!("{busiest} photos")).await?;
            let (mut longest, mut run, mut before) = (0, 0, None);
            for day in days.keys().filter_map(|day| day.parse::<jiff::civil::Date>().ok()) {
                let follows = before.is_some_and(|before: jiff::civil::Date| before.tomorrow().ok() == Some(day));
                run = if follows { run + 1 } else { 1 };
                longest = longest.max(run);
                before = Some(day);
            }
            walk.browser.sees(&format!("{longest} day")).await?;
        }
        let kind = |item: &Truth| Some(if item.is_video { "Videos" } else { "Photos" }.to_owned());
        says(walk, "Photos and videos", &counted(&truth, kind)).await?;
        let without: Counts = [("Without a place".to_owned(), ITEMS)].into();
        says(walk, "Photos with and without a place", &without).await?;
        let cameras = counted(&truth, |item| Some(item.camera_model.clone()).filter(|model| !model.is_empty()));
        let shown = shown(walk, "Photos per camera").await?;
        for (model, count) in &cameras {
            let of_model = shown.iter().filter(|(name, _)| name.ends_with(model.as_str()));
            assert!(of_model.map(|(_, shown)| *shown).any(|shown| shown == *count), "{model}: {count} of {shown:?}");
        }
        assert_eq!(shown.values().sum::<u32>(), ITEMS);
        every_chart_is_drawn(walk).await
    });
}

#[test]
fn the_exposures_are_those_that_google_tells() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        let page = walk.google.sandbox(|sandbox| sandbox.made_page(None).body);
        let page: Value = serde_json::from_slice(&page).map_err(|error| said(error.to_string()))?;
        let items: Vec<Value> = page["mediaItems"].as_array().cloned().unwrap_or_default();
        assert_eq!(items.len(), ITEMS as usize, "one page has all of them");
        with_library(walk).await?;
        let photo = |item: &Value| item["mediaMetadata"]["photo"].clone();
        let iso = counted(&items, |item| {
            let iso = photo(item)["isoEquivalent"].as_u64().filter(|iso| *iso > 0)?;
            let least =
                [25_600, 12_800, 6400, 3200, 1600, 800, 400, 200, 100, 50].into_iter().find(|start| *start <= iso);
            Some(least.map_or("ISO up to 49".to_owned(), |least| format!("ISO {least}–{}", 2 * least - 1)))
        });
        says(walk, "Photos per ISO", &iso).await?;
        let with_aperture =
            items.iter().filter(|item| photo(item)["apertureFNumber"].as_f64().is_some_and(|f| f > 0.0));
        let (told, shown) = (with_aperture.count(), shown(walk, "Photos per f-number").await?);
        assert_eq!(shown.values().sum::<u32>() as usize, told);
        assert!(told > 100 && shown.len() > 1, "{shown:?}");

        // What is pressed narrows everything, and the address keeps it.
        let (name, count) =
            iso.iter().max_by_key(|(_, count)| **count).ok_or_else(|| said("no photo tells its ISO"))?;
        walk.browser.button(&format!("Only {name}")).await?;
        let words = format!("{count} of {ITEMS}");
        walk.browser.sees(&words).await?;
        says(walk, "Photos per ISO", &iso).await?;
        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.sees(&words).await?;
        walk.browser.link("Photos").await?;
        walk.browser.sees(&words).await?;
        walk.browser.button(&format!("Remove {name}")).await?;
        walk.browser.sees(&format!("{ITEMS} photos")).await
    });
}

#[test]
fn a_bar_that_is_pressed_narrows_and_one_that_is_pressed_again_widens() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        let truth = with_library(walk).await?;
        walk.browser.click(Role::Radio, "UTC").await?;
        let hours = crate::counts::count(truth.iter().map(|item| item.taken_s), "UTC")?.hours;
        // The middle of the chart is the edge between the bars of noon; a little to the right is one of them, at its foot.
        let press = "const box = document.querySelector('.chart-canvas'); box.scrollIntoView({ block: 'center' });
            return box.querySelector('canvas') !== null";
        walk.browser
            .until("the first chart", async || Ok(walk.browser.run::<bool>(press, vec![]).await?.then_some(())))
            .await?;
        let chart = walk.browser.driver().find(thirtyfour::By::Css(".chart-canvas")).await?;
        let size = chart.rect().await?;
        let foot = (size.height / 2.0 - 34.0) as i64;
        let click = async || -> Told {
            let driver = walk.browser.driver();
            driver.action_chain().move_to_element_with_offset(&chart, 24, foot).click().perform().await?;
            Ok(())
        };
        let hour = walk
            .browser
            .until("a bar to be pressed", async || {
                click().await?;
                let address = walk.browser.address().await?;
                let hour = address.split(['?', '&']).find_map(|part| part.strip_prefix("hour="));
                Ok(hour.and_then(|hour| hour.parse::<usize>().ok()))
            })
            .await?;
        walk.browser.sees(&format!("{} of {ITEMS}", hours[hour])).await?;
        click().await?;
        walk.browser.sees(&format!("{ITEMS} photos")).await?;

        // The same by the keyboard alone.
        steps::unfold_numbers(walk, "Photos per day of the week, UTC").await?;
        walk.browser.find(Role::Button, "Only Sunday").await?.focus().await?;
        walk.browser.driver().action_chain().send_keys(Key::Enter + "").perform().await?;
        let sunday = |taken_s: i64| {
            Timestamp::from_second(taken_s)
                .is_ok_and(|at| at.to_zoned(TimeZone::UTC).weekday() == jiff::civil::Weekday::Sunday)
        };
        let sundays = truth.iter().filter(|item| sunday(item.taken_s)).count();
        walk.browser.sees(&format!("{sundays} of {ITEMS}")).await?;
        walk.browser.button("Remove Sunday").await?;
        walk.browser.sees(&format!("{ITEMS} photos")).await
    });
}

#[test]
fn charts_are_saved_and_two_years_are_laid_over_each_other() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        walk.browser.watcher.save_into(walk.files.path()).await?;
        let truth = with_library(walk).await?;
        walk.browser.click(Role::Radio, "UTC").await?;
        walk.browser.find(Role::Heading, "Photos per hour, UTC").await?;
        every_chart_is_drawn(walk).await?;
        walk.browser.button("Save as CSV: Photos per hour, UTC").await?;
        let text =
            String::from_utf8(saved(walk, "photos-per-hour.csv").await?).map_err(|error| said(error.to_string()))?;
        let hours = crate::counts::count(truth.iter().map(|item| item.taken_s), "UTC")?.hours;
        let lines: String = hours.iter().enumerate().map(|(hour, count)| format!("{hour:02}:00,{count}\r\n")).collect();
        assert_eq!(text, format!("Hour,Photos\r\n{lines}"));
        walk.browser.button("Save as PNG: Photos per hour, UTC").await?;
        let picture = saved(walk, "photos-per-hour.png").await?;
        assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n") && picture.len() > 2_000, "{} bytes", picture.len());
        // Twice the size, and its title above it.
        let tall = "return document.querySelector('[aria-label=\"Photos per hour, UTC\"] canvas').clientHeight";
        let tall_px: u32 = walk.browser.run(tall, vec![]).await?;
        let picture_px = u32::from_be_bytes(picture[20..24].try_into().unwrap());
        assert!(picture_px > 2 * (tall_px + 40), "{picture_px} of {tall_px}");

        let year = |item: &Truth| Timestamp::from_second(item.taken_s).ok().map(|at| at.to_zoned(TimeZone::UTC).year());
        let years: std::collections::BTreeSet<i16> = truth.iter().filter_map(year).collect();
        let [.., before, last] = years.into_iter().collect::<Vec<_>>()[..] else {
            return Err(said("two years are needed"));
        };
        let open = "document.querySelector('.other-period > summary').click()";
        let _: Option<Value> = walk.browser.run(open, vec![]).await?;
        walk.browser.button("Compare the last two years").await?;
        let address = walk.browser.address().await?;
        assert!(address.contains(&format!("with={before}-01-01..{before}-12-31")), "{address}");
        let of = |wanted: i16| -> Told<[u32; 24]> {
            let taken = truth.iter().filter(|item| year(item) == Some(wanted)).map(|item| item.taken_s);
            Ok(crate::counts::count(taken, "UTC")?.hours)
        };
        let expected: Vec<Vec<String>> = of(last)?
            .iter()
            .zip(of(before)?)
            .map(|(last, before)| vec![last.to_string(), before.to_string()])
            .collect();
        steps::unfold_numbers(walk, "Photos per hour, UTC").await?;
        walk.browser
            .until("both years in the table", async || {
                let rows = walk.browser.table("Photos per hour, UTC").await?;
                let numbers: Vec<Vec<String>> = rows
                    .iter()
                    .filter(|row| row.len() > 3)
                    .map(|row| row[1..3].to_vec())
                    .filter(|row| row[0] != last.to_string())
                    .collect();
                Ok((numbers == expected).then_some(()))
            })
            .await
    });
}

#[test]
fn the_head_of_a_long_table_stays_above_its_lines() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        with_library(walk).await?;
        walk.browser.click(Role::Radio, "UTC").await?;
        let title = "Photos per day, UTC";
        steps::unfold_numbers(walk, title).await?;
        let look = "const table = document.querySelector(`table[aria-label=\"${arguments[0]}\"]`);
            const box = table.closest('.numbers-table');
            box.scrollIntoView({ block: 'center', behavior: 'instant' });
            box.scrollTop = 400;
            const head = table.querySelector('thead th').getBoundingClientRect();
            const seen = document.elementFromPoint(head.left + 8, head.top + head.height / 2);
            return [box.scrollTop, seen?.closest('th')?.textContent ?? null];";
        let (scrolled_px, seen): (f64, Option<String>) = walk.browser.run(look, vec![title.into()]).await?;
        assert_eq!((scrolled_px, seen.as_deref()), (400.0, Some("Day")));
        Ok(())
    });
}

#[test]
fn another_period_is_typed_digit_by_digit_and_one_that_ends_before_it_begins_is_told() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        with_library(walk).await?;
        let open = "document.querySelector('.other-period > summary').click()";
        let _: Option<Value> = walk.browser.run(open, vec![]).await?;
        let from = walk.browser.find(Role::TextBox, "Other period from").await?;
        let to = walk.browser.find(Role::TextBox, "Other period to").await?;
        // Of a day as of a month, so that it is the same whichever comes first in this language.
        from.send_keys("02022024").await?;
        to.send_keys("12122024").await?;
        let address = walk.browser.address().await?;
        assert!(address.contains("with=2024-02-02..2024-12-12"), "{address}");

        // Back over the year and what is before it.
        to.send_keys(Key::Left + "" + Key::Left + "01012024").await?;
        walk.browser.sees("From is after To: no day lies between them.").await?;
        assert_eq!(walk.browser.address().await?, address);
        for (field, day) in [(&from, "2024-02-02"), (&to, "2024-01-01")] {
            assert_eq!(field.prop("value").await?.as_deref(), Some(day));
        }
        walk.browser.button("Only one period").await?;
        walk.browser.sees_no_more("From is after To").await?;
        for field in [from, to] {
            assert_eq!(field.prop("value").await?.as_deref(), Some(""));
        }
        Ok(())
    });
}

/// A file that was saved, as soon as it is whole.
async fn saved(walk: &Walk, name: &str) -> Told<Vec<u8>> {
    let path: PathBuf = walk.files.path().join(name);
    walk.browser
        .until(&format!("{name} to be saved"), async || Ok(std::fs::read(&path).ok().filter(|bytes| !bytes.is_empty())))
        .await
}
