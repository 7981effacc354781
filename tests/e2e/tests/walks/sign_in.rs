//! Signing in, and everything that may go wrong on the way.

use albumen_e2e::browser::Role;
use albumen_e2e::google::{Call, Fault, Gate};
use albumen_e2e::page::Folder;
use albumen_e2e::people::{self, DESKTOP_ID, EMAIL, WEB_ID, WEB_SECRET};
use albumen_e2e::walk::{Stage, walk};
use jiff::SignedDuration;

use crate::steps;

#[test]
fn a_web_client_signs_in_and_leaves_no_secret_in_plain_sight() {
    walk(Stage::default(), async |walk| {
        steps::sign_in(walk).await?;
        let address = walk.browser.address().await?;
        assert!(!address.contains("code=") && !address.contains("state="), "{address}");
        let sight = steps::in_plain_sight(walk).await?;
        // Google puts the code into the address of the very first navigation; nothing else may hold a secret.
        for secret in [WEB_SECRET, "ya29.", "1//"] {
            assert!(!sight.contains(secret), "{secret} lies in plain sight");
        }
        let exchange = walk.google.calls(Call::Token);
        assert_eq!(exchange.len(), 1);
        let form = String::from_utf8_lossy(&exchange[0].request.body).into_owned();
        assert!(form.contains("code_verifier=") && form.contains("grant_type=authorization_code"), "{form}");
        assert_eq!(exchange[0].status, Some(200));
        Ok(())
    });
}

#[test]
fn the_sign_in_outlives_a_reload_and_is_refreshed_in_silence() {
    walk(Stage::default(), async |walk| {
        steps::sign_in(walk).await?;
        walk.google.clock.advance(SignedDuration::from_hours(2));
        walk.browser.reload().await?;
        walk.browser.sees(EMAIL).await?;
        steps::sync(walk, None).await?;
        let last = walk.google.calls(Call::Token).pop().expect("the token was refreshed");
        let form = String::from_utf8_lossy(&last.request.body).into_owned();
        assert!(form.contains("grant_type=refresh_token"), "{form}");
        walk.expect_line("network", "the server responded with a status of 401");
        Ok(())
    });
}

#[test]
fn a_desktop_client_signs_in_on_loopback() {
    walk(Stage { folder: Folder::Root, ..Stage::default() }, async |walk| {
        let file = walk.files.file("client_secret_desktop.json", people::desktop_client_file())?;
        steps::set_up_client(walk, &file).await?;
        walk.browser.sees(DESKTOP_ID).await?;
        steps::go_to_consent(walk).await?;
        steps::allow(walk).await
    });
}

#[test]
fn a_client_id_alone_signs_in_for_an_hour() {
    walk(Stage::default(), async |walk| {
        steps::open_client_dialog(walk).await?;
        walk.browser.fill("Or paste the client id alone; a sign-in then lasts an hour", WEB_ID).await?;
        walk.browser.button("Use this client id").await?;
        walk.browser.sees("Without the client's secret a sign-in lasts an hour.").await?;
        steps::go_to_consent(walk).await?;
        steps::allow(walk).await?;
        let address = walk.browser.address().await?;
        assert!(!address.contains("access_token") && !address.contains('#'), "{address}");
        assert!(walk.google.calls(Call::Token).is_empty(), "there is no code to exchange");
        walk.browser.link("Settings").await?;
        walk.browser.sees("Lasts until").await
    });
}

#[test]
fn consent_that_is_denied_changes_nothing_and_says_so() {
    walk(Stage::default(), async |walk| {
        steps::set_up_client(walk, &steps::web_client(walk)?).await?;
        steps::go_to_consent(walk).await?;
        walk.browser.button("Cancel").await?;
        walk.browser.sees("The permission was not given, so nothing was changed.").await?;
        assert!(!walk.browser.text().await?.contains(EMAIL));
        assert!(walk.google.calls(Call::Token).is_empty());
        Ok(())
    });
}

#[test]
fn an_answer_that_nobody_asked_for_is_not_used() {
    walk(Stage::default(), async |walk| {
        steps::set_up_client(walk, &steps::web_client(walk)?).await?;
        walk.browser.open(&format!("{}?code=4/stolen&state=forged.r&scope=email", walk.page.base())).await?;
        walk.browser.sees("The answer does not belong to a sign-in that this page began").await?;
        assert!(walk.google.calls(Call::Token).is_empty(), "a forged code must not be exchanged");
        let address = walk.browser.address().await?;
        assert!(!address.contains("code="), "{address}");
        Ok(())
    });
}

