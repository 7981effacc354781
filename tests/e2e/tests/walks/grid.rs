//! The grid at any size: months at its edge, selections, and a large library made on the device.

use std::cmp::Reverse;
use std::time::Duration;

use albumen_core::sandbox::Day;
use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::walk::{Stage, Walk, walk};
use serde_json::Value;
use thirtyfour::Key;

use crate::steps;

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

/// What a tile says of itself.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
struct Seen {
    label: String,
    /// From 1, over all photos that are shown.
    place: u32,
    of: u32,
}

/// The tiles whose upper edge is in the window, in reading order.
async fn seen(walk: &Walk) -> Told<Vec<Seen>> {
    let read = "
        const grid = document.querySelector('.grid').getBoundingClientRect();
        return [...document.querySelectorAll('[role=option]:not([hidden])')]
            .filter(tile => { const box = tile.getBoundingClientRect(); return box.top >= grid.top && box.top < grid.bottom; })
            .map(tile => ({
                label: tile.getAttribute('aria-label'),
                place: Number(tile.getAttribute('aria-posinset')),
                of: Number(tile.getAttribute('aria-setsize')),
            }))
            .sort((a, b) => a.place - b.place)";
    walk.browser.run(read, vec![]).await
}

/// Goes to a month by the keys of the scrubber: by years, then by months.
async fn scrub_to(walk: &Walk, year: i32, month: &str) -> Told {
    let slider = walk.browser.find(Role::Slider, "Month").await?;
    slider.focus().await?;
    let wanted = format!("{month} {year}");
    walk.browser
        .until(&format!("the scrubber to be at {wanted}"), async || {
            let at = slider.attr("aria-valuetext").await?.unwrap_or_default();
            if at == wanted {
                return Ok(Some(()));
            }
            let at_year: i32 = at.rsplit(' ').next().and_then(|year| year.parse().ok()).unwrap_or_default();
            let key = if at_year > year {
                Key::PageDown
            } else if at_year < year {
                Key::PageUp
            } else {
                Key::Down
            };
            // Within the year, from its newest month on downwards.
            let is_past = at_year == year && months_before(&at) < months_before(&wanted);
            slider.send_keys(if is_past { Key::Up } else { key } + "").await?;
            Err(said(format!("it is at {at}")))
        })
        .await
}

/// The month's place in its year.
fn months_before(words: &str) -> usize {
    MONTHS.iter().position(|month| words.starts_with(month)).unwrap_or_default()
}

/// Opens the third photo of the month that the window begins with, reloads, and comes back to where it was.
async fn open_the_third_and_come_back(walk: &mut Walk, month_words: [&str; 2]) -> Told<Seen> {
    let first = walk
        .browser
        .until("the month's photos", async || {
            let tiles = seen(walk).await?;
            let is_there = tiles.len() >= 3 && month_words.iter().all(|words| tiles[0].label.contains(words));
            if is_there { Ok(Some(tiles[0].clone())) } else { Err(said(format!("{tiles:?}"))) }
        })
        .await?;
    let third = first.place + 2;
    let click = "document.querySelector(`[role=option][aria-posinset=\"${arguments[0]}\"]`).click()";
    let _: Option<Value> = walk.browser.run(click, vec![third.into()]).await?;
    walk.browser.find(Role::Dialog, "Photo").await?;
    let address = walk.browser.address().await?;
    assert!(address.contains("photo="), "{address}");
    steps::expect_deep_links(walk);
    walk.browser.reload().await?;
    walk.browser.find(Role::Dialog, "Photo").await?;
    assert_eq!(walk.browser.address().await?, address);
    walk.browser.button("Close").await?;
    walk.browser
        .until("the grid to be where it was", async || {
            let tiles = seen(walk).await?;
            let is_back = tiles.iter().any(|tile| tile.place == third);
            if is_back { Ok(Some(())) } else { Err(said(format!("{tiles:?}"))) }
        })
        .await?;
    Ok(first)
}

