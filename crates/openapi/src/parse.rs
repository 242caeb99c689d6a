//! Parses the text of a contract or overlay to a value with the position of each node.

mod json;
mod yaml;

use serde_json::Value;

use crate::Pointer;
use crate::positions::{DEPTH_LIMIT, Scan, positions};
use crate::source::Document;
use crate::{Diagnostic, Problem};
use crate::{Position, Source};

/// Reads a contract or an overlay: one object, in YAML or JSON.
pub(crate) fn parse(source: &Source) -> Result<Document, Vec<Diagnostic>> {
    let text = without_byte_order_mark(&source.text);
    let mut scan = positions(text);
    let mut document = Document {
        name: source.name.clone(),
        value: Value::Null,
        positions: std::mem::take(&mut scan.positions),
    };

    let mut problems = repeated_keys(&document, &scan);
    let misshapen = misshapen(&document, &scan);
    if misshapen.is_empty() {
        match read(text) {
            Ok(value) => document.value = value,
            Err(unread) => problems.extend(unread.into_diagnostics(&document)),
        }
    } else {
        // The deserializer would report the same in worse words, and take quadratic time over
        // deep nesting.
        problems.extend(misshapen);
    }
    if problems.is_empty() {
        problems.extend(not_an_object(&document));
    }

    if problems.is_empty() {
        Ok(document)
    } else {
        Err(problems)
    }
}

/// Editors on Windows write a byte order mark, and JSON allows none.
fn without_byte_order_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Reads a text that starts like JSON as JSON, and any other as YAML. JSON is YAML too, but
/// libyaml rejects escaped surrogate pairs and keys of more than 1024 characters.
fn read(text: &str) -> Result<Value, Unread> {
    if !text.trim_start().starts_with('{') {
        return yaml::read(text);
    }
    let json = match json::read(text) {
        Ok(value) => return Ok(value),
        Err(syntax) => syntax,
    };
    yaml::read(text).map_err(|mut unread| {
        // The reader that got further understood more of the text.
        if let Some(yaml) = &unread.syntax
            && json.position >= yaml.position
        {
            unread.syntax = Some(json);
        }
        unread
    })
}

/// Why a text has no value.
struct Unread {
    /// Nodes that an OpenAPI document cannot have.
    problems: Vec<Problem>,
    /// The syntax error at which the reader stopped.
    syntax: Option<Syntax>,
}

/// A syntax error.
struct Syntax {
    position: Position,
    message: String,
    help: String,
}

impl Unread {
    fn into_diagnostics(self, document: &Document) -> Vec<Diagnostic> {
        let mut all: Vec<_> = self
            .problems
            .iter()
            .map(|problem| document.diagnose(problem))
            .collect();
        all.extend(self.syntax.map(|syntax| {
            let pointer = last_node_before(document, syntax.position);
            let location = document.location(syntax.position);
            Diagnostic::new(location, pointer, syntax.message, syntax.help)
        }));
        all
    }
}

/// `position`, or the end of the text if that is earlier.
fn within(text: &str, position: Position) -> Position {
    let text = text.trim_end();
    let lines = text.split('\n').count();
    if position.line <= lines {
        return position;
    }
    let last = text.split('\n').next_back().unwrap_or_default();
    Position {
        line: lines,
        column: last.chars().count() + 1,
    }
}

/// The node that a reader was in when it came to a position.
fn last_node_before(document: &Document, end: Position) -> Pointer {
    document
        .positions
        .iter()
        .map(|(pointer, position)| (*position, pointer))
        .filter(|(start, _)| *start <= end)
        .max()
        .map(|(_, pointer)| pointer.clone())
        .unwrap_or_default()
}

fn repeated_keys(document: &Document, scan: &Scan) -> Vec<Diagnostic> {
    let diagnostic = |duplicate: &crate::positions::Duplicate| {
        Diagnostic::new(
            document.location(duplicate.position),
            duplicate.pointer.clone(),
            format!(
                "duplicate key `{}`, first on line {}",
                duplicate.pointer.last(),
                duplicate.first_line
            ),
            "delete or rename one of the two",
        )
    };
    scan.duplicates.iter().map(diagnostic).collect()
}

/// What YAML allows beyond a tree of objects, arrays and scalars.
fn misshapen(document: &Document, scan: &Scan) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for (mapping, position) in &scan.complex_keys {
        all.push(Diagnostic::new(
            document.location(*position),
            mapping.clone(),
            "expected a string as key, found a mapping or a sequence",
            "use a string as key; a template such as {name} needs quotes",
        ));
    }
    if let Some(position) = scan.second_document {
        all.push(Diagnostic::new(
            document.location(position),
            Pointer::root(),
            "a second YAML document starts here",
            "keep one document in a file, and delete this one",
        ));
    }
    if let Some(position) = scan.too_deep {
        all.push(Diagnostic::new(
            document.location(position),
            shortened(&last_node_before(document, position)),
            format!("nested more than {DEPTH_LIMIT} levels deep"),
            "flatten the document",
        ));
    }
    all
}

/// The address of a deeply nested node, cut to what a person reads.
fn shortened(pointer: &Pointer) -> Pointer {
    let head: Vec<_> = pointer.as_str().split('/').take(9).collect();
    Pointer::parse(&head.join("/"))
}

fn not_an_object(document: &Document) -> Option<Diagnostic> {
    let (message, help) = match &document.value {
        Value::Object(_) => return None,
        Value::Null => (
            "the document is empty",
            "write a contract, or name another file",
        ),
        _ => (
            "the document is not an object",
            "write an object of keys and values, or name another file",
        ),
    };
    Some(document.diagnose(&Problem::new(Pointer::root(), message, help)))
}

#[cfg(test)]
mod tests;
