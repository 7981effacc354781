//! One filter, typed and picked, that Photos, Insights and the address bar agree on.

use albumen_core::sandbox::Truth;
use albumen_e2e::browser::Role;
use albumen_e2e::failure::said;
use albumen_e2e::walk::{Stage, walk};
use thirtyfour::Key;

use crate::steps;

const ITEMS: u32 = 600;

#[test]
fn a_text_and_a_camera_narrow_photos_and_insights_alike_and_outlive_a_reload() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        let truth: Vec<Truth> = walk.google.sandbox(|sandbox| sandbox.truth().collect());
        let camera = |item: &Truth| (item.camera_make.clone(), item.camera_model.clone());
        // The camera of the middle photo that has one, and a part of a name that only some of its photos have.
        let with_camera: Vec<&Truth> = truth.iter().filter(|item| !item.camera_model.is_empty()).collect();
        let wanted = camera(with_camera[with_camera.len() / 2]);
        let of_camera: Vec<&Truth> = truth.iter().filter(|item| camera(item) == wanted).collect();
        let text = "jpg";
        let has_text = |item: &Truth| format!("{}\n{}", item.file_name, item.description).to_lowercase().contains(text);
        let with_text = truth.iter().filter(|item| has_text(item)).count();
        let both = of_camera.iter().filter(|item| has_text(item)).count();
        assert!(with_text < truth.len() && both > 0, "the filter narrows something");

        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        walk.browser.sees(&format!("{ITEMS} photos")).await?;
        walk.browser.fill("Filter by text", "JPG").await?;
        walk.browser.sees(&format!("{with_text} of {ITEMS}")).await?;
        walk.browser.button("Filter").await?;
        let name = camera_option(walk, &wanted.1).await?;
        walk.browser.pick("Camera", &name).await?;
        walk.browser.button("Done").await?;
        walk.browser.sees(&format!("{both} of {ITEMS}")).await?;

        walk.browser.link("Insights").await?;
        walk.browser.sees(&format!("{both} of {ITEMS}")).await?;
        let counts = crate::fetch::shown_counts(walk, "UTC").await?;
        assert_eq!(counts.hours.iter().sum::<u32>() as usize, both);
        assert_eq!(counts.days.values().sum::<u32>() as usize, both);

        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.sees(&format!("{both} of {ITEMS}")).await?;
        walk.browser.button(&format!("Remove {name}")).await?;
        walk.browser.sees(&format!("{with_text} of {ITEMS}")).await?;
        // The chip had the focus, and has gone.
        steps::has_focus(walk, "Filter").await?;
        walk.browser.fill("Filter by text", "no photo is called so").await?;
        walk.browser.sees(&format!("0 of {ITEMS}")).await
    });
}

#[test]
fn a_date_half_typed_costs_no_other_and_clearing_empties_the_fields() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        walk.browser.button("Filter").await?;
        walk.browser.fill_date("From", "2019-01-01").await?;
        // The year 2020 as far as its first digit.
        walk.browser.fill_date("To", "0002-01-01").await?;
        walk.browser.sees("From is after To").await?;
        walk.browser.fill_date("To", "2020-12-31").await?;
        walk.browser.sees_no_more("From is after To").await?;
        let address = walk.browser.address().await?;
        assert!(address.contains("days=2019-01-01..2020-12-31"), "{address}");
        walk.browser.button("Clear all").await?;
        walk.browser.sees("60 photos").await?;
        let read = "return [...document.querySelectorAll('dialog[open] input[type=date]')].map(field => field.value)";
        assert_eq!(walk.browser.run::<Vec<String>>(read, vec![]).await?, ["", ""]);
        Ok(())
    });
}

#[test]
fn whoever_goes_back_finds_in_the_text_field_what_is_searched_for() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        walk.browser.fill("Filter by text", "jpg").await?;
        walk.browser.sees("of 60").await?;
        walk.browser.button("Filter").await?;
        walk.browser.pick("Kind", "Photos").await?;
        walk.browser.button("Done").await?;
        // The field has the focus, and its text is one key ahead of the address that Back leads to.
        let field = walk.browser.find(Role::TextBox, "Filter by text").await?;
        field.send_keys("q").await?;
        walk.browser.sees("0 of 60").await?;
        let _: Option<bool> = walk.browser.run("history.back(); return null", vec![]).await?;
        let read = "return document.activeElement.value";
        walk.browser
            .until("the field to say what is searched for", async || {
                let written: String = walk.browser.run(read, vec![]).await?;
                if written == "jpg" { Ok(Some(())) } else { Err(said(written)) }
            })
            .await?;
        field.send_keys("  ").await?;
        assert_eq!(walk.browser.run::<String>(read, vec![]).await?, "jpg  ", "what is typed is left as it is");
        Ok(())
    });
}

