//! Positions of the nodes of a JSON text.
//!
//! The scanner of YAML would find the same, in many times the time.

use std::collections::HashMap;

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::scan::{DEPTH_LIMIT, Scan};
use crate::Pointer;
use crate::Position;

/// JSON as RFC 8259 has it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Finds the position of each node of `text`; `None` if it is not JSON, or nested too deeply.
pub(super) fn positions(text: &str) -> Option<Scan> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).ok()?;
    let root = parsed.value?;
    let mut walk = Walk {
        scan: Scan::default(),
        cursor: Cursor::new(text),
    };
    walk.node(&root, Pointer::root(), 0)?;
    Some(walk.scan)
}

/// A walk over the nodes, in the order of the text.
struct Walk<'a> {
    scan: Scan,
    cursor: Cursor<'a>,
}

impl Walk<'_> {
    /// Records a value that is no member, and what is below it.
    fn node(&mut self, value: &Value<'_>, pointer: Pointer, depth: usize) -> Option<()> {
        let at = self.cursor.forward_to(value.start())?;
        self.children(value, &pointer, depth)?;
        self.scan.positions.insert(pointer, at);
        Some(())
    }

    /// Records what is below `value`, whose address is `pointer`, within `depth` collections.
    fn children(&mut self, value: &Value<'_>, pointer: &Pointer, depth: usize) -> Option<()> {
        match value {
            Value::Object(_) | Value::Array(_) if depth == DEPTH_LIMIT => None,
            Value::Object(object) => self.members(object, pointer, depth + 1),
            Value::Array(array) => {
                for (index, item) in array.elements.iter().enumerate() {
                    self.node(item, pointer.index(index), depth + 1)?;
                }
                Some(())
            }
            _ => Some(()),
        }
    }

    fn members(&mut self, object: &Object<'_>, parent: &Pointer, depth: usize) -> Option<()> {
        let mut lines = HashMap::with_capacity(object.properties.len());
        for member in &object.properties {
            let at = self.cursor.forward_to(member.start())?;
            let key = member.name.as_str();
            let pointer = parent.key(key);
            self.scan.member(&pointer, at, lines.get(key).copied());
            lines.entry(key).or_insert(at.line);
            self.children(&member.value, &pointer, depth)?;
        }
        Some(())
    }
}

/// A place in a text that moves forward, as line and column.
struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        let position = Position { line: 1, column: 1 };
        Self {
            text,
            offset: 0,
            position,
        }
    }

    /// Moves to a byte of the text, which is not before the present one.
    fn forward_to(&mut self, offset: usize) -> Option<Position> {
        let mut characters = self.text.get(self.offset..offset)?.chars().peekable();
        while let Some(character) = characters.next() {
            // `\r\n` is one line end.
            let ends_line = match character {
                '\n' => true,
                '\r' => characters.peek() != Some(&'\n'),
                _ => false,
            };
            if ends_line {
                self.position.line += 1;
                self.position.column = 1;
            } else {
                self.position.column += 1;
            }
        }
        self.offset = offset;
        Some(self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::positions;
    use crate::Position;

    /// The scanner of YAML, which shares nothing with this one, finds the same.
    #[test]
    fn json_is_located_as_its_yaml() {
        for text in [
            "{}",
            "\n  {\n\t\"a\": {\"b\": [1, {\"c\": null}, [true, []]]},\r\n \"é\": {\"值\": \"键\"}, \"z\": -1.5e3}\n",
            r#"{"a/b": {"~": 1, "": 2}, "\u00e9": [0], "\ud83d\ude00é": [{"x": "\ud83d\ude00"}], "\"": {"y": ""}}"#,
            r#"{"a": 1, "b": {"c": 1, "c": {"d": 2}}, "a": {"e": 3}}"#,
            "{\"a\":\r{\"b\":\r\n1},\r\r\"c\": 2}",
        ] {
            // A key of escaped surrogates is the one thing that YAML cannot read.
            let text = text.replace(r"\ud83d\ude00é", "é");
            let found = positions(&text);
            assert!(found.is_some(), "{text}");
            assert_eq!(found, Some(yaml::positions(&text)), "{text}");
        }
    }

    #[test]
    fn keys_may_be_escaped_surrogates() {
        let scan = positions(r#"{"\ud83d\ude00": 1}"#).unwrap_or_default();
        let root = crate::Pointer::root();
        let at = Position { line: 1, column: 2 };
        assert_eq!(scan.positions.get(&root.key("😀")), Some(&at));
    }

    #[test]
    fn what_is_not_json_is_left_to_yaml() {
        let deep = format!("{}1{}", "{\"a\":".repeat(129), "}".repeat(129));
        for text in [
            "a: 1",
            "[1]",
            "{a: 1}",
            "{\"a\": 1,}",
            "{'a': 1}",
            "{\"a\": 1} # note",
            "{\"a\": 1} {}",
            "{\"a\": 1",
            &deep,
        ] {
            assert_eq!(positions(text), None, "{text}");
        }
    }
}
