//! Signing in: what the authorization, token and revocation endpoints give and refuse.

use base64::Engine as _;

use super::*;

fn code(sandbox: &mut Sandbox, changed: &[(&str, &str)]) -> String {
    let location = sandbox.consent(&authorize(changed), true, &[READ.into()], NOW_MS).unwrap();
    answers(&location).get("code").unwrap().to_owned()
}

fn exchange(code: &str, changed: &[(&str, &str)]) -> Incoming {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("client_id", "web"),
        ("client_secret", "GOCSPX-secret"),
        ("code_verifier", VERIFIER),
        ("redirect_uri", BASE),
    ];
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    form("/token", &fields)
}

fn oauth_error(outgoing: &Outgoing) -> (u16, String, String) {
    let body = json(outgoing);
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (outgoing.status, text("error"), text("error_description"))
}

fn error(status: u16, error: &str, description: &str) -> (u16, String, String) {
    (status, error.into(), description.into())
}

fn refresh(token: &str) -> Incoming {
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", "web"),
        ("client_secret", "GOCSPX-secret"),
    ];
    form("/token", &fields)
}

#[test]
fn a_code_becomes_tokens_and_says_who_signed_in() {
    let mut sandbox = sandbox();
    let code = code(&mut sandbox, &[("nonce", "n1")]);
    let reply = sandbox.answer(&exchange(&code, &[]), NOW_MS);
    assert_eq!(reply.status, 200);
    let reply = json(&reply);
    assert_eq!(reply["expires_in"], 3599);
    assert_eq!(reply["token_type"], "Bearer");
    assert_eq!(reply["scope"], format!("openid https://www.googleapis.com/auth/userinfo.email {READ}"));
    assert!(reply["refresh_token"].is_string() && reply.get("refresh_token_expires_in").is_none());
    let payload = reply["id_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).unwrap();
    let payload: Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!((&payload["nonce"], &payload["email"]), (&Value::from("n1"), &Value::from("ada@example.com")));
    let access_token = reply["access_token"].as_str().unwrap();
    assert_eq!(get(&mut sandbox, "/v1/mediaItems", access_token).status, 200);
}

#[test]
fn a_code_works_once_and_for_ten_minutes() {
    let mut sandbox = sandbox();
    let spent = code(&mut sandbox, &[]);
    assert_eq!(sandbox.answer(&exchange(&spent, &[]), NOW_MS).status, 200);
    let again = sandbox.answer(&exchange(&spent, &[]), NOW_MS);
    assert_eq!(oauth_error(&again), error(400, "invalid_grant", "Bad Request"));
    let old = code(&mut sandbox, &[]);
    let late = sandbox.answer(&exchange(&old, &[]), NOW_MS + 600_000);
    assert_eq!(oauth_error(&late), error(400, "invalid_grant", "Bad Request"));
}

#[test]
fn a_secret_is_wanted_from_every_kind_of_client() {
    let mut sandbox = sandbox();
    let quoted: Value =
        serde_json::from_str(include_str!("../../../../tests/fixtures/google/secret_missing.json")).unwrap();
    for (client_id, redirect_uri) in [("web", BASE), ("desktop", "http://127.0.0.1:8080/")] {
        let fields = [("client_id", client_id), ("redirect_uri", redirect_uri)];
        let code = code(&mut sandbox, &fields);
        let bare = [fields[0], fields[1], ("client_secret", "")];
        let reply = sandbox.answer(&exchange(&code, &bare), NOW_MS);
        assert_eq!((reply.status, json(&reply)), (400, quoted.clone()));
        let wrong = [fields[0], fields[1], ("client_secret", "GOCSPX-other")];
        let reply = sandbox.answer(&exchange(&code, &wrong), NOW_MS);
        assert_eq!(oauth_error(&reply), error(401, "invalid_client", "Unauthorized"));
        assert_eq!(sandbox.answer(&exchange(&code, &fields), NOW_MS).status, 200);
    }
}

#[test]
fn verifier_redirect_uri_client_and_encoding_must_fit_the_code() {
    let mut sandbox = sandbox();
    let code = code(&mut sandbox, &[]);
    let mut refused = |changed: &[(&str, &str)]| oauth_error(&sandbox.answer(&exchange(&code, changed), NOW_MS));
    let other = VERIFIER.replace('d', "e");
    assert_eq!(refused(&[("code_verifier", &other)]).1, "invalid_grant");
    assert_eq!(refused(&[("code_verifier", "")]).1, "invalid_grant");
    assert_eq!(refused(&[("redirect_uri", ORIGIN)]).1, "redirect_uri_mismatch");
    assert_eq!(refused(&[("client_id", "other")]).1, "invalid_grant");
    assert_eq!(refused(&[("client_id", "nobody")]).1, "invalid_client");
    assert_eq!(refused(&[("grant_type", "password")]).1, "unsupported_grant_type");
    let mut as_json = exchange(&code, &[]);
    as_json.headers = vec![("content-type".into(), "application/json".into())];
    assert_eq!(oauth_error(&sandbox.answer(&as_json, NOW_MS)).1, "invalid_request");
    // None of these has spent the code.
    assert_eq!(sandbox.answer(&exchange(&code, &[]), NOW_MS).status, 200);
}

#[test]
fn a_refresh_token_comes_with_the_first_consent_or_when_asked_for_anew() {
    let mut sandbox = sandbox();
    let mut has_one = |changed: &[(&str, &str)]| {
        let code = code(&mut sandbox, changed);
        json(&sandbox.answer(&exchange(&code, &[]), NOW_MS)).get("refresh_token").is_some()
    };
    assert!(!has_one(&[("access_type", "")]));
    assert!(has_one(&[]));
    assert!(!has_one(&[]));
    assert!(has_one(&[("prompt", "consent")]));
}

#[test]
fn a_refresh_token_gives_access_tokens_until_the_grant_is_revoked() {
    let mut sandbox = sandbox();
    let code = code(&mut sandbox, &[]);
    let first = json(&sandbox.answer(&exchange(&code, &[]), NOW_MS));
    let refresh_token = first["refresh_token"].as_str().unwrap();
    let later_ms = NOW_MS + 90 * 86_400_000;
    let renewed = json(&sandbox.answer(&refresh(refresh_token), later_ms));
    let access_token = renewed["access_token"].as_str().unwrap().to_owned();
    assert_eq!(sandbox.answer(&api("GET", "/v1/mediaItems", &access_token), later_ms).status, 200);
    assert_eq!(sandbox.answer(&form("/revoke", &[("token", &access_token)]), later_ms).status, 200);
    let gone = sandbox.answer(&refresh(refresh_token), later_ms);
    assert_eq!(oauth_error(&gone), error(400, "invalid_grant", "Token has been expired or revoked."));
    let dead = sandbox.answer(&api("GET", "/v1/mediaItems", &access_token), later_ms);
    assert_eq!(refusal(&dead).1, "UNAUTHENTICATED");
    let twice = sandbox.answer(&form("/revoke", &[("token", &access_token)]), later_ms);
    assert_eq!(oauth_error(&twice).1, "invalid_token");
    let unknown = sandbox.answer(&refresh("1//nothing"), later_ms);
    assert_eq!(oauth_error(&unknown), error(400, "invalid_grant", "Bad Request"));
}

#[test]
fn in_testing_a_refresh_token_dies_after_seven_days_and_says_so() {
    let mut sandbox = Sandbox::new(Settings { testing: true, ..settings() });
    let code = code(&mut sandbox, &[]);
    let first = json(&sandbox.answer(&exchange(&code, &[]), NOW_MS));
    assert_eq!(first["refresh_token_expires_in"], 604_799);
    let token = first["refresh_token"].as_str().unwrap();
    let week_ms = 7 * 86_400_000;
    assert_eq!(sandbox.answer(&refresh(token), NOW_MS + week_ms - 1).status, 200);
    let dead = sandbox.answer(&refresh(token), NOW_MS + week_ms);
    assert_eq!(oauth_error(&dead), error(400, "invalid_grant", "Token has been expired or revoked."));
}

#[test]
fn the_hundred_and_first_refresh_token_kills_the_first() {
    let mut sandbox = sandbox();
    let tokens: Vec<String> = (0..101)
        .map(|_| {
            let code = code(&mut sandbox, &[("prompt", "consent")]);
            json(&sandbox.answer(&exchange(&code, &[]), NOW_MS))["refresh_token"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(sandbox.answer(&refresh(&tokens[0]), NOW_MS).status, 400);
    assert_eq!(sandbox.answer(&refresh(&tokens[1]), NOW_MS).status, 200);
}

#[test]
fn an_access_token_dies_after_its_hour() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let at = |sandbox: &mut Sandbox, after_s: i64| {
        sandbox.answer(&api("GET", "/v1/mediaItems", &token), NOW_MS + after_s * 1000).status
    };
    assert_eq!(at(&mut sandbox, 3598), 200);
    assert_eq!(at(&mut sandbox, 3599), 401);
}

/// What is asked otherwise than usual, and the page's status and error.
type Case = (&'static [(&'static str, &'static str)], u16, &'static str);

#[test]
fn errors_of_the_app_are_shown_by_google_and_never_returned() {
    let mut sandbox = sandbox();
    let cases: [Case; 12] = [
        (&[("client_id", "nobody")], 401, "invalid_client"),
        (&[("client_id", "")], 400, "invalid_request"),
        (&[("redirect_uri", "https://albumen.example/app")], 400, "redirect_uri_mismatch"),
        (&[("redirect_uri", "https://albumen.example:443/app/")], 400, "redirect_uri_mismatch"),
        (&[("redirect_uri", "")], 400, "invalid_request"),
        (&[("client_id", "desktop")], 400, "redirect_uri_mismatch"),
        (&[("response_type", "")], 400, "invalid_request"),
        (&[("response_type", "token id_token")], 400, "invalid_request"),
        (&[("scope", "")], 400, "invalid_request"),
        (&[("code_challenge", "short")], 400, "invalid_request"),
        (&[("code_challenge_method", "S512")], 400, "invalid_request"),
        (
            &[("client_id", "desktop"), ("redirect_uri", "http://localhost:1/"), ("response_type", "token")],
            400,
            "invalid_request",
        ),
    ];
    for (changed, status, name) in cases {
        let address = authorize(changed);
        let page = sandbox.consent(&address, true, &[READ.into()], NOW_MS).unwrap_err();
        assert_eq!((page.status, page.title), (status, format!("Error {status}: {name}")), "{changed:?}");
        let shown = sandbox.answer(&incoming("GET", &address), NOW_MS);
        assert_eq!((shown.status, shown.header("location")), (status, None), "{changed:?}");
        assert!(String::from_utf8(shown.body).unwrap().contains(name));
    }
}

#[test]
fn an_origin_that_is_not_registered_gets_no_token_without_a_code() {
    let mut settings = settings();
    settings.clients[0].kind = RegisteredKind::Web { origins: Vec::new(), redirect_uris: vec![BASE.into()] };
    let page = Sandbox::new(settings).consent(&authorize(&[("response_type", "token")]), true, &[], NOW_MS);
    assert_eq!(page.unwrap_err().title, "Error 400: origin_mismatch");
}

#[test]
fn an_unknown_scope_and_a_no_go_back_to_the_app() {
    let mut sandbox = sandbox();
    let unknown = authorize(&[("scope", "openid https://www.googleapis.com/auth/photoslibrary.everything")]);
    let location = sandbox.consent(&unknown, true, &[], NOW_MS).unwrap();
    assert!(location.starts_with(BASE));
    assert_eq!(
        (answers(&location).get("error"), answers(&location).get("state")),
        (Some("invalid_scope"), Some("s.r"))
    );
    let no = sandbox.consent(&authorize(&[]), false, &[], NOW_MS).unwrap();
    assert_eq!(answers(&no).get("error"), Some("access_denied"));
    let no = sandbox.consent(&authorize(&[("response_type", "token")]), false, &[], NOW_MS).unwrap();
    assert!(no.starts_with(&format!("{BASE}#")) && no.contains("error=access_denied"));
}

#[test]
fn what_was_unticked_is_missing_from_the_answer_and_from_the_access() {
    let mut sandbox = sandbox();
    let both = format!("openid {READ} {APPEND}");
    let asked = authorize(&[("response_type", "token id_token"), ("nonce", "n"), ("scope", &both)]);
    let location = sandbox.consent(&asked, true, &[APPEND.into()], NOW_MS).unwrap();
    let answers = answers(&location);
    assert_eq!(answers.get("scope"), Some(format!("openid {APPEND}").as_str()));
    assert!(answers.get("id_token").is_some() && answers.get("expires_in") == Some("3599"));
    let reply = get(&mut sandbox, "/v1/mediaItems", answers.get("access_token").unwrap());
    assert_eq!(refusal(&reply).2, "Request had insufficient authentication scopes.");
}

#[test]
fn further_scopes_add_up_when_asked_to() {
    let mut sandbox = sandbox();
    token_for(&mut sandbox, "web", &[READ], NOW_MS);
    let more = authorize(&[("response_type", "token"), ("scope", APPEND), ("include_granted_scopes", "true")]);
    let location = sandbox.consent(&more, true, &[APPEND.into()], NOW_MS).unwrap();
    let scope = answers(&location).get("scope").unwrap().to_owned();
    assert!(scope.contains(READ) && scope.contains(APPEND));
}

#[test]
fn the_consent_page_is_a_form_that_leads_back_to_the_app() {
    let mut sandbox = sandbox();
    let asked = authorize(&[("state", "<b>&\"x")]);
    let page = sandbox.answer(&incoming("GET", &asked), NOW_MS);
    assert_eq!((page.status, page.header("x-frame-options")), (200, Some("DENY")));
    let html = String::from_utf8(page.body).unwrap();
    for words in ["ada@example.com", "Manage photos added by this app", ">Allow<", ">Cancel<", "type=\"checkbox\""] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("<b>&\"x") && !html.contains("Associate you"));
    let action = html.split("action=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let mut decision = incoming("POST", &format!("https://accounts.google.com{action}"));
    decision.body = query(&[("scope", READ), ("decision", "allow")]).into_bytes();
    let back = sandbox.answer(&decision, NOW_MS);
    let location = back.header("location").unwrap();
    assert_eq!((back.status, answers(location).get("state")), (302, Some("<b>&\"x")));
    assert!(answers(location).get("code").is_some());
}

#[test]
fn who_has_agreed_before_is_not_asked_again_unless_the_app_wants_it() {
    let mut sandbox = sandbox();
    let silent = authorize(&[("prompt", "none")]);
    let back = sandbox.answer(&incoming("GET", &silent), NOW_MS);
    assert_eq!(answers(back.header("location").unwrap()).get("error"), Some("interaction_required"));
    code(&mut sandbox, &[]);
    let back = sandbox.answer(&incoming("GET", &silent), NOW_MS);
    assert!(answers(back.header("location").unwrap()).get("code").is_some());
    assert_eq!(sandbox.answer(&incoming("GET", &authorize(&[])), NOW_MS).status, 302);
    assert_eq!(sandbox.answer(&incoming("GET", &authorize(&[("prompt", "consent")])), NOW_MS).status, 200);
}

#[test]
fn the_screen_tells_what_can_be_unticked() {
    let mut sandbox = sandbox();
    let screen = sandbox.consent_screen(&authorize(&[]), NOW_MS).unwrap();
    assert_eq!(screen.email, "ada@example.com");
    assert_eq!(screen.scopes, [(READ.to_owned(), "Manage photos added by this app".to_owned())]);
    assert!(sandbox.consent_screen("https://evil.example/o/oauth2/v2/auth?client_id=web", NOW_MS).is_err());
}

#[test]
fn only_test_users_pass_while_the_app_is_tested() {
    let mut sandbox = sandbox();
    sandbox.interfere(Interference::RemoveTestUser);
    assert_eq!(sandbox.consent(&authorize(&[]), true, &[], NOW_MS).unwrap_err().status, 403);
    sandbox.interfere(Interference::AddTestUser);
    assert!(sandbox.consent(&authorize(&[]), true, &[], NOW_MS).is_ok());
}
