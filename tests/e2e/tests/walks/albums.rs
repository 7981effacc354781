//! Albums: fetched after the photos, filtered by, and told of in the viewer.

use albumen_core::sandbox::AlbumTruth;
use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::google::{Call, Fault, Gate};
use albumen_e2e::walk::{Stage, Walk, walk};

use crate::steps;

/// The box that stands for an album in the filter, with how many photos it tells.
async fn tick(walk: &Walk, title: &str) -> Told<u32> {
    let boxes = "return [...document.querySelectorAll('dialog[open] .choice')].map(choice => choice.innerText)";
    let find = async || {
        let names: Vec<String> = walk.browser.run(boxes, vec![]).await?;
        Ok(names.into_iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).find_map(|name| {
            let count: u32 = name.strip_prefix(title)?.trim().parse().ok()?;
            Some((name, count))
        }))
    };
    let (name, count) = walk.browser.until(&format!("the album “{title}”"), find).await?;
    walk.browser.click(Role::Checkbox, &name).await?;
    Ok(count)
}

/// An album as Google has it, of those whose title no other has.
fn album_of(walk: &Walk, is_wanted: impl Fn(&AlbumTruth) -> bool) -> Told<AlbumTruth> {
    let albums = walk.google.sandbox(|sandbox| sandbox.album_truth());
    let is_alone = |album: &AlbumTruth| albums.iter().filter(|other| other.title == album.title).count() == 1;
    let found = albums.iter().find(|album| is_alone(album) && is_wanted(album));
    found.cloned().ok_or_else(|| said("there is no such album"))
}

#[test]
fn an_album_of_the_pretend_library_narrows_what_is_shown_and_its_chip_clears_it() {
    walk(Stage::default(), async |walk| {
        walk.open().await?;
        walk.browser.button("Try it now").await?;
        walk.browser.button("Allow").await?;
        walk.browser.find(Role::Button, "Sync").await?;
        steps::sync(walk, None).await?;
        walk.browser.sees("3,200 photos").await?;

        walk.browser.button("Filter").await?;
        walk.browser.fill("Find an album", "CHRIST").await?;
        let count = tick(walk, "Christmas 🎄").await?;
        assert!(count > 0);
        walk.browser.button("Done").await?;
        walk.browser.sees(&format!("{count} of 3,200")).await?;
        // Every photo of it was taken at Christmas: the viewer says so, and leads to the album too.
        let first_tile = "document.querySelector('button[data-row]').click()";
        let _: Option<String> = walk.browser.run(first_tile, vec![]).await?;
        walk.browser.find(Role::Dialog, "Photo").await?;
        walk.browser.find(Role::Link, "Christmas 🎄").await?;
        walk.browser.sees("December 2").await?;
        walk.browser.button("Close").await?;

        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.sees(&format!("{count} of 3,200")).await?;
        walk.browser.button("Remove Christmas 🎄").await?;
        walk.browser.sees("3,200 photos").await?;
        // An empty album is one, too.
        walk.browser.button("Filter").await?;
        assert_eq!(tick(walk, "To be printed").await?, 0);
        walk.browser.button("Done").await?;
        walk.browser.sees("0 of 3,200").await
    });
}

#[test]
fn albums_of_an_account_are_fetched_go_on_after_the_tab_was_closed_and_hold_what_google_says() {
    walk(Stage { items: 900, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        let gate = Gate::default();
        // Nine searches at the least are for the photos, so that this one is for an album.
        walk.google.script(Fault::hold(Call::Search, &gate).after(24));
        walk.browser.link("Photos").await?;
        walk.browser.button("Sync").await?;
        gate.reached().await;
        walk.browser.sees("album ").await?;
        let lists = walk.google.calls(Call::Albums).len();
        assert!(lists > 0, "the albums were listed already");
        steps::expect_deep_links(walk);
        // As if the tab had been closed and opened again.
        walk.browser.open("about:blank").await?;
        gate.open();
        walk.open().await?;
        walk.browser.sees("900 photos").await?;
        walk.browser.button("Resume").await?;
        walk.browser
            .until("the fetch to end", async || Ok(walk.browser.has(Role::Button, "Sync").await?.then_some(())))
            .await?;
        assert_eq!(walk.google.calls(Call::Albums).len(), lists, "the list was kept");

        let sea = album_of(walk, |album| album.title.contains('🌊'))?;
        let trip = album_of(walk, |album| album.items.iter().any(|id| sea.items.contains(id)) && album.id != sea.id)?;
        let either: std::collections::BTreeSet<&String> = sea.items.iter().chain(&trip.items).collect();
        walk.browser.button("Filter").await?;
        assert_eq!(tick(walk, &sea.title).await? as usize, sea.items.len());
        walk.browser.sees(&format!("{} of 900", sea.items.len())).await?;
        assert_eq!(tick(walk, &trip.title).await? as usize, trip.items.len());
        walk.browser.sees(&format!("{} of 900", either.len())).await?;
        walk.browser.button("Done").await?;
        let address = walk.browser.address().await?;
        assert_eq!(address.matches("album=").count(), 2, "{address}");
        walk.browser.link("Insights").await?;
        let counts = crate::fetch::shown_counts(walk, "UTC").await?;
        assert_eq!(counts.hours.iter().sum::<u32>() as usize, either.len());

        // A photo that lies in both leads to either.
        walk.browser.link("Photos").await?;
        let both = sea.items.iter().find(|id| trip.items.contains(id)).ok_or_else(|| said("they share a photo"))?;
        let name =
            walk.google.sandbox(|sandbox| sandbox.truth().find(|item| item.id == *both)).expect("an item").file_name;
        walk.browser.fill("Filter by text", &name).await?;
        walk.browser.sees(" of 900").await?;
        let tiles = async || {
            let count = "return document.querySelectorAll('button[data-row]').length";
            Ok((walk.browser.run::<u32>(count, vec![]).await? <= 3).then_some(()))
        };
        walk.browser.until("the photo alone", tiles).await?;
        let first_tile = "document.querySelector('button[data-row]').click()";
        let _: Option<String> = walk.browser.run(first_tile, vec![]).await?;
        walk.browser.find(Role::Link, &sea.title).await?;
        walk.browser.link(&trip.title).await?;
        walk.browser.sees(&format!("{} of 900", trip.items.len())).await
    });
}
