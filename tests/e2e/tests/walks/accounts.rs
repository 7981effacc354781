//! Whose library it is, and sign-ins that end by themselves.

use albumen_core::sandbox::{Cors, Interference, Sandbox};
use albumen_e2e::browser::Role;
use albumen_e2e::google::Call;
use albumen_e2e::people::{self, EMAIL};
use albumen_e2e::walk::{Stage, last_day, walk};
use jiff::SignedDuration;

use crate::steps;

#[test]
fn another_account_is_never_mixed_with_the_first() {
    walk(Stage { items: 50, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        walk.browser.link("Settings").await?;
        walk.browser.button("Sign out").await?;
        walk.browser
            .click(Role::Checkbox, "Also remove the photos that came through this account from this device")
            .await?;
        walk.browser.button("Sign out").await?;
        walk.browser.sees("Nobody is signed in.").await?;
        // At Google somebody else is signed in now.
        let mut settings = people::settings(30, last_day(), Cors::Generous, &walk.page.origin(), &walk.page.base());
        settings.person.email = "grace@example.com".into();
        settings.person.sub = "220169484474386276999".into();
        walk.google.sandbox(|sandbox| *sandbox = Sandbox::new(settings));
        steps::go_to_consent(walk).await?;
        walk.browser.button("Allow").await?;
        let sentence = format!("This device holds the library of {EMAIL}; you signed in as grace@example.com.");
        walk.browser.sees(&sentence).await?;
        walk.browser.link("Photos").await?;
        walk.browser.sees("50 photos").await
    });
}

#[test]
fn a_grant_that_was_taken_back_at_google_asks_to_sign_in_again_and_loses_nothing() {
    walk(Stage { items: 3, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        // Every picture is there, so that none asks for anything while the grant ends.
        steps::sees_pictures(walk).await?;
        walk.google.sandbox(|sandbox| sandbox.interfere(Interference::RevokeGrants));
        walk.browser.button("Sync").await?;
        walk.browser.sees("The sign-in has ended.").await?;
        walk.browser.sees("3 photos").await?;
        walk.expect_line("network", "the server responded with a status of 40");
        steps::go_to_consent(walk).await?;
        steps::allow(walk).await?;
        walk.browser.sees("3 photos").await
    });
}

#[test]
fn a_picture_whose_address_has_died_comes_by_a_fresh_one() {
    walk(Stage { items: 50, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        steps::sees_pictures(walk).await?;
        let before = walk.google.calls(Call::BatchGet).len();
        walk.google.clock.advance(SignedDuration::from_mins(61));
        let _: Option<String> = walk.browser.run("document.querySelector('button[data-row]').click()", vec![]).await?;
        walk.browser
            .until("the large picture", async || {
                let shown =
                    "return [...document.querySelectorAll('dialog img')].some(image => image.naturalWidth > 600)";
                Ok(walk.browser.run::<bool>(shown, vec![]).await?.then_some(()))
            })
            .await?;
        assert!(walk.google.calls(Call::BatchGet).len() > before, "a fresh address was asked for");
        walk.expect_line("network", "the server responded with a status of 40");
        Ok(())
    });
}
