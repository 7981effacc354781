//! Requests and replies as they cross the wire, and the small change of reading and writing them.

use serde_json::Value;

/// A request as it reaches Google.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// `GET`, `POST`, `OPTIONS` …
    pub method: String,
    /// `photoslibrary.googleapis.com`; a port, if any, is ignored.
    pub host: String,
    /// Path and query.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Incoming {
    /// The first header of this name, whatever its case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The host without its port, in lower case.
    pub(super) fn host_name(&self) -> String {
        self.host.split(':').next().unwrap_or_default().to_ascii_lowercase()
    }

    pub(super) fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    pub(super) fn query(&self) -> &str {
        let target = self.target.split('#').next().unwrap_or_default();
        target.split_once('?').map_or("", |(_, query)| query)
    }

    pub(super) fn params(&self) -> Params {
        Params::read(self.query().as_bytes())
    }

    /// The media type of the body, without its parameters, in lower case.
    pub(super) fn content_type(&self) -> Option<String> {
        self.header("content-type").map(|v| v.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }
}

/// Names and values of a query or of a form (application/x-www-form-urlencoded).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    pub(super) fn read(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first value of this name that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, value)| n == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// The values of a list of words parted by spaces, each once.
    pub(super) fn words(&self, name: &str) -> Vec<String> {
        words(self.get(name).unwrap_or_default())
    }
}

/// Words parted by spaces, each once, in their order.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split_ascii_whitespace() {
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    }
    found
}

/// A reply as it leaves Google.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Outgoing {
    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    pub(super) fn bytes(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self::empty(status).with("content-type", content_type).with_body(body)
    }

    pub(super) fn json(status: u16, value: &Value) -> Self {
        Self::bytes(status, "application/json; charset=UTF-8", value.to_string().into_bytes())
    }

    pub(super) fn html(status: u16, page: String) -> Self {
        Self::bytes(status, "text/html; charset=utf-8", page.into_bytes())
    }

    pub(super) fn redirect(location: &str) -> Self {
        Self::empty(302).with("location", location)
    }

    #[must_use]
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    fn with_body(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }

    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

/// Text as it may stand between tags and inside quoted attributes of HTML.
pub(super) fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_cut_into_path_and_parameters() {
        let incoming = Incoming {
            method: "GET".into(),
            host: "Photoslibrary.googleapis.com:443".into(),
            target: "/v1/mediaItems?pageSize=3&pageToken=a%2Bb&empty=#part".into(),
            headers: vec![("Content-Type".into(), "Application/JSON; charset=utf-8".into())],
            body: Vec::new(),
        };
        assert_eq!(incoming.host_name(), "photoslibrary.googleapis.com");
        assert_eq!(incoming.path(), "/v1/mediaItems");
        assert_eq!(incoming.params().get("pageToken"), Some("a+b"));
        assert_eq!(incoming.params().get("empty"), None);
        assert_eq!(incoming.content_type().as_deref(), Some("application/json"));
    }

    #[test]
    fn html_from_outside_cannot_leave_its_place() {
        assert_eq!(escape_html("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    }
}