#[test]
fn a_chip_that_removes_itself_leaves_the_focus_at_its_neighbor() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        walk.browser.button("Filter").await?;
        walk.browser.pick("Kind", "Photos").await?;
        walk.browser.pick("Orientation", "Landscape").await?;
        walk.browser.fill_date("From", "2001-01-01").await?;
        walk.browser.button("Done").await?;
        // Days, kind, orientation: each is removed by the key that the focus is left on.
        let remove = walk.browser.find(Role::Button, "Remove Photos").await?;
        remove.focus().await?;
        for next in ["Remove Landscape", "Remove From", "Filter"] {
            walk.browser.driver().action_chain().send_keys(Key::Enter + "").perform().await?;
            let read = "const at = document.activeElement; return at.getAttribute('aria-label') ?? at.textContent";
            walk.browser
                .until(&format!("the focus on {next}"), async || {
                    let name: String = walk.browser.run(read, vec![]).await?;
                    if name.trim().starts_with(next) { Ok(Some(())) } else { Err(said(name)) }
                })
                .await?;
        }
        walk.browser.sees("60 photos").await
    });
}

#[test]
fn what_is_selected_is_all_that_is_shown_through_a_reload_until_its_chip_is_removed() {
    walk(Stage { items: 700, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        steps::sees_pictures(walk).await?;
        let driver = walk.browser.driver();
        let focus = "document.querySelector('[role=option][aria-posinset=\"1\"]').focus()";
        // Two photos fit into an address.
        let _: Option<bool> = walk.browser.run(focus, vec![]).await?;
        driver.action_chain().send_keys("x").send_keys(Key::Right + "").send_keys("x").perform().await?;
        walk.browser.sees("2 selected").await?;
        walk.browser.button("Show only these").await?;
        walk.browser.sees("2 of 700").await?;
        walk.browser.sees("2 selected photos").await?;
        let _: Option<bool> = walk.browser.run("history.back(); return null", vec![]).await?;
        walk.browser.sees("700 photos").await?;

        // Those of one shape are here and there: the tab keeps them.
        let upright =
            walk.google.sandbox(|sandbox| sandbox.truth().filter(|item| item.height_px > item.width_px).count());
        assert!((100..600).contains(&upright), "{upright}");
        walk.browser.button("Filter").await?;
        walk.browser.pick("Orientation", "Portrait").await?;
        walk.browser.button("Done").await?;
        walk.browser.sees(&format!("{upright} of 700")).await?;
        driver.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control).perform().await?;
        walk.browser.sees(&format!("{upright} selected")).await?;
        walk.browser.button("Show only these").await?;
        let words = format!("{upright} selected photos");
        walk.browser.sees(&words).await?;
        walk.browser.sees(&format!("{upright} of 700")).await?;
        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.sees(&words).await?;
        walk.browser.sees(&format!("{upright} of 700")).await?;
        walk.browser.link("Insights").await?;
        walk.browser.sees(&format!("{upright} of 700")).await?;

        // What another tab would find at this address.
        let _: Option<bool> = walk.browser.run("sessionStorage.clear(); return null", vec![]).await?;
        walk.browser.reload().await?;
        walk.browser.sees("Photos selected in another tab, not known here").await?;
        walk.browser.sees("0 of 700").await?;
        walk.browser.button("Remove Photos selected in another tab, not known here").await?;
        walk.browser.sees("700 photos").await
    });
}

/// The words under which the list of cameras offers the one of this model.
async fn camera_option(walk: &albumen_e2e::walk::Walk, model: &str) -> albumen_e2e::failure::Told<String> {
    let list = walk.browser.find(Role::ComboBox, "Camera").await?;
    let read = "return [...arguments[0].options].map(option => option.text)";
    let names: Vec<String> = walk.browser.run(read, vec![list.to_json()?]).await?;
    let found = names.iter().find(|name| name.ends_with(model)).cloned();
    found.ok_or_else(|| said(format!("no camera {model} among {names:?}")))
}
