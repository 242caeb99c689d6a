//! Integers are read by their value, however they are written, from every source of JSON.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

#[path = "../runtime/integers.rs"]
mod integers;

/// Every form in which the types of a contract hold integers.
#[derive(Debug, Deserialize, PartialEq)]
struct Forms {
    #[serde(deserialize_with = "integers::deserialize")]
    one: i64,
    #[serde(default)]
    #[serde(deserialize_with = "integers::deserialize")]
    optional: Option<u64>,
    #[serde(deserialize_with = "integers::deserialize")]
    list: Vec<Option<i8>>,
    #[serde(deserialize_with = "integers::deserialize")]
    map: BTreeMap<String, Vec<u32>>,
    either: Either,
    #[serde(flatten)]
    #[serde(deserialize_with = "integers::deserialize")]
    rest: BTreeMap<String, i32>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Either {
    Integer(#[serde(deserialize_with = "integers::deserialize")] i64),
    Text(String),
}

/// Reads from text and from a value, which must agree, message included.
fn read<T: integers::Integers + std::fmt::Debug + PartialEq>(json: &str) -> Result<T, String> {
    let integers::Read(value) =
        serde_json::from_str(json).map_err(|error| without_place(&error))?;
    let tree: Value = serde_json::from_str(json).unwrap();
    let integers::Read(again) = serde_json::from_value(tree).map_err(|error| error.to_string())?;
    assert_eq!(value, again, "{json}");
    Ok(value)
}

fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn every_form_takes_every_spelling() {
    let plain = r#"{"one":100,"optional":0,"list":[1,null],"map":{"a":[3]},"either":2,"other":4}"#;
    let odd = r#"{"one":1e2,"optional":-0,"list":[1.0,null],"map":{"a":[3.0]},"either":2.0,
                  "other":0.4e1}"#;
    let expected = Forms {
        one: 100,
        optional: Some(0),
        list: vec![Some(1), None],
        map: BTreeMap::from([("a".to_owned(), vec![3])]),
        either: Either::Integer(2),
        rest: BTreeMap::from([("other".to_owned(), 4)]),
    };
    for text in [plain, odd] {
        assert_eq!(serde_json::from_str::<Forms>(text).unwrap(), expected);
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_value::<Forms>(value).unwrap(), expected);
    }
}

#[test]
fn optional_may_be_missing_and_required_may_not() {
    let read = serde_json::from_str::<Forms>;
    let forms = read(r#"{"one":1,"list":[],"map":{},"either":"text"}"#).unwrap();
    assert_eq!(forms.optional, None);
    let error = read(r#"{"list":[],"map":{},"either":1}"#).unwrap_err();
    assert_eq!(without_place(&error), "missing field `one`");
}

#[test]
fn zero_has_two_signs_and_one_value() {
    for zero in ["0", "-0", "0.0", "-0.0", "0e5", "-0e-5"] {
        assert_eq!(read::<i64>(zero).unwrap(), 0, "{zero}");
        assert_eq!(read::<u8>(zero).unwrap(), 0, "{zero}");
    }
}

#[test]
fn what_is_no_integer_is_refused_and_named() {
    for (json, message) in [
        (
            "1.5",
            "invalid type: floating point `1.5`, expected an integer",
        ),
        (
            "1e-1",
            "invalid type: floating point `0.1`, expected an integer",
        ),
        ("\"1\"", "invalid type: string \"1\", expected an integer"),
        ("true", "invalid type: boolean `true`, expected an integer"),
        ("null", "invalid type: null, expected an integer"),
        ("[1]", "invalid type: sequence, expected an integer"),
        (
            "2147483648",
            "invalid value: integer `2147483648`, expected an integer from -2147483648 to 2147483647",
        ),
        (
            "2147483648.0",
            "invalid value: integer `2147483648`, expected an integer from -2147483648 to 2147483647",
        ),
        (
            "-3e9",
            "invalid value: integer `-3000000000`, expected an integer from -2147483648 to 2147483647",
        ),
    ] {
        assert_eq!(read::<i32>(json).unwrap_err(), message, "{json}");
    }
}

#[test]
fn the_ends_of_each_type_are_read_and_what_lies_beyond_is_refused() {
    assert_eq!(read::<i64>("-9223372036854775808").unwrap(), i64::MIN);
    assert_eq!(read::<i64>("9223372036854775807").unwrap(), i64::MAX);
    assert_eq!(read::<u64>("18446744073709551615").unwrap(), u64::MAX);
    assert_eq!(read::<i8>("-128.0").unwrap(), i8::MIN);
    for beyond in ["-9223372036854775809", "9223372036854775808"] {
        assert!(read::<i64>(beyond).is_err(), "{beyond}");
    }
    for beyond in ["18446744073709551616", "-1", "-1.0"] {
        assert!(read::<u64>(beyond).is_err(), "{beyond}");
    }
}

#[test]
fn digits_that_may_have_been_lost_are_not_guessed() {
    let last = (1_i64 << 52) - 1;
    assert_eq!(read::<i64>(&format!("{last}.0")).unwrap(), last);
    for json in ["4503599627370496.0", "1e18", "-1e300"] {
        let error = read::<i64>(json).unwrap_err();
        let wanted = "expected an integer beyond 2^52 to have neither fraction nor exponent";
        assert!(error.ends_with(wanted), "{json}: {error}");
    }
}

proptest! {
    #[test]
    fn a_value_is_read_as_itself_or_not_at_all(value: i64, zeros in 0_usize..12) {
        prop_assert_eq!(read::<i64>(&value.to_string()), Ok(value));
        // Readers of JSON may round; what is read of it is the value all the same.
        for bits in [12, 16, 32] {
            let value = value >> bits;
            let fraction = format!("{value}.0{}", "0".repeat(zeros));
            if let Ok(read) = read::<i64>(&fraction) {
                prop_assert_eq!(read, value);
            }
        }
        let small = value >> 32;
        prop_assert_eq!(read::<i64>(&format!("{small}.0")), Ok(small));
        prop_assert_eq!(read::<i64>(&format!("{small}e0")), Ok(small));
    }
}
