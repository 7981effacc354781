//! Times of selected photos put right, and taken back.

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::walk::{Stage, Walk, walk};
use thirtyfour::{Key, WebElement};

use crate::steps;

/// The first tile's words: its date is among them.
async fn first_tile(walk: &Walk) -> Told<String> {
    let read = "return document.querySelector('[role=option][aria-posinset=\"1\"]').getAttribute('aria-label')";
    walk.browser.run(read, vec![]).await
}

async fn first_tile_says(walk: &Walk, expected: &str) -> Told {
    walk.browser
        .until(&format!("the first tile to say {expected}"), async || {
            let says = first_tile(walk).await?;
            if says.contains(expected) { Ok(Some(())) } else { Err(said(format!("it says {says}"))) }
        })
        .await
}

/// The year that a tile's words end their date with: "Photo, November 28, 2026 at 12:46:04 PM".
fn year_of(words: &str) -> Told<i32> {
    let mut numbers = words.split(|c: char| !c.is_ascii_digit());
    let year = numbers.find(|number| number.len() == 4).and_then(|year| year.parse().ok());
    year.ok_or_else(|| said(format!("there is no year in {words}")))
}

async fn choose(walk: &Walk, words: &str) -> Told {
    let script = "[...document.querySelectorAll('dialog[open] label')]
        .find(label => label.textContent.includes(arguments[0])).querySelector('input').click(); return true";
    let _: bool = walk.browser.run(script, vec![words.into()]).await?;
    Ok(())
}

async fn field(walk: &Walk, label: &str) -> Told<WebElement> {
    walk.browser.find(Role::TextBox, label).await
}

#[test]
fn times_of_a_selection_are_put_right_and_taken_back() {
    walk(Stage { items: 700, ..Stage::default() }, async |walk| {
        walk.browser.watcher.set_time_zone("UTC").await?;
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        steps::sees_pictures(walk).await?;
        let told = first_tile(walk).await?;
        let later = (year_of(&told)? + 10).to_string();
        let focus = "document.querySelector('[role=option][aria-posinset=\"1\"]').focus()";
        let _: Option<bool> = walk.browser.run(focus, vec![]).await?;
        let driver = walk.browser.driver();
        driver.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control).perform().await?;
        walk.browser.sees("700 selected").await?;

        // Escape closes the dialog alone.
        walk.browser.button("Correct times…").await?;
        walk.browser.find(Role::Dialog, "Correct times").await?;
        driver.action_chain().send_keys(Key::Escape + "").perform().await?;
        walk.browser.sees_no_more("Of 700 photos").await?;
        walk.browser.sees("700 selected").await?;

        walk.browser.button("Correct times…").await?;
        walk.browser.sees("Of 700 photos").await?;
        walk.browser.fill("Days", "1.5").await?;
        walk.browser.sees("Days must be a whole number, not “1.5”.").await?;
        // Ten years and their leap days.
        walk.browser.fill("Days", "3653").await?;
        walk.browser.sees_no_more("whole number").await?;
        walk.browser.sees(&later).await?;
        walk.browser.button("Correct").await?;
        walk.browser.sees("The times of 700 photos are corrected.").await?;
        first_tile_says(walk, &later).await?;
        walk.browser.sees("700 selected").await?;

        // It outlives the page, and the details tell both.
        steps::expect_deep_links(walk);
        walk.browser.open(&format!("{}photos?photo=0", walk.page.base())).await?;
        walk.browser.sees("You moved it: 3,653 days later").await?;
        walk.browser.open(&format!("{}photos", walk.page.base())).await?;
        first_tile_says(walk, &later).await?;

        let _: Option<bool> = walk.browser.run(focus, vec![]).await?;
        let driver = walk.browser.driver();
        driver.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control).perform().await?;
        walk.browser.button("Correct times…").await?;
        walk.browser.sees("It is corrected already.").await?;
        choose(walk, "The moment is right").await?;
        field(walk, "Time zone").await?.send_keys("Mars/Olympus").await?;
        walk.browser.sees("This browser knows no time zone “Mars/Olympus”.").await?;
        let zone = field(walk, "Time zone").await?;
        zone.clear().await?;
        zone.send_keys("Asia/Kathmandu").await?;
        walk.browser.sees("UTC+5:45").await?;
        walk.browser.button("Correct").await?;
        walk.browser
            .until("the first tile to leave that year", async || {
                let says = first_tile(walk).await?;
                if says.contains(&later) { Err(said(format!("it says {says}"))) } else { Ok(Some(())) }
            })
            .await?;

        walk.browser.button("Correct times…").await?;
        choose(walk, "take it back").await?;
        walk.browser.button("Take the correction back").await?;
        walk.browser.sees("The times of 700 photos are as they are told again.").await?;
        assert_eq!(first_tile(walk).await?, told);
        Ok(())
    });
}
