//! The token endpoint: codes and refresh tokens in, access tokens out; and the end of a grant.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Sandbox;
use super::errors::oauth_error;
use super::id_token;
use super::scopes;
use super::settings::RegisteredClient;
use super::state::{Challenge, Code, RefreshToken};
use super::wire::{Incoming, Outgoing, Params};

/// How long an access token lives (Google: OAuth 2.0, exchange authorization code, `expires_in`).
pub(super) const EXPIRES_IN_S: i64 = 3599;
/// How long a code can be exchanged (RFC 6749, section 4.1.2: ten minutes at most).
const CODE_LIVES_MS: i64 = 600_000;
/// Publishing status "Testing" (Google: OAuth 2.0, refresh token expiration).
const TESTING_LIVES_MS: i64 = 7 * 86_400_000;
/// Google: OAuth 2.0, refresh token expiration: "100 refresh tokens per Google Account per OAuth 2.0 client ID".
const MOST_REFRESH_TOKENS: usize = 100;

/// Everything under oauth2.googleapis.com.
pub(super) fn answer(sandbox: &mut Sandbox, incoming: &Incoming, now_ms: i64) -> Outgoing {
    match (incoming.method.as_str(), incoming.path()) {
        ("POST", "/token") => token(sandbox, incoming, now_ms).unwrap_or_else(|refused| refused),
        ("POST", "/revoke") => revoke(sandbox, incoming, now_ms),
        (_, "/token" | "/revoke") => Outgoing::empty(405),
        _ => super::errors::nothing_here(incoming.path()),
    }
}

/// The client that a token request comes from, whose secret has been proven.
fn proven<'a>(sandbox: &'a Sandbox, form: &Params) -> Result<&'a RegisteredClient, Outgoing> {
    let Some(client_id) = form.get("client_id") else {
        return Err(oauth_error(400, "invalid_request", "Could not determine client ID from request."));
    };
    let Some(client) = sandbox.settings.client(client_id) else {
        return Err(oauth_error(401, "invalid_client", "The OAuth client was not found."));
    };
    // Web and Desktop alike, with PKCE or without (angular-oauth2-oidc issue 812; google_workspace_mcp issue 1008).
    match form.get("client_secret") {
        None => Err(oauth_error(400, "invalid_request", "client_secret is missing.")),
        Some(secret) if secret != client.client_secret => Err(oauth_error(401, "invalid_client", "Unauthorized")),
        Some(_) => Ok(client),
    }
}

fn token(sandbox: &mut Sandbox, incoming: &Incoming, now_ms: i64) -> Result<Outgoing, Outgoing> {
    // RFC 6749, section 4.1.3: the request's parameters are form-encoded.
    if incoming.content_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(oauth_error(400, "invalid_request", "The request body must be form-encoded."));
    }
    let form = Params::read(&incoming.body);
    let reply = match form.get("grant_type") {
        None => return Err(oauth_error(400, "invalid_request", "Required parameter is missing: grant_type")),
        Some("authorization_code") => {
            let client = proven(sandbox, &form)?.clone();
            exchange(sandbox, &client, &form, now_ms)?
        }
        Some("refresh_token") => {
            let client = proven(sandbox, &form)?.clone();
            refresh(sandbox, &client, &form, now_ms)?
        }
        Some(other) => {
            return Err(oauth_error(400, "unsupported_grant_type", &format!("Invalid grant_type: {other}")));
        }
    };
    sandbox.changed = true;
    Ok(Outgoing::json(200, &reply).with("cache-control", "no-store").with("pragma", "no-cache"))
}

/// RFC 6749, section 4.1.3; RFC 7636, section 4.6.
fn exchange(sandbox: &mut Sandbox, client: &RegisteredClient, form: &Params, now_ms: i64) -> Result<Value, Outgoing> {
    let bad = || oauth_error(400, "invalid_grant", "Bad Request");
    let Some(given) = form.get("code") else {
        return Err(oauth_error(400, "invalid_request", "Missing required parameter: code"));
    };
    let at = sandbox.state.codes.iter().position(|code| code.code == given && code.client_id == client.client_id);
    let at = at.ok_or_else(|| oauth_error(400, "invalid_grant", "Malformed auth code."))?;
    let code = sandbox.state.codes[at].clone();
    let dead = code.spent || now_ms >= code.issued_ms + CODE_LIVES_MS || !sandbox.state.alive(code.grant);
    if dead {
        return Err(bad());
    }
    if form.get("redirect_uri") != Some(code.redirect_uri.as_str()) {
        return Err(oauth_error(400, "redirect_uri_mismatch", "Bad Request"));
    }
    if !verified(code.challenge.as_ref(), form.get("code_verifier")) {
        return Err(bad());
    }
    sandbox.state.codes[at].spent = true;
    let mut reply = access(sandbox, code.grant, &code.scopes, now_ms);
    if code.offline {
        let refresh_token = issue_refresh_token(sandbox, &code, now_ms);
        reply["refresh_token"] = Value::from(refresh_token);
        if expires(sandbox, &code.scopes) {
            reply["refresh_token_expires_in"] = Value::from(TESTING_LIVES_MS / 1000 - 1);
        }
    }
    if code.scopes.iter().any(|scope| scope == "openid") {
        let person = &sandbox.settings.person;
        let identity = id_token::write(person, &client.client_id, code.nonce.as_deref(), &code.scopes, now_ms);
        reply["id_token"] = Value::from(identity);
    }
    Ok(reply)
}

