//! The consent screen and Google's error page as HTML: plain pages with a real form, no script.

use super::authorize::ErrorPage;
use super::consent::Consent;
use super::wire::escape_html;

const STYLE: &str = "body{margin:0;background:#f0f4f9;color:#1f1f1f;font:16px/1.5 Roboto,Arial,sans-serif}\
main{box-sizing:border-box;max-width:30rem;margin:3rem auto;padding:2.25rem;background:#fff;border-radius:1.75rem}\
h1{font-size:1.75rem;font-weight:400;line-height:1.25;margin:.75rem 0}\
.brand{color:#5f6368;font-size:.9rem}.who{border:1px solid #747775;border-radius:1rem;display:inline-block;\
padding:.1rem .75rem;font-size:.9rem}fieldset{border:0;border-top:1px solid #e0e0e0;margin:1.25rem 0 0;padding:.5rem 0}\
legend{padding:.75rem 0 0;font-weight:500}label{display:flex;gap:.75rem;padding:.6rem 0}\
.foot{display:flex;justify-content:flex-end;gap:.75rem;margin-top:1.5rem}\
button{border:0;border-radius:1.25rem;padding:.6rem 1.5rem;font:inherit;font-weight:500;cursor:pointer;\
background:transparent;color:#0b57d0}button[value=allow]{background:#0b57d0;color:#fff}code{word-break:break-all}";

/// The consent screen; its form posts to `action`.
pub(super) fn consent(screen: &Consent, action: &str) -> String {
    let mut boxes = String::new();
    for (number, (scope, sentence)) in screen.scopes.iter().enumerate() {
        boxes.push_str(&format!(
            "<label for=\"scope{number}\"><input type=\"checkbox\" id=\"scope{number}\" name=\"scope\" value=\"{}\" \
             checked><span>{}</span></label>",
            escape_html(scope),
            escape_html(sentence)
        ));
    }
    let choice = if boxes.is_empty() {
        String::new()
    } else {
        format!("<fieldset><legend>Select what {} can access</legend>{boxes}</fieldset>", escape_html(&screen.app_name))
    };
    let app = escape_html(&screen.app_name);
    let email = escape_html(&screen.email);
    document(
        "Sign in – Google Accounts",
        &format!(
            "<p class=\"brand\">Sign in with Google</p><h1>{app} wants access to your Google Account</h1>\
             <p class=\"who\">{email}</p><form method=\"post\" action=\"{}\">\
             <p>Google will allow {app} to know who you are: your name, email address and profile picture.</p>{choice}\
             <p class=\"foot\"><button name=\"decision\" value=\"cancel\">Cancel</button>\
             <button name=\"decision\" value=\"allow\">Allow</button></p></form>",
            escape_html(action)
        ),
    )
}

/// An error that the app is never told.
pub(super) fn error(page: &ErrorPage) -> String {
    document(
        &page.title,
        &format!(
            "<p class=\"brand\">Sign in with Google</p><h1>Access blocked: authorization error</h1><p>{}</p><p><b>{}</b>",
            escape_html(&page.text),
            escape_html(&page.title)
        ),
    )
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>",
        escape_html(title)
    )
}
