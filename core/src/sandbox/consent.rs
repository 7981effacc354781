//! The person's decision on the consent screen, and what the app gets from it.

use super::Sandbox;
use super::authorize::{Asked, ErrorPage, Wants, Wrong, page};
use super::id_token;
use super::scopes;
use super::state::Code;
use super::wire::{Incoming, Outgoing, Params};
use super::{consent_page, token};

/// The path that the consent screen's form posts to.
const DECISION: &str = "/signin/oauth/consent";

/// What the consent screen says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The app's name, as its maker wrote it in the console.
    pub app_name: String,
    pub email: String,
    /// The scopes that can be unticked, each with its sentence. Who the person is (`openid`, `email`) comes with any
    /// sign-in and has no box.
    pub scopes: Vec<(String, String)>,
}

/// Everything under accounts.google.com.
pub(super) fn answer(sandbox: &mut Sandbox, incoming: &Incoming, now_ms: i64) -> Outgoing {
    let params = incoming.params();
    match (incoming.method.as_str(), incoming.path()) {
        ("GET", "/o/oauth2/v2/auth" | "/o/oauth2/auth") => ask(sandbox, &params, incoming.query(), now_ms),
        ("POST", DECISION) => {
            let form = Params::read(&incoming.body);
            let ticked: Vec<String> = form.all("scope").map(str::to_owned).collect();
            let decision = match form.get("decision") {
                Some("allow") => Decision::Allow(ticked),
                _ => Decision::Cancel,
            };
            match decide(sandbox, &params, &decision, now_ms) {
                Ok(location) => framed(Outgoing::redirect(&location)),
                Err(page) => refuse(&page),
            }
        }
        _ => super::errors::nothing_here(incoming.path()),
    }
}

/// Allow, with the scopes that are still ticked, or Cancel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Allow(Vec<String>),
    Cancel,
}

/// What the consent screen of this request says.
pub(super) fn screen(sandbox: &Sandbox, params: &Params) -> Result<Consent, ErrorPage> {
    let asked = read(sandbox, params).map_err(|wrong| match wrong {
        Wrong::Page(page) => page,
        Wrong::Back(location) => ErrorPage {
            status: 400,
            title: "Error 400: invalid_request".into(),
            text: format!("There is nothing to consent to: the app is told at once, at {location}"),
        },
    })?;
    Ok(consent_of(sandbox, &asked))
}

/// Where the browser is sent after the decision.
pub(super) fn decide(
    sandbox: &mut Sandbox,
    params: &Params,
    decision: &Decision,
    now_ms: i64,
) -> Result<String, ErrorPage> {
    let asked = match read(sandbox, params) {
        Ok(asked) => asked,
        Err(Wrong::Page(page)) => return Err(page),
        Err(Wrong::Back(location)) => return Ok(location),
    };
    let Decision::Allow(ticked) = decision else {
        // RFC 6749, section 4.1.2.1.
        return Ok(asked.refusal("access_denied"));
    };
    // Google: granular permissions: what is unticked is missing from the answer's `scope`.
    let granted: Vec<String> = asked
        .scopes
        .iter()
        .filter(|scope| scopes::sentence(scope).is_none() || ticked.contains(scope))
        .cloned()
        .collect();
    if granted.is_empty() {
        return Ok(asked.refusal("access_denied"));
    }
    Ok(allow(sandbox, &asked, &granted, now_ms))
}

/// The authorization endpoint: shows the screen, or goes back at once where nothing is to be asked.
fn ask(sandbox: &mut Sandbox, params: &Params, query: &str, now_ms: i64) -> Outgoing {
    let asked = match read(sandbox, params) {
        Ok(asked) => asked,
        Err(Wrong::Page(page)) => return refuse(&page),
        Err(Wrong::Back(location)) => return framed(Outgoing::redirect(&location)),
    };
    let granted = sandbox.state.grant_of(&asked.client.project).map(|at| sandbox.state.grants[at].scopes.clone());
    let known = granted.is_some_and(|granted| asked.scopes.iter().all(|scope| granted.contains(scope)));
    let prompted = |word: &str| asked.prompts.iter().any(|prompt| prompt == word);
    if prompted("none") {
        // Google: OpenID Connect, prompt=none.
        let location = if known {
            allow(sandbox, &asked, &asked.scopes.clone(), now_ms)
        } else {
            asked.refusal("interaction_required")
        };
        return framed(Outgoing::redirect(&location));
    }
    if known && !prompted("consent") && !prompted("select_account") {
        let location = allow(sandbox, &asked, &asked.scopes.clone(), now_ms);
        return framed(Outgoing::redirect(&location));
    }
    framed(Outgoing::html(200, consent_page::consent(&consent_of(sandbox, &asked), &format!("{DECISION}?{query}"))))
}

