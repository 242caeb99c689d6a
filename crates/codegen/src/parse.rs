//! Contract text to a value and the place of each of its nodes.

mod json;
mod yaml;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Finding};
use crate::pointer::Pointer;
use crate::positions::{DEPTH_LIMIT, Scan, positions};
use crate::source::{Document, Position, Source};

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
        // The deserializer would find the same, say it worse, and take quadratic
        // time over deep nesting.
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

/// A problem at a node of `document`, with the node's place.
pub(crate) fn diagnose(document: &Document, finding: &Finding) -> Diagnostic {
    Diagnostic {
        problem: finding.problem.clone(),
        remedy: finding.remedy.clone(),
        ..at_place(
            document,
            document.position(&finding.pointer),
            finding.pointer.clone(),
        )
    }
}

/// A problem yet to be worded at a place of `document`.
fn at_place(document: &Document, position: Position, pointer: Pointer) -> Diagnostic {
    Diagnostic {
        file: document.name.clone(),
        line: position.line,
        column: position.column,
        pointer,
        problem: String::new(),
        remedy: String::new(),
    }
}

/// Editors on Windows write one, and JSON allows none.
fn without_byte_order_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Reads the text as what it looks like. Every JSON text should be YAML as well, but
/// libyaml refuses escaped surrogate pairs and keys of more than 1024 characters.
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
            && json.order() >= yaml.order()
        {
            unread.syntax = Some(json);
        }
        unread
    })
}

/// Why a text gives no value.
struct Unread {
    /// Nodes that an OpenAPI document cannot have.
    findings: Vec<Finding>,
    /// Where the reader gave up.
    syntax: Option<Syntax>,
}

/// A place at which a text cannot be read on.
struct Syntax {
    position: Position,
    problem: String,
    remedy: String,
}

impl Unread {
    fn into_diagnostics(self, document: &Document) -> Vec<Diagnostic> {
        let mut all: Vec<_> = self
            .findings
            .iter()
            .map(|finding| diagnose(document, finding))
            .collect();
        all.extend(self.syntax.map(|syntax| {
            let pointer = last_node_before(document, syntax.order());
            Diagnostic {
                problem: syntax.problem,
                remedy: syntax.remedy,
                ..at_place(document, syntax.position, pointer)
            }
        }));
        all
    }
}

impl Syntax {
    fn order(&self) -> (usize, usize) {
        (self.position.line, self.position.column)
    }
}

/// A place, or the end of the text if that ends before it.
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

/// The node that a reader was at or in when it came to a place.
fn last_node_before(document: &Document, place: (usize, usize)) -> Pointer {
    document
        .positions
        .iter()
        .map(|(pointer, position)| ((position.line, position.column), pointer))
        .filter(|(begin, _)| *begin <= place)
        .max()
        .map(|(_, pointer)| pointer.clone())
        .unwrap_or_default()
}

fn repeated_keys(document: &Document, scan: &Scan) -> Vec<Diagnostic> {
    let diagnostic = |duplicate: &crate::positions::Duplicate| Diagnostic {
        problem: format!(
            "the key `{}` is here a second time; line {} has it first",
            duplicate.pointer.last(),
            duplicate.first_line
        ),
        remedy: "delete or rename one of the two".to_owned(),
        ..at_place(document, duplicate.position, duplicate.pointer.clone())
    };
    scan.duplicates.iter().map(diagnostic).collect()
}

/// What is YAML, and yet no tree of objects, arrays and scalars.
fn misshapen(document: &Document, scan: &Scan) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for (mapping, position) in &scan.complex_keys {
        all.push(Diagnostic {
            problem: "a key is itself a mapping or a sequence".to_owned(),
            remedy: "use a string as key; a template such as {name} needs quotes".to_owned(),
            ..at_place(document, *position, mapping.clone())
        });
    }
    if let Some(position) = scan.second_document {
        all.push(Diagnostic {
            problem: "a second YAML document begins here".to_owned(),
            remedy: "keep one document in a file, and delete this one".to_owned(),
            ..at_place(document, position, Pointer::root())
        });
    }
    if let Some(position) = scan.too_deep {
        let place = (position.line, position.column);
        all.push(Diagnostic {
            problem: format!("more than {DEPTH_LIMIT} collections stand in each other"),
            remedy: "flatten the document".to_owned(),
            ..at_place(
                document,
                position,
                shortened(last_node_before(document, place)),
            )
        });
    }
    all
}

/// The address of a node in the deep, cut to what a person reads.
fn shortened(pointer: Pointer) -> Pointer {
    let head: Vec<_> = pointer.as_str().split('/').take(9).collect();
    Pointer::parse(&head.join("/"))
}

fn not_an_object(document: &Document) -> Option<Diagnostic> {
    let (problem, remedy) = match &document.value {
        Value::Object(_) => return None,
        Value::Null => ("the document is empty", "write it, or name another file"),
        _ => (
            "the document is not an object",
            "write an object of keys and values, or name another file",
        ),
    };
    Some(diagnose(
        document,
        &Finding::new(Pointer::root(), problem, remedy),
    ))
}

#[cfg(test)]
mod tests;