#[test]
fn the_scrubber_lands_on_the_first_photo_of_the_asked_month_and_a_reload_comes_back() {
    walk(Stage { items: 900, ..Stage::default() }, async |walk| {
        walk.browser.watcher.set_time_zone("UTC").await?;
        let mut taken_s: Vec<i64> = walk.google.sandbox(|sandbox| sandbox.truth().map(|item| item.taken_s).collect());
        taken_s.sort_by_key(|taken_s| Reverse(*taken_s));
        let month_of = |taken_s: i64| {
            let (year, month, _) = Day(taken_s.div_euclid(86_400) as i32).ymd();
            (year, month)
        };
        // A month in the middle that has some photos.
        let middle = taken_s.chunk_by(|a, b| month_of(*a) == month_of(*b)).filter(|month| month.len() >= 6);
        let months: Vec<&[i64]> = middle.collect();
        let month = months[months.len() / 2];
        let place = taken_s.partition_point(|other| *other > month[0]) as u32 + 1;
        let (year, number) = month_of(month[0]);

        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        let name = MONTHS[number as usize - 1];
        scrub_to(walk, year, name).await?;
        let first = open_the_third_and_come_back(walk, [&name[..3], &year.to_string()]).await?;
        assert_eq!((first.place, first.of), (place, 900), "{name} {year}");
        Ok(())
    });
}

#[test]
fn a_photo_that_is_closed_before_any_have_come_is_where_the_grid_begins() {
    /// The page's database opens when it is let.
    const HELD: &str = "const request = LockManager.prototype.request;
        const opened = new Promise(open => { window.letOpen = open; });
        LockManager.prototype.request = function (...how) { return opened.then(() => request.apply(this, how)); };";
    walk(Stage::default(), async |walk| {
        walk.open().await?;
        walk.browser.button("Try it now").await?;
        walk.browser.button("Allow").await?;
        walk.browser.find(Role::Button, "Sync").await?;
        steps::sync(walk, None).await?;
        steps::sees_pictures(walk).await?;
        let held = steps::put_in(walk, HELD).await?;
        steps::expect_deep_links(walk);
        walk.browser.open(&format!("{}photos?photo=600", walk.page.base())).await?;
        walk.browser.find(Role::Dialog, "Photo").await?;
        walk.browser.button("Close").await?;
        steps::take_out(walk, &held).await?;
        let _: Option<Value> = walk.browser.run("letOpen()", vec![]).await?;
        walk.browser
            .until("the grid to begin with the photo", async || {
                let is_there = "return !!document.querySelector('[role=option][data-row=\"600\"]')";
                let is_there: bool = walk.browser.run(is_there, vec![]).await?;
                if is_there { Ok(Some(())) } else { Err(said(format!("{:?}", seen(walk).await?))) }
            })
            .await
    });
}

/// The place of the first photo whose upper edge is in the window, and how far down it is.
async fn first_seen(walk: &Walk) -> Told<(u32, f64)> {
    let read = "
        const grid = document.querySelector('.grid')?.getBoundingClientRect();
        const [first] = [...document.querySelectorAll('[role=option]:not([hidden])')]
            .map(tile => ({ place: Number(tile.getAttribute('aria-posinset')), box: tile.getBoundingClientRect() }))
            .filter(tile => tile.box.top >= grid.top)
            .sort((a, b) => a.place - b.place);
        return first ? [first.place, first.box.top - grid.top] : [0, 0]";
    walk.browser.run(read, vec![]).await
}

