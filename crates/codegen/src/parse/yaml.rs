//! YAML text to a JSON value, with everything refused that JSON has no word for.

use std::fmt;

use serde::de::{DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess};
use serde::de::{VariantAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{Syntax, Unread, within};
use crate::diagnostic::Finding;
use crate::pointer::Pointer;
use crate::positions::DEPTH_LIMIT;
use crate::source::Position;

/// How much a document may grow by its aliases, in bytes, roughly.
///
/// serde_yaml limits how often aliases are followed, not how large their nodes are.
const SIZE_LIMIT: usize = 128 << 20;

/// What a node takes besides its text.
const NODE_SIZE: usize = 64;

/// Reads a YAML text.
pub(super) fn read(text: &str) -> Result<Value, Unread> {
    let mut reader = Reader {
        findings: Vec::new(),
        size: 0,
    };
    let node = Node {
        reader: &mut reader,
        at: &Pointer::root(),
    };
    let result = node.deserialize(serde_yaml::Deserializer::from_str(text));
    let findings = reader.findings;
    match result {
        Ok(value) if findings.is_empty() => Ok(value),
        Ok(_) => Err(Unread {
            findings,
            syntax: None,
        }),
        Err(error) => Err(Unread {
            findings,
            syntax: (reader.size <= SIZE_LIMIT).then(|| syntax(text, &error)),
        }),
    }
}

/// What is known of the document so far.
struct Reader {
    findings: Vec<Finding>,
    size: usize,
}

impl Reader {
    fn refuse(&mut self, at: &Pointer, problem: impl Into<String>, remedy: &str) {
        self.findings
            .push(Finding::new(at.clone(), problem, remedy));
    }

    /// Counts a node; the error ends the reading, and its text is not shown.
    fn count<E: Error>(&mut self, text: &str, at: &Pointer) -> Result<(), E> {
        self.size += NODE_SIZE + text.len();
        if self.size <= SIZE_LIMIT {
            return Ok(());
        }
        let problem = "aliases make the document too large";
        self.refuse(at, problem, "write `$ref` instead of aliases");
        Err(E::custom(problem))
    }

    /// Puts the members of `<<` into the mapping that has it, whose own come first.
    fn merge(&mut self, object: &mut Map<String, Value>, merged: Value, at: &Pointer) {
        let list = match merged {
            Value::Array(list) => list,
            one => vec![one],
        };
        for item in list {
            let Value::Object(members) = item else {
                self.refuse(
                    at,
                    "`<<` merges something that is not a mapping",
                    "name a mapping, or a list of mappings",
                );
                continue;
            };
            for (key, value) in members {
                object.entry(key).or_insert(value);
            }
        }
    }
}

/// One node to read, and its address.
struct Node<'a> {
    reader: &'a mut Reader,
    at: &'a Pointer,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, node: D) -> Result<Value, D::Error> {
        node.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML node")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.reader.count("", self.at)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.reader.count("", self.at)?;
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.reader.count("", self.at)?;
        Ok(value.into())
    }

    /// As serde_json reads an integer that its number type has no room for.
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.reader.count("", self.at)?;
        if let Some(number) = Number::from_f64(value) {
            return Ok(Value::Number(number));
        }
        self.reader.refuse(
            self.at,
            format!("JSON has no number for `{value}`"),
            "write a finite number, or quote the text",
        );
        Ok(Value::Null)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.reader.count(value, self.at)?;
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.reader.count("", self.at)?;
        Ok(Value::Null)
    }

    /// A text without any node.
    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.reader.count("", self.at)?;
        let mut array = Vec::new();
        loop {
            let node = Node {
                reader: &mut *self.reader,
                at: &self.at.index(array.len()),
            };
            match items.next_element_seed(node)? {
                Some(item) => array.push(item),
                None => return Ok(Value::Array(array)),
            }
        }
    }

    /// Keys are read as text, whatever they look like: `200` stays `200`.
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.reader.count("", self.at)?;
        let mut object = Map::new();
        let mut merged = None;
        while let Some(key) = members.next_key::<String>()? {
            let at = self.at.key(&key);
            self.reader.count(&key, &at)?;
            let node = Node {
                reader: &mut *self.reader,
                at: &at,
            };
            let value = members.next_value_seed(node)?;
            if key == "<<" {
                merged = Some((value, at));
            } else {
                object.insert(key, value);
            }
        }
        if let Some((value, at)) = merged {
            self.reader.merge(&mut object, value, &at);
        }
        Ok(Value::Object(object))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, contents) = tagged.variant::<String>()?;
        contents.newtype_variant::<IgnoredAny>()?;
        self.reader.refuse(
            self.at,
            format!("the tag `!{tag}` has no meaning here"),
            "delete the tag",
        );
        Ok(Value::Null)
    }
}

/// libyaml's complaint without the place that it repeats.
fn syntax(text: &str, error: &serde_yaml::Error) -> Syntax {
    let mut message = error.to_string();
    let mut position = Position { line: 1, column: 1 };
    if let Some(place) = error.location() {
        position = Position {
            line: place.line(),
            column: place.column(),
        };
        let repeated = format!(" at line {} column {}", place.line(), place.column());
        message = message.replacen(&repeated, "", 1);
    }
    if message.starts_with("control characters") {
        // This one comes with a byte offset only.
        position = first_control_character(text).unwrap_or(position);
        message.truncate(message.find(" at position").unwrap_or(message.len()));
    }
    let (problem, remedy) = worded(&message);
    let line = text.lines().nth(position.line.saturating_sub(1));
    let found = line.and_then(|line| line.chars().nth(position.column.saturating_sub(1)));
    let remedy = match found {
        Some('\t') => "indent with spaces: YAML takes no tab here",
        _ => remedy,
    };
    Syntax {
        position: within(text, position),
        problem,
        remedy: remedy.to_owned(),
    }
}

/// serde_yaml's own limits in words that tell what to do.
fn worded(message: &str) -> (String, &'static str) {
    match message {
        "recursion limit exceeded" => (
            format!("more than {DEPTH_LIMIT} collections stand in each other"),
            "flatten the document; an alias must not stand inside its own anchor",
        ),
        "repetition limit exceeded" => (
            "aliases make the document too large".to_owned(),
            "write `$ref` instead of aliases",
        ),
        "unknown anchor" => (
            "not YAML: unknown anchor".to_owned(),
            "define the anchor above, or quote the text that begins with `*`",
        ),
        _ => (
            format!("not YAML: {message}"),
            "mend the syntax at this place; a JSON document is YAML too",
        ),
    }
}

fn first_control_character(text: &str) -> Option<Position> {
    text.split('\n').enumerate().find_map(|(line, text)| {
        let column = text.chars().position(is_refused)?;
        Some(Position {
            line: line + 1,
            column: column + 1,
        })
    })
}

/// What YAML does not count among its printable characters.
fn is_refused(c: char) -> bool {
    let allowed =
        matches!(c, '\t' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..);
    !allowed
}