/// RFC 6749, section 6.
fn refresh(sandbox: &mut Sandbox, client: &RegisteredClient, form: &Params, now_ms: i64) -> Result<Value, Outgoing> {
    let Some(given) = form.get("refresh_token") else {
        return Err(oauth_error(400, "invalid_request", "Missing required parameter: refresh_token"));
    };
    let known = sandbox.state.refresh_tokens.iter().find(|t| t.token == given && t.client_id == client.client_id);
    let known = known.ok_or_else(|| oauth_error(400, "invalid_grant", "Bad Request"))?.clone();
    let too_old = expires(sandbox, &known.scopes) && now_ms >= known.issued_ms + TESTING_LIVES_MS;
    if too_old || !sandbox.state.alive(known.grant) {
        return Err(oauth_error(400, "invalid_grant", "Token has been expired or revoked."));
    }
    let mut reply = access(sandbox, known.grant, &known.scopes, now_ms);
    if known.scopes.iter().any(|scope| scope == "openid") {
        let identity = id_token::write(&sandbox.settings.person, &client.client_id, None, &known.scopes, now_ms);
        reply["id_token"] = Value::from(identity);
    }
    Ok(reply)
}

fn access(sandbox: &mut Sandbox, grant: usize, scopes: &[String], now_ms: i64) -> Value {
    let seed = sandbox.seed();
    let access_token = sandbox.state.issue_access_token(seed, grant, scopes, now_ms);
    json!({
        "access_token": access_token,
        "expires_in": EXPIRES_IN_S,
        "scope": scopes.join(" "),
        "token_type": "Bearer",
    })
}

fn issue_refresh_token(sandbox: &mut Sandbox, code: &Code, now_ms: i64) -> String {
    let seed = sandbox.seed();
    let token = sandbox.state.fresh(seed, "1//03", 72);
    let tokens = &mut sandbox.state.refresh_tokens;
    tokens.push(RefreshToken {
        token: token.clone(),
        grant: code.grant,
        client_id: code.client_id.clone(),
        scopes: code.scopes.clone(),
        issued_ms: now_ms,
    });
    // The oldest dies without a word.
    let of_client = |t: &RefreshToken| t.client_id == code.client_id;
    if tokens.iter().filter(|t| of_client(t)).count() > MOST_REFRESH_TOKENS
        && let Some(oldest) = tokens.iter().position(of_client)
    {
        tokens.remove(oldest);
    }
    token
}

/// Whether refresh tokens of these scopes die after seven days.
fn expires(sandbox: &Sandbox, scopes: &[String]) -> bool {
    sandbox.settings.testing && !scopes::only_identity(scopes)
}

fn verified(challenge: Option<&Challenge>, verifier: Option<&str>) -> bool {
    match (challenge, verifier) {
        (None, None) => true,
        (Some(Challenge::Plain(challenge)), Some(verifier)) => challenge == verifier,
        (Some(Challenge::Sha256(challenge)), Some(verifier)) => {
            let fits = (43..=128).contains(&verifier.len());
            fits && *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
        }
        _ => false,
    }
}

/// RFC 7009. Revoking any token ends the whole grant (Google: OAuth 2.0, revoking a token).
fn revoke(sandbox: &mut Sandbox, incoming: &Incoming, now_ms: i64) -> Outgoing {
    let (query, form) = (incoming.params(), Params::read(&incoming.body));
    let Some(token) = query.get("token").or_else(|| form.get("token")) else {
        return oauth_error(400, "invalid_request", "Bad Request");
    };
    let state = &mut sandbox.state;
    let grant = state
        .access_token(token, now_ms)
        .map(|known| known.grant)
        .or_else(|| state.refresh_tokens.iter().find(|known| known.token == token).map(|known| known.grant));
    match grant.filter(|grant| state.alive(*grant)) {
        None => oauth_error(400, "invalid_token", "Token expired or revoked"),
        Some(grant) => {
            state.grants[grant].revoked = true;
            sandbox.changed = true;
            Outgoing::json(200, &json!({}))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verifier_is_proven_as_the_appendix_of_rfc_7636_shows() {
        let challenge = Challenge::Sha256("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".into());
        assert!(verified(Some(&challenge), Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));
        assert!(!verified(Some(&challenge), Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl")));
        assert!(!verified(Some(&challenge), None));
        assert!(!verified(None, Some("x")));
    }
}
