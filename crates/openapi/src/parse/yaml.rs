//! YAML text to a JSON value; what JSON cannot express is an error.

use std::fmt;

use serde::de::{DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess};
use serde::de::{VariantAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{Syntax, Unread, within};
use crate::Pointer;
use crate::Position;
use crate::Problem;
use crate::positions::DEPTH_LIMIT;

/// Roughly how many bytes a document may grow to by its aliases.
///
/// serde_yaml limits how often aliases are followed, not how large their nodes are.
const SIZE_LIMIT: usize = 128 << 20;

/// Roughly how many bytes a node takes besides its text.
const NODE_SIZE: usize = 64;

/// Reads a YAML text.
pub(super) fn read(text: &str) -> Result<Value, Unread> {
    let mut reader = Reader {
        problems: Vec::new(),
        size: 0,
    };
    let node = Node {
        reader: &mut reader,
        at: &Pointer::root(),
    };
    let result = node.deserialize(serde_yaml::Deserializer::from_str(text));
    let problems = reader.problems;
    match result {
        Ok(value) if problems.is_empty() => Ok(value),
        Ok(_) => Err(Unread {
            problems,
            syntax: None,
        }),
        Err(error) => Err(Unread {
            problems,
            syntax: (reader.size <= SIZE_LIMIT).then(|| syntax(text, &error)),
        }),
    }
}

/// The problems and the size of the document so far.
struct Reader {
    problems: Vec<Problem>,
    size: usize,
}

impl Reader {
    fn report(&mut self, at: &Pointer, message: impl Into<String>, help: &str) {
        self.problems.push(Problem::new(at.clone(), message, help));
    }

    /// Counts a node. An error ends the reading; its text is not shown.
    fn count<E: Error>(&mut self, text: &str, at: &Pointer) -> Result<(), E> {
        self.size += NODE_SIZE + text.len();
        if self.size <= SIZE_LIMIT {
            return Ok(());
        }
        let message = "aliases make the document too large";
        self.report(at, message, "write `$ref` instead of aliases");
        Err(E::custom(message))
    }

    /// Merges the members of `<<` into its mapping, whose own members take precedence.
    fn merge(&mut self, object: &mut Map<String, Value>, merged: Value, at: &Pointer) {
        let list = match merged {
            Value::Array(list) => list,
            one => vec![one],
        };
        for item in list {
            let Value::Object(members) = item else {
                self.report(
                    at,
                    "expected a mapping to merge with `<<`",
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

    /// Becomes a float, as serde_json reads an integer beyond its number type.
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
        self.reader.report(
            self.at,
            format!("`{value}` is not a JSON number"),
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

    /// Reads a text without any node.
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
        self.reader.report(
            self.at,
            format!("the tag `!{tag}` is not supported"),
            "delete the tag",
        );
        Ok(Value::Null)
    }
}

/// libyaml's error without the position that it repeats.
fn syntax(text: &str, error: &serde_yaml::Error) -> Syntax {
    let mut message = error.to_string();
    let mut position = Position { line: 1, column: 1 };
    if let Some(location) = error.location() {
        position = Position {
            line: location.line(),
            column: location.column(),
        };
        let repeated = format!(" at line {} column {}", location.line(), location.column());
        message = message.replacen(&repeated, "", 1);
    }
    if message.starts_with("control characters") {
        // This one comes with a byte offset only.
        position = first_control_character(text).unwrap_or(position);
        message.truncate(message.find(" at position").unwrap_or(message.len()));
    }
    let (message, help) = explained(&message);
    let line = text.lines().nth(position.line.saturating_sub(1));
    let found = line.and_then(|line| line.chars().nth(position.column.saturating_sub(1)));
    let help = match found {
        Some('\t') => "indent with spaces: YAML allows no tab here",
        _ => help,
    };
    Syntax {
        position: within(text, position),
        message,
        help: help.to_owned(),
    }
}

/// serde_yaml's own limits explained, with how to fix each.
fn explained(message: &str) -> (String, &'static str) {
    match message {
        "recursion limit exceeded" => (
            format!("nested more than {DEPTH_LIMIT} levels deep"),
            "flatten the document; an alias must not be inside its own anchor",
        ),
        "repetition limit exceeded" => (
            "aliases make the document too large".to_owned(),
            "write `$ref` instead of aliases",
        ),
        "unknown anchor" => (
            "invalid YAML: unknown anchor".to_owned(),
            "define the anchor above, or quote the text that begins with `*`",
        ),
        _ => (
            format!("invalid YAML: {message}"),
            "fix the syntax error here; a JSON document is YAML too",
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
