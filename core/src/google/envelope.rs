//! Google's error envelope: `{"error": {"code", "message", "status", "details"}}` (Google: API design guide, errors).

use serde_json::Value;

use crate::lenient::shortened;

/// An error body larger than this is not Google's, and is not looked into.
const MAX_BYTES: usize = 1 << 20;

/// No wait that Google asks for is believed beyond a day.
const MAX_WAIT_S: f64 = 86_400.0;

/// What Google says about an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Envelope {
    /// The HTTP status it repeats, if it does.
    pub(super) code: Option<u16>,
    /// `PERMISSION_DENIED` …; empty if not said.
    pub(super) status: String,
    /// For people, at most 300 characters.
    pub(super) message: String,
    /// `google.rpc.ErrorInfo.reason` of all details, and the old `errors[].reason`.
    pub(super) reasons: Vec<String>,
    /// `google.rpc.RetryInfo.retryDelay`, in milliseconds.
    pub(super) retry_ms: Option<u64>,
    /// A detail names a limit per day (`google.rpc.QuotaFailure`, or `quota_limit` in `ErrorInfo`).
    pub(super) per_day: bool,
}

/// Reads the envelope of an error body; `None` if there is none.
pub(super) fn read_envelope(body: &[u8]) -> Option<Envelope> {
    if body.len() > MAX_BYTES {
        return None;
    }
    let json: Value = serde_json::from_slice(body).ok()?;
    // Some of Google's front ends wrap the object in a list.
    let json = match &json {
        Value::Array(list) => list.first()?,
        other => other,
    };
    let error = json.get("error")?.as_object()?;
    let message = text(error.get("message"));
    let mut envelope = Envelope {
        code: error.get("code").and_then(code),
        status: text(error.get("status")),
        per_day: message.to_ascii_lowercase().contains("per day"),
        message,
        ..Envelope::default()
    };
    for detail in list(error.get("details")).iter().chain(list(error.get("errors"))) {
        if let Some(reason) = detail.get("reason").and_then(Value::as_str) {
            envelope.reasons.push(shortened(reason, 100));
        }
        if let Some(delay) = detail.get("retryDelay").and_then(Value::as_str) {
            envelope.retry_ms = parse_duration_ms(delay).or(envelope.retry_ms);
        }
        envelope.per_day |= names_a_day(detail);
    }
    Some(envelope)
}

/// Milliseconds of a protobuf duration in JSON, `"30s"` or `"3.5s"`, rounded up; at most a day.
pub(super) fn parse_duration_ms(text: &str) -> Option<u64> {
    let seconds: f64 = text.strip_suffix('s')?.parse().ok()?;
    (seconds.is_finite() && seconds >= 0.0).then(|| (seconds.min(MAX_WAIT_S) * 1000.0).ceil() as u64)
}

fn names_a_day(detail: &Value) -> bool {
    let daily = |value: Option<&Value>| {
        let name = text(value).to_ascii_lowercase();
        name.contains("perday") || name.contains("per day") || name.starts_with("1/d/")
    };
    let metadata = detail.get("metadata");
    let of_metadata = |key: &str| metadata.and_then(|m| m.get(key));
    daily(of_metadata("quota_limit"))
        || daily(of_metadata("quota_unit"))
        || list(detail.get("violations")).iter().any(|v| daily(v.get("description")) || daily(v.get("quotaId")))
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: Option<&Value>) -> String {
    shortened(value.and_then(Value::as_str).unwrap_or_default(), 300)
}

fn code(value: &Value) -> Option<u16> {
    let number = match value {
        Value::String(text) => text.parse().ok()?,
        other => other.as_u64()?,
    };
    u16::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_envelope_is_read_with_its_details() {
        let body = br#"{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[
            {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"RATE_LIMIT_EXCEEDED",
             "metadata":{"quota_limit":"WritesPerMinutePerUser"}},
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"30.5s"}]}}"#;
        let envelope = read_envelope(body).unwrap();
        assert_eq!(envelope.code, Some(429));
        assert_eq!(envelope.status, "RESOURCE_EXHAUSTED");
        assert_eq!(envelope.message, "Quota exceeded");
        assert_eq!(envelope.reasons, ["RATE_LIMIT_EXCEEDED"]);
        assert_eq!(envelope.retry_ms, Some(30_500));
        assert!(!envelope.per_day);
    }

    #[test]
    fn a_daily_limit_is_noticed_in_message_and_details() {
        for body in [
            r#"{"error":{"message":"limit 'All requests per day' of service"}}"#,
            r#"{"error":{"details":[{"metadata":{"quota_limit":"ApiCallsPerDayPerProject"}}]}}"#,
            r#"{"error":{"details":[{"metadata":{"quota_unit":"1/d/{project}"}}]}}"#,
            r#"{"error":{"details":[{"violations":[{"description":"requests per day"}]}]}}"#,
        ] {
            assert!(read_envelope(body.as_bytes()).unwrap().per_day, "{body}");
        }
    }

    #[test]
    fn what_is_no_envelope_is_none_and_odd_fields_are_left_out() {
        for body in ["", "<html>", "[]", "{}", r#"{"error":"invalid_grant"}"#, r#"{"error":null}"#, "3"] {
            assert_eq!(read_envelope(body.as_bytes()), None, "{body}");
        }
        let odd = br#"[{"error":{"code":"503","message":7,"status":[],"details":{"a":1},"errors":[3,null]}}]"#;
        assert_eq!(read_envelope(odd), Some(Envelope { code: Some(503), ..Envelope::default() }));
        let deep = "[".repeat(200_000);
        assert_eq!(read_envelope(deep.as_bytes()), None);
    }

    #[test]
    fn durations_are_seconds_and_capped_at_a_day() {
        assert_eq!(parse_duration_ms("30s"), Some(30_000));
        assert_eq!(parse_duration_ms("0.0001s"), Some(1));
        assert_eq!(parse_duration_ms("1e300s"), Some(86_400_000));
        for text in ["", "s", "30", "-1s", "NaNs", "infs", "30ms", "é"] {
            assert_eq!(parse_duration_ms(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_envelope(&body);
        }
    }
}
