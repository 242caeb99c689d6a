//! The writer of bodies writes what serde_json writes, byte for byte.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

#[path = "../runtime/json.rs"]
mod json;

/// Every form that the types of a contract take.
#[derive(Serialize)]
struct Body<'a> {
    text: &'a str,
    list: Vec<&'a str>,
    some: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<&'a str>,
    null: Option<&'a str>,
    wrapped: Wrapped<'a>,
    either: [Either<'a>; 2],
    tagged: Tagged<'a>,
    numbers: (i64, u64, f32, f64, bool, char),
    nothing: (),
    #[serde(flatten)]
    rest: BTreeMap<&'a str, Value>,
}

#[derive(Serialize)]
struct Wrapped<'a>(&'a str);

#[derive(Serialize)]
#[serde(untagged)]
enum Either<'a> {
    Text(&'a str),
    Number(i64),
}

#[derive(Serialize)]
enum Tagged<'a> {
    Text(&'a str),
}

fn body(text: &str) -> Body<'_> {
    Body {
        text,
        list: vec![text, "", text],
        some: Some(text),
        left_out: None,
        null: None,
        wrapped: Wrapped(text),
        either: [Either::Text(text), Either::Number(-1)],
        tagged: Tagged::Text(text),
        numbers: (i64::MIN, u64::MAX, 0.1, f64::NAN, true, '"'),
        nothing: (),
        rest: BTreeMap::from([(text, json!({text: [text, 1.5, null, {"inner": text}]}))]),
    }
}

fn assert_same(value: &(impl Serialize + ?Sized)) {
    let (ours, usual) = (json::to_vec(value), serde_json::to_vec(value));
    assert_eq!(
        String::from_utf8(ours.unwrap()).unwrap(),
        String::from_utf8(usual.unwrap()).unwrap()
    );
}

#[test]
fn every_character_of_one_byte_is_written_alike() {
    for byte in 0..0x80_u8 {
        let text = char::from(byte).to_string();
        assert_same(&text);
        assert_same(&body(&format!("{text}{text}名{text}")));
    }
}

#[test]
fn an_escape_is_found_at_every_place_of_every_length() {
    for length in 0..=150 {
        for place in 0..length {
            for character in "\0\n\x1f !\"#[\\]\x7f\u{80}".chars() {
                let (before, after) = ("a".repeat(place), "z".repeat(length - place - 1));
                assert_same(&format!("{before}{character}{after}"));
            }
        }
    }
}

#[test]
fn bytes_stay_numbers() {
    struct Bytes;
    impl Serialize for Bytes {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(b"\"a")
        }
    }
    assert_same(&Bytes);
}

#[test]
fn what_serde_json_cannot_write_is_an_error_too() {
    let keys = BTreeMap::from([(vec![1], "a list is no key")]);
    let (ours, usual) = (json::to_vec(&keys), serde_json::to_vec(&keys));
    assert_eq!(
        ours.unwrap_err().to_string(),
        usual.unwrap_err().to_string()
    );
}

/// Characters of every length in UTF-8, those that are escaped often, in runs of any length.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ -~]{0,90}",
        2 => "[一-龥]{0,40}",
        2 => "[\"\\\\\u{0}-\u{1f}\u{7f}-\u{a0}\u{2028}]{1,4}",
        1 => ".{0,70}",
        1 => proptest::collection::vec(any::<char>(), 0..70).prop_map(String::from_iter),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_written_alike(text in texts()) {
        assert_same(text.as_str());
        assert_same(&body(&text));
    }
}