fn read(sandbox: &Sandbox, params: &Params) -> Result<Asked, Wrong> {
    let asked = Asked::read(&sandbox.settings, params)?;
    if sandbox.passing.not_a_test_user {
        // Google: OAuth 2.0, authorization errors, access_denied on Google's own page.
        let text = "Albumen has not completed the Google verification process. The app is currently being tested, and \
                    can only be accessed by developer-approved testers.";
        return Err(page(403, "access_denied", text));
    }
    Ok(asked)
}

fn consent_of(sandbox: &Sandbox, asked: &Asked) -> Consent {
    Consent {
        app_name: "Albumen".into(),
        email: sandbox.settings.person.email.clone(),
        scopes: asked
            .scopes
            .iter()
            .filter_map(|scope| scopes::sentence(scope).map(|sentence| (scope.clone(), sentence.to_owned())))
            .collect(),
    }
}

fn allow(sandbox: &mut Sandbox, asked: &Asked, granted: &[String], now_ms: i64) -> String {
    let seed = sandbox.seed();
    let grant = sandbox.state.grant(&asked.client.project, granted);
    // Google: incremental authorization: the answer covers what was granted before, too.
    let scopes = if asked.include_granted { sandbox.state.grants[grant].scopes.clone() } else { granted.to_vec() };
    let scope = scopes.join(" ");
    sandbox.changed = true;
    match asked.wants {
        Wants::Code => {
            let prompted = asked.prompts.iter().any(|prompt| prompt == "consent");
            let client_id = &asked.client.client_id;
            let first =
                !sandbox.state.refresh_tokens.iter().any(|token| token.grant == grant && token.client_id == *client_id);
            let code = Code {
                code: sandbox.state.fresh(seed, "4/0A", 54),
                client_id: client_id.clone(),
                grant,
                redirect_uri: asked.redirect_uri.clone(),
                challenge: asked.challenge.clone(),
                scopes,
                nonce: asked.nonce.clone(),
                // Google: OAuth 2.0, offline access: on the first consent, or when asked for it anew.
                offline: asked.offline && (first || prompted),
                issued_ms: now_ms,
                spent: false,
            };
            let location = asked.answer(&[
                ("code", code.code.as_str()),
                ("scope", scope.as_str()),
                ("authuser", "0"),
                ("prompt", "consent"),
            ]);
            sandbox.state.codes.retain(|code| code.issued_ms + 86_400_000 > now_ms);
            sandbox.state.codes.push(code);
            location
        }
        Wants::Token | Wants::TokenAndIdentity => {
            let access_token = sandbox.state.issue_access_token(seed, grant, &scopes, now_ms);
            let expires_in = token::EXPIRES_IN_S.to_string();
            let mut answers = vec![
                ("access_token", access_token.as_str()),
                ("token_type", "Bearer"),
                ("expires_in", expires_in.as_str()),
                ("scope", scope.as_str()),
                ("authuser", "0"),
                ("prompt", "consent"),
            ];
            let identity = (asked.wants == Wants::TokenAndIdentity).then(|| {
                id_token::write(
                    &sandbox.settings.person,
                    &asked.client.client_id,
                    asked.nonce.as_deref(),
                    &scopes,
                    now_ms,
                )
            });
            if let Some(identity) = &identity {
                answers.push(("id_token", identity));
            }
            asked.answer(&answers)
        }
    }
}

fn refuse(page: &ErrorPage) -> Outgoing {
    framed(Outgoing::html(page.status, consent_page::error(page)))
}

/// No page may frame Google's sign-in (Google: OAuth 2.0 policies, X-Frame-Options), and nobody keeps its answers.
fn framed(outgoing: Outgoing) -> Outgoing {
    outgoing.with("x-frame-options", "DENY").with("cache-control", "no-store")
}