#[test]
fn a_reload_finds_the_photo_under_the_eye_where_it_was() {
    walk(Stage { items: 900, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        steps::has_focus(walk, "Sync").await?;
        steps::sees_pictures(walk).await?;
        let scroll = "const grid = document.querySelector('.grid'); grid.scrollTop = grid.scrollHeight * 0.37 + 41;";
        let _: Option<Value> = walk.browser.run(scroll, vec![]).await?;
        let is_kept = async || {
            let kept: Option<String> = walk.browser.run("return history.state", vec![]).await?;
            kept.map(Some).ok_or_else(|| said("nothing is kept"))
        };
        walk.browser.until("the place to be kept", is_kept).await?;
        let before = first_seen(walk).await?;
        assert!(before.0 > 100, "{before:?}");
        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser
            .until("the photo to be where it was", async || {
                let now = first_seen(walk).await?;
                let is_there = now.0 == before.0 && (now.1 - before.1).abs() <= 2.0;
                if is_there { Ok(Some(())) } else { Err(said(format!("{now:?}, not {before:?}"))) }
            })
            .await
    });
}

#[test]
fn all_can_be_selected_counted_and_let_go_by_keys_alone() {
    walk(Stage { items: 700, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        steps::sees_pictures(walk).await?;
        let tile = "document.querySelector('[role=option][aria-posinset=\"1\"]').focus()";
        let _: Option<Value> = walk.browser.run(tile, vec![]).await?;
        let driver = walk.browser.driver();
        driver.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control).perform().await?;
        walk.browser.sees("700 selected").await?;
        driver.action_chain().send_keys("x").perform().await?;
        walk.browser.sees("699 selected").await?;
        driver.action_chain().send_keys(Key::Escape + "").perform().await?;
        walk.browser.sees_no_more("699 selected").await?;
        driver.action_chain().send_keys("?").perform().await?;
        walk.browser.find(Role::Dialog, "Keyboard shortcuts").await?;
        Ok(())
    });
}

/// How long the making of a million photos may take; on a machine with nothing else to do it is a part of that.
const LONGEST_MAKING: Duration = Duration::from_secs(180);

/// From the empty page to a pretend library of a million photos, made on the device.
async fn make_a_million(walk: &Walk) -> Told {
    walk.open().await?;
    walk.browser.button("Try it now").await?;
    walk.browser.button("Allow").await?;
    walk.browser.link("Settings").await?;
    walk.browser.pick("Photos in the pretend library", "1,000,000, made on this device").await?;
    walk.browser.button("Begin anew…").await?;
    walk.browser.button("Begin anew").await?;
    walk.browser.button("Allow").await?;
    walk.browser.button("Make 1,000,000 photos").await?;
    walk.browser
        .until_within("a million photos to be made", LONGEST_MAKING, async || {
            let text = walk.browser.text().await?;
            let is_over = text.contains("1,000,000 photos") && walk.browser.has(Role::Button, "Sync").await?;
            if is_over { Ok(Some(())) } else { Err(said(text.chars().take(200).collect::<String>())) }
        })
        .await
}

/// Scrolls to where the photo at this place is seen, as one finds a page in a book: by halves.
async fn leaf_to(walk: &Walk, place: u32) -> Told {
    let (mut from, mut to) = (0.0, 1.0);
    for _ in 0..40 {
        let part = f64::midpoint(from, to);
        scroll(walk, &format!("grid.scrollTop = {part} * (grid.scrollHeight - grid.clientHeight)")).await?;
        let tiles = settled(walk).await?;
        match tiles.as_slice() {
            [.., last] if last.place < place => from = part,
            [first, ..] if first.place > place => to = part,
            _ => return Ok(()),
        }
    }
    Err(said(format!("photo {place} is nowhere")))
}

/// Does something with the grid's scroller, and waits until the page has drawn what came of it.
async fn scroll(walk: &Walk, deed: &str) -> Told {
    let script = format!(
        "const grid = document.querySelector('.grid');
        {deed};
        const frame = () => new Promise(requestAnimationFrame);
        await frame();
        await frame();
        return null"
    );
    let _: Option<Value> = walk.browser.run_async(&script).await?;
    Ok(())
}

/// The tiles in the window once they are those of where it stands: two looks in a row are alike.
async fn settled(walk: &Walk) -> Told<Vec<Seen>> {
    let mut before = Vec::new();
    walk.browser
        .until("the grid to stand still", async || {
            let tiles = seen(walk).await?;
            let is_still = !tiles.is_empty() && tiles == before;
            before.clone_from(&tiles);
            Ok(is_still.then_some(tiles))
        })
        .await
}

