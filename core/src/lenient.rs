//! Foreign JSON values read without trusting their types: whatever is there, reading goes on.
//!
//! What is skipped is skipped without recursion and without copying; texts without escapes are borrowed.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value where Google documents a text or a number (int64 values are texts in its JSON).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Scalar<'a> {
    /// Absent, or `null`.
    #[default]
    Missing,
    Text(Cow<'a, str>),
    Whole(i64),
    Real(f64),
    /// A list, an object or a boolean.
    Odd,
}

impl Scalar<'_> {
    /// The value as a short text for a note on what is wrong with it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Missing => String::new(),
            Self::Text(text) => shortened(text, 40),
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => format!("{number:e}"),
            Self::Odd => "something else".into(),
        }
    }

    /// The number it says, as a number or as a text; `None` for anything else.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Text(text) => text.parse().ok(),
            Self::Whole(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            Self::Missing | Self::Odd => None,
        }
    }
}

/// A value where Google documents an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Object<T> {
    /// Absent, or `null`.
    #[default]
    Missing,
    Read(T),
    /// A list, a text, a number or a boolean.
    Odd,
}

impl<T: Default> Object<T> {
    /// An object of which nothing is read yet.
    pub(crate) fn begin(&mut self) -> &mut T {
        *self = Self::Read(T::default());
        let Self::Read(read) = self else { unreachable!("it was just begun") };
        read
    }
}

/// A value where `true` is expected, or an object whose presence alone says something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flag(pub(crate) bool);

/// A value where a list is expected. Of a longer one than `MOST` the rest is skipped.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum List<T, const MOST: usize> {
    /// Absent, or `null`.
    #[default]
    Missing,
    Read {
        items: Vec<T>,
        is_whole: bool,
    },
    /// No list.
    Odd,
}

/// At most `limit` characters of a foreign text, control characters and line breaks as spaces, `…` where it was cut.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    let mut rest = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = rest.by_ref().take(limit).collect();
    if rest.next().is_some() {
        short.push('…');
    }
    short
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FlagVisitor)
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for List<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ScalarVisitor<'a>(PhantomData<&'a str>);

impl<'de: 'a, 'a> Visitor<'de> for ScalarVisitor<'a> {
    type Value = Scalar<'a>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(text.into())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Scalar::Real(number as f64), Scalar::Whole))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Real(number))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Odd)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        skip_list(list).map(|()| Scalar::Odd)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        skip_map(map).map(|()| Scalar::Odd)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object::Read)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Object::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        skip_list(list).map(|()| Object::Odd)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Object::Odd)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Object::Odd)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Object::Odd)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Object::Odd)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Object::Odd)
    }
}

struct FlagVisitor;

impl<'de> Visitor<'de> for FlagVisitor {
    type Value = Flag;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Flag(flag))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Flag(false))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Flag(text.eq_ignore_ascii_case("true")))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Flag(number != 0))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Flag(number != 0))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Flag(number != 0.0))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        skip_list(list).map(|()| Flag(true))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        skip_map(map).map(|()| Flag(true))
    }
}

struct ListVisitor<T, const MOST: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for ListVisitor<T, MOST> {
    type Value = List<T, MOST>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while items.len() < MOST {
            match list.next_element()? {
                Some(item) => items.push(item),
                None => return Ok(List::Read { items, is_whole: true }),
            }
        }
        let is_whole = list.next_element::<IgnoredAny>()?.is_none();
        skip_list(list)?;
        Ok(List::Read { items, is_whole })
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(List::Missing)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        skip_map(map).map(|()| List::Odd)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }
}

fn skip_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<(), A::Error> {
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

fn skip_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default)]
    struct Pair<'a> {
        #[serde(borrow)]
        a: Scalar<'a>,
        b: Scalar<'a>,
    }

    #[test]
    fn any_value_is_read_where_a_scalar_is_expected() {
        let cases = [
            (r#""x""#, Scalar::Text("x".into())),
            (r#""\u00e9""#, Scalar::Text("é".into())),
            ("-7", Scalar::Whole(-7)),
            ("18446744073709551615", Scalar::Real(18_446_744_073_709_551_615.0)),
            ("2.5", Scalar::Real(2.5)),
            ("null", Scalar::Missing),
            ("true", Scalar::Odd),
            (r#"[1,{"a":[]}]"#, Scalar::Odd),
            (r#"{"a":{"b":null}}"#, Scalar::Odd),
        ];
        for (json, expected) in cases {
            assert_eq!(serde_json::from_str::<Scalar<'_>>(json).unwrap(), expected, "{json}");
        }
    }

    #[test]
    fn a_list_is_never_taken_for_an_object() {
        assert_eq!(serde_json::from_str::<Object<Pair<'_>>>(r#"["x", 1]"#).unwrap(), Object::Odd);
        for json in ["1", "-1", "1.5", "true", r#""x""#] {
            assert_eq!(serde_json::from_str::<Object<Pair<'_>>>(json).unwrap(), Object::Odd, "{json}");
        }
        assert_eq!(serde_json::from_str::<Object<Pair<'_>>>("null").unwrap(), Object::Missing);
        let read = Object::Read(Pair { a: Scalar::Text("x".into()), b: Scalar::Missing });
        assert_eq!(serde_json::from_str::<Object<Pair<'_>>>(r#"{"a":"x","c":[[[]]]}"#).unwrap(), read);
    }

    #[test]
    fn flags_and_lists_are_read_whatever_is_there() {
        for (json, flag) in [("true", true), ("false", false), ("null", false), (r#""true""#, true), (r#""x""#, false)]
        {
            assert_eq!(serde_json::from_str::<Flag>(json).unwrap(), Flag(flag), "{json}");
        }
        for (json, flag) in
            [("{}", true), (r#"{"a":[1]}"#, true), ("[]", true), ("1", true), ("0", false), ("0.0", false)]
        {
            assert_eq!(serde_json::from_str::<Flag>(json).unwrap(), Flag(flag), "{json}");
        }
        let read = |json| serde_json::from_str::<List<Scalar<'_>, 2>>(json).unwrap();
        assert_eq!(read("[]"), List::Read { items: vec![], is_whole: true });
        assert_eq!(read("[1,2]"), List::Read { items: vec![Scalar::Whole(1), Scalar::Whole(2)], is_whole: true });
        let cut = List::Read { items: vec![Scalar::Whole(1), Scalar::Whole(2)], is_whole: false };
        assert_eq!((read("[1,2,3]"), read("[1,2,[3],4]")), (cut.clone(), cut));
        for json in ["1", "-1", "1.5", "true", r#""x""#, r#"{"a":[]}"#] {
            assert_eq!(read(json), List::Odd, "{json}");
        }
        assert_eq!(read("null"), List::Missing);
    }

    #[test]
    fn foreign_text_is_cut_and_freed_of_control_characters() {
        assert_eq!(shortened("a\nb\u{0}c", 10), "a b c");
        assert_eq!(shortened("äöüß", 3), "äöü…");
        assert_eq!(shortened("äöü", 3), "äöü");
    }
}