#[test]
fn a_code_that_has_expired_says_so_and_the_next_try_works() {
    walk(Stage::default(), async |walk| {
        steps::set_up_client(walk, &steps::web_client(walk)?).await?;
        steps::go_to_consent(walk).await?;
        let gate = Gate::default();
        walk.google.script(Fault::hold(Call::Token, &gate));
        walk.browser.button("Allow").await?;
        gate.reached().await;
        walk.google.clock.advance(SignedDuration::from_mins(11));
        gate.open();
        walk.browser.sees("The code from Google had expired or was used already.").await?;
        walk.expect_line("network", "oauth2.googleapis.com/token");
        steps::go_to_consent(walk).await?;
        steps::allow(walk).await
    });
}

#[test]
fn a_wrong_secret_is_named_as_the_cause() {
    walk(Stage::default(), async |walk| {
        let (origin, base) = (walk.page.origin(), walk.page.base());
        let forged = people::web_client_file_of(WEB_ID, "GOCSPX-not-the-one", &[&origin], &[&base]);
        steps::set_up_client(walk, &walk.files.file("client_secret.json", forged)?).await?;
        steps::go_to_consent(walk).await?;
        walk.browser.button("Allow").await?;
        walk.browser.sees("The client secret does not belong to this client id.").await?;
        walk.expect_line("network", "oauth2.googleapis.com/token");
        Ok(())
    });
}

#[test]
fn a_box_left_unticked_is_noticed_before_anything_fails() {
    walk(Stage::default(), async |walk| {
        steps::set_up_client(walk, &steps::web_client(walk)?).await?;
        steps::go_to_consent(walk).await?;
        for name in walk.browser.names(Role::Checkbox, "").await? {
            walk.browser.click(Role::Checkbox, &name).await?;
        }
        walk.browser.button("Allow").await?;
        walk.browser.sees("was left unticked").await
    });
}

#[test]
fn a_token_reply_that_is_html_keeps_nothing_and_says_so() {
    walk(Stage::default(), async |walk| {
        steps::set_up_client(walk, &steps::web_client(walk)?).await?;
        steps::go_to_consent(walk).await?;
        walk.google.script(Fault::reply(Call::Token, 200, "text/html", "<!doctype html><h1>Welcome to the hotel</h1>"));
        walk.browser.button("Allow").await?;
        walk.browser.sees("The reply to the sign-in was not one of Google's").await?;
        assert!(!walk.browser.text().await?.contains(EMAIL));
        Ok(())
    });
}

#[test]
fn every_wrong_client_file_has_a_sentence_of_its_own() {
    walk(Stage::default(), async |walk| {
        let (origin, base) = (walk.page.origin(), walk.page.base());
        let web =
            |origins: &[&str], redirects: &[&str]| people::web_client_file_of(WEB_ID, WEB_SECRET, origins, redirects);
        let elsewhere = "https://photos.example";
        let files = [
            ("notes.json", "these are notes".to_owned(), "notes.json is not JSON."),
            (
                "robot.json",
                r#"{"type":"service_account","client_email":"robot@x.iam.gserviceaccount.com","private_key":"k"}"#
                    .to_owned(),
                "robot.json is the key of a service account",
            ),
            ("key.json", format!(r#"{{"keyString":"AIza{}"}}"#, "x".repeat(35)), "key.json holds an API key"),
            (
                "token.json",
                r#"{"token":"ya29.x","refresh_token":"1//x","client_id":"x.apps.googleusercontent.com"}"#.to_owned(),
                "token.json holds a token that another program was given",
            ),
            ("empty.json", r#"{"web":{}}"#.to_owned(), "There is no client id in it."),
            ("origin.json", web(&[elsewhere], &[&base]), "The client does not allow this page's origin"),
            ("redirect.json", web(&[&origin], &[elsewhere]), "The client does not allow this page's address"),
        ];
        steps::open_client_dialog(walk).await?;
        for (name, text, sentence) in files {
            let file = walk.files.file(name, text)?;
            walk.browser.choose_files("Choose client_secret.json", &[&file]).await?;
            walk.browser.sees(sentence).await?;
            let value = match name {
                "origin.json" => &origin,
                "redirect.json" => &base,
                _ => continue,
            };
            let shown = walk.browser.text().await?;
            assert!(shown.contains(value.as_str()), "{name}: the exact value to paste is missing: {shown}");
        }
        assert!(steps::kept(walk).await?.iter().all(|key| !key.contains("sign_in/client")));
        // After all of that the right file still works.
        walk.browser.choose_files("Choose client_secret.json", &[&steps::web_client(walk)?]).await?;
        walk.browser.sees("Sign-in is set up with").await
    });
}