/// Waits until every tile in the window shows its picture.
async fn all_painted(walk: &Walk) -> Told {
    let read = "
        const grid = document.querySelector('.grid').getBoundingClientRect();
        return [...document.querySelectorAll('[role=option]:not([hidden])')]
            .filter(tile => { const box = tile.getBoundingClientRect(); return box.bottom > grid.top && box.top < grid.bottom; })
            .filter(tile => !tile.querySelector('img[data-here]')).length";
    walk.browser
        .until("every picture in the window", async || {
            let missing: u32 = walk.browser.run(read, vec![]).await?;
            if missing == 0 { Ok(Some(())) } else { Err(said(format!("{missing} are missing"))) }
        })
        .await
}

/// Goes on by half windows and finds photo after photo, each with its picture.
async fn page_through(walk: &Walk, windows: u32) -> Told {
    let mut last = settled(walk).await?.last().map_or(0, |tile| tile.place);
    for _ in 0..windows {
        scroll(walk, "grid.scrollBy(0, grid.clientHeight / 2)").await?;
        let tiles = settled(walk).await?;
        all_painted(walk).await?;
        let (first, end) = (tiles[0].place, tiles[tiles.len() - 1].place);
        assert!(first <= last + 1 && end > last, "after photo {last} come {first} to {end}");
        assert!(tiles.windows(2).all(|pair| pair[1].place == pair[0].place + 1), "{tiles:?}");
        last = end;
    }
    Ok(())
}

#[test]
fn pictures_that_were_asked_for_when_the_engine_stopped_come_when_it_has_started_again() {
    walk(Stage { items: 900, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        steps::sees_pictures(walk).await?;
        // The next question is never answered: the worker dies of it.
        let break_it = "self.postMessage = () => {};
            addEventListener('message', () => { throw new Error('out of breath'); }); 1";
        walk.browser.watcher.run_in_worker(break_it).await?;
        for source in ["console-api", "javascript", "worker"] {
            walk.expect_line(source, "out of breath");
        }
        scroll(walk, "grid.scrollTop = grid.scrollHeight").await?;
        walk.browser.sees("The part of Albumen that works in the background stopped").await?;
        all_painted(walk).await
    });
}

async fn nodes(walk: &Walk) -> Told<u32> {
    walk.browser.run("return document.querySelectorAll('.grid *').length", vec![]).await
}

#[test]
fn a_million_photos_made_on_the_device_open_at_once_and_every_month_and_the_largest_day_are_in_reach() {
    const LARGE: Stage = Stage { items: 3, longest: Duration::from_secs(420), ..Stage::USUAL };
    walk(LARGE, async |walk| {
        walk.browser.watcher.set_time_zone("UTC").await?;
        make_a_million(walk).await?;
        walk.browser.sees("1,000,000 made on this device").await?;
        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.sees("1,000,000 photos").await?;
        scrub_to(walk, 2019, "June").await?;
        let first = open_the_third_and_come_back(walk, ["Jun", "2019"]).await?;
        assert_eq!(first.of, 1_000_000);

        // The pretend person once left a camera running for a day.
        walk.browser.open(&format!("{}?days=2020-06-20&zone=utc", walk.page.base())).await?;
        walk.browser.sees(" of 1,000,000").await?;
        let of_day = settled(walk).await?[0].of;
        assert!(of_day > 70_000, "{of_day}");
        for place in [of_day / 2, of_day - 200] {
            leaf_to(walk, place).await?;
            page_through(walk, 5).await?;
        }
        leaf_to(walk, of_day).await?;
        all_painted(walk).await?;
        let last = settled(walk).await?.pop();
        assert!(last.is_some_and(|tile| tile.place == of_day && tile.label.contains("June 20, 2020")));
        let nodes = nodes(walk).await?;
        assert!(nodes <= 500, "{nodes} nodes stand for a day of {of_day} photos");
        Ok(())
    });
}
