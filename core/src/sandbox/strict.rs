//! Reads JSON bodies as strictly as Google's front end: what a message does not know is refused, with its name.
//!
//! The words are those of Google's JSON transcoding (Google: Cloud Endpoints, gRPC transcoding; messages as widely
//! quoted: `Invalid JSON payload received. Unknown name "…": Cannot find field.`).

use serde_json::{Map, Value, json};

use super::errors::Refused;

/// What a field may hold.
pub(super) enum Kind {
    Text,
    Int32,
    Flag,
    /// Whatever stands there: the method does not read it.
    Unread,
    /// An enum of this name and these values.
    OneOf(&'static str, &'static [&'static str]),
    Message(&'static Message),
    List(&'static Kind),
}

/// A message: its name in google.photos.library.v1 and its fields.
pub(super) struct Message {
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
}

/// A field by its two names: as JSON has it and as the proto has it. Both are read (protobuf: JSON mapping).
pub(super) struct Field {
    pub(super) json: &'static str,
    pub(super) proto: &'static str,
    pub(super) kind: Kind,
}

/// A body as a message: JSON names, absent for `null`, numbers as numbers.
pub(super) fn read(body: &[u8], message: &'static Message) -> Result<Map<String, Value>, Refused> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        let start: String = String::from_utf8_lossy(body).chars().take(40).collect();
        return Err(Refused::invalid(format!("Invalid JSON payload received. Unexpected token.\n{start}\n^")));
    };
    let mut faults = Vec::new();
    let read = match value {
        Value::Object(fields) => read_message(&fields, message, "", &mut faults),
        _ => {
            faults.push(Fault {
                field: String::new(),
                description: "Invalid JSON payload received. Unknown name \"\": Root element must be a message.".into(),
            });
            Map::new()
        }
    };
    if faults.is_empty() { Ok(read) } else { Err(refuse(&faults)) }
}

/// Refuses query parameters that neither the method nor every Google API knows (Google: system parameters).
pub(super) fn check_query<'a>(params: impl Iterator<Item = (&'a str, &'a str)>, known: &[&str]) -> Result<(), Refused> {
    const SYSTEM: [&str; 5] = ["access_token", "alt", "key", "prettyPrint", "quotaUser"];
    let faults: Vec<Fault> = params
        .filter(|(name, _)| !known.contains(name) && !SYSTEM.contains(name))
        .map(|(name, _)| Fault {
            field: String::new(),
            description: format!(
                "Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter. Field '{name}' \
                 could not be found in request message."
            ),
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(refuse(&faults)) }
}

struct Fault {
    field: String,
    description: String,
}

/// All faults at once, each with its field (Google: google/rpc/error_details.proto, `BadRequest`).
fn refuse(faults: &[Fault]) -> Refused {
    let violations: Vec<Value> = faults
        .iter()
        .map(|fault| match fault.field.as_str() {
            "" => json!({ "description": fault.description }),
            field => json!({ "field": field, "description": fault.description }),
        })
        .collect();
    let message = faults.iter().map(|fault| fault.description.as_str()).collect::<Vec<_>>().join("\n");
    let mut refused = Refused::invalid(message);
    refused
        .details
        .push(json!({ "@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations }));
    refused
}

fn read_message(
    given: &Map<String, Value>,
    message: &'static Message,
    path: &str,
    faults: &mut Vec<Fault>,
) -> Map<String, Value> {
    let mut read = Map::new();
    for (name, value) in given {
        let Some(field) = message.fields.iter().find(|f| f.json == name || f.proto == name) else {
            let place = if path.is_empty() { String::new() } else { format!(" at '{path}'") };
            let description =
                format!("Invalid JSON payload received. Unknown name \"{name}\"{place}: Cannot find field.");
            faults.push(Fault { field: path.to_owned(), description });
            continue;
        };
        let path = if path.is_empty() { field.proto.to_owned() } else { format!("{path}.{}", field.proto) };
        if let Some(value) = read_value(value, &field.kind, &path, faults) {
            read.insert(field.json.to_owned(), value);
        }
    }
    read
}

/// `None` where the value is absent or wrong.
fn read_value(value: &Value, kind: &'static Kind, path: &str, faults: &mut Vec<Fault>) -> Option<Value> {
    let mut wrong = |of: &str| {
        faults
            .push(Fault { field: path.to_owned(), description: format!("Invalid value at '{path}' ({of}), {value}") });
        None
    };
    match (kind, value) {
        (_, Value::Null) | (Kind::Unread, _) => None,
        (Kind::Text, Value::String(_)) | (Kind::Flag, Value::Bool(_)) => Some(value.clone()),
        (Kind::Text, _) => wrong("TYPE_STRING"),
        (Kind::Flag, _) => wrong("TYPE_BOOL"),
        (Kind::Int32, _) => match int32(value) {
            Some(number) => Some(Value::from(number)),
            None => wrong("TYPE_INT32"),
        },
        (Kind::OneOf(name, values), _) => {
            let found = match value {
                Value::String(text) => values.iter().find(|known| *known == text),
                Value::Number(number) => {
                    number.as_u64().and_then(|nth| usize::try_from(nth).ok()).and_then(|nth| values.get(nth))
                }
                _ => None,
            };
            match found {
                Some(known) => Some(Value::from(*known)),
                None => wrong(&format!("type.googleapis.com/google.photos.library.v1.{name}")),
            }
        }
        (Kind::Message(message), Value::Object(fields)) => {
            Some(Value::Object(read_message(fields, message, path, faults)))
        }
        (Kind::Message(message), _) => wrong(&format!("type.googleapis.com/google.photos.library.v1.{}", message.name)),
        (Kind::List(of), Value::Array(values)) => Some(Value::Array(
            values
                .iter()
                .enumerate()
                .filter_map(|(nth, value)| read_value(value, of, &format!("{path}[{nth}]"), faults))
                .collect(),
        )),
        (Kind::List(_), _) => wrong("repeated"),
    }
}

/// Whole numbers, also as text and as floats without a fraction (protobuf: JSON mapping, int32).
fn int32(value: &Value) -> Option<i32> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.parse::<f64>().ok()?,
        _ => return None,
    };
    let whole = number as i32;
    (f64::from(whole) == number).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    static INNER: Message =
        Message { name: "Inner", fields: &[Field { json: "dayOne", proto: "day_one", kind: Kind::Int32 }] };
    static OUTER: Message = Message {
        name: "Outer",
        fields: &[
            Field { json: "title", proto: "title", kind: Kind::Text },
            Field { json: "theInner", proto: "the_inner", kind: Kind::List(&Kind::Message(&INNER)) },
            Field { json: "side", proto: "side", kind: Kind::OneOf("Side", &["UNSPECIFIED", "LEFT"]) },
        ],
    };

    fn message(body: &str) -> String {
        read(body.as_bytes(), &OUTER).unwrap_err().message
    }

    #[test]
    fn an_unknown_field_is_refused_by_its_name_and_place() {
        assert_eq!(message(r#"{"x":1}"#), "Invalid JSON payload received. Unknown name \"x\": Cannot find field.");
        let refused = read(br#"{"theInner":[{},{"y":1}]}"#, &OUTER).unwrap_err();
        let words = "Invalid JSON payload received. Unknown name \"y\" at 'the_inner[1]': Cannot find field.";
        assert_eq!(refused.message, words);
        assert_eq!(refused.details[0]["fieldViolations"][0]["field"], "the_inner[1]");
        assert_eq!(refused.details[0]["fieldViolations"][0]["description"], words);
    }

    #[test]
    fn both_spellings_of_a_field_and_numbers_as_text_are_read() {
        let read = read(br#"{"the_inner":[{"dayOne":"7"},{"day_one":7.0}],"title":null,"side":1}"#, &OUTER).unwrap();
        assert_eq!(Value::Object(read), json!({ "theInner": [{ "dayOne": 7 }, { "dayOne": 7 }], "side": "LEFT" }));
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        assert_eq!(message(r#"{"title":3}"#), "Invalid value at 'title' (TYPE_STRING), 3");
        assert_eq!(
            message(r#"{"theInner":[{"dayOne":"x"}]}"#),
            "Invalid value at 'the_inner[0].day_one' (TYPE_INT32), \"x\""
        );
        assert!(message(r#"{"side":"UP"}"#).contains("google.photos.library.v1.Side"));
        assert!(message(r#"{"theInner":{}}"#).contains("repeated"));
        assert!(message("[]").contains("Root element must be a message"));
        assert!(message("<html>").contains("Unexpected token"));
    }

    #[test]
    fn an_empty_body_is_an_empty_message() {
        assert!(read(b" \n", &OUTER).unwrap().is_empty());
    }

    #[test]
    fn an_unknown_parameter_is_refused() {
        let refused = check_query([("alt", "json"), ("size", "1")].into_iter(), &["pageSize"]).unwrap_err();
        assert!(refused.message.contains("Unknown name \"size\": Cannot bind query parameter."));
    }
}
