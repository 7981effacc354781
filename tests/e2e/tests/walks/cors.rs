//! The world in which Google's servers let a page read as little as nobody has disproven.

use albumen_core::sandbox::Cors;
use albumen_e2e::page::Folder;
use albumen_e2e::people;
use albumen_e2e::walk::{Stage, walk};

use crate::{steps, upload};

const PESSIMISTIC: Stage = Stage { items: 40, cors: Cors::Pessimistic, folder: Folder::Root, ..Stage::USUAL };

#[test]
fn a_desktop_client_whose_token_reply_cannot_be_read_is_told_which_client_to_make() {
    walk(PESSIMISTIC, async |walk| {
        let file = walk.files.file("client_secret.json", people::desktop_client_file())?;
        steps::set_up_client(walk, &file).await?;
        steps::go_to_consent(walk).await?;
        walk.browser.button("Allow").await?;
        walk.browser.sees("“Desktop app” clients are known for this: use one of the kind “Web application”.").await?;
        steps::expect_cors_refusal(walk);
        walk.expect_line("network", "oauth2.googleapis.com/token");
        Ok(())
    });
}

#[test]
fn an_upload_that_google_does_not_let_a_page_send_says_so_and_keeps_the_list() {
    walk(PESSIMISTIC, async |walk| {
        steps::sign_in(walk).await?;
        walk.browser.link("Upload").await?;
        let [harbour, ..] = upload::three_pictures(walk)?;
        walk.browser.choose_files("Choose files", &[&harbour]).await?;
        walk.browser.button("Start upload").await?;
        upload::allow_in_window(walk).await?;
        walk.browser.sees("Google does not let this page send files from here").await?;
        walk.browser.find(albumen_e2e::browser::Role::Button, "Try again").await?;
        walk.browser.sees("harbour.jpg").await?;
        steps::expect_cors_refusal(walk);
        walk.expect_line("network", "/v1/uploads");
        Ok(())
    });
}

#[test]
fn signing_out_works_though_the_reply_to_the_revocation_cannot_be_read() {
    walk(PESSIMISTIC, async |walk| {
        steps::sign_in(walk).await?;
        walk.browser.link("Settings").await?;
        walk.browser.button("Sign out").await?;
        walk.browser.sees("Albumen gives its permission back to Google").await?;
        walk.browser.button("Sign out").await?;
        walk.browser.sees_no_more(people::EMAIL).await?;
        let revoked = albumen_e2e::google::Call::Revoke;
        walk.browser.until("the revocation", async || Ok((!walk.google.calls(revoked).is_empty()).then_some(()))).await
    });
}
