//! Members of JSON Lines.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{Document, Source, joined};
use crate::failure::Failure;
use crate::input::numbered;
use crate::json::{self, found, id_of};

pub(super) fn read(
    source: &Source<'_>,
    fields: &[String],
    id: Option<&str>,
    documents: &mut Vec<Document>,
) -> Result<(), Failure> {
    let help = "--field reads JSON Lines: one object a line";
    for (line, text) in numbered(source.text) {
        let wrong = |problem: &str, help: &str| {
            Failure::usage(format!("{}:{line}: {problem}", source.name), help)
        };
        let value: Value = json::parse(source.text, text)
            .map_err(|problem| wrong(&problem.message, problem.help.unwrap_or(help)))?;
        let Value::Object(members) = &value else {
            return Err(match json::is_array(source.text) {
                true => wrong(json::ARRAY, json::ARRAY_HELP),
                false => wrong(
                    &format!("found {}, expected an object", found(&value)),
                    help,
                ),
            });
        };
        let text = text_in(members, fields)
            .map_err(|problem| wrong(&problem, "--field takes the name of a member with text"))?;
        let id = id.map(|id| {
            let found = members.get(id).and_then(id_of).map(Rc::from);
            let expected = "a string or a number";
            let help = "--id takes the name of the member with the document's id";
            found.ok_or_else(|| wrong(&unexpected(members, id, expected), help))
        });
        documents.push(source.document(line, text, id.transpose()?));
    }
    Ok(())
}

/// Returns the text of the members. Of several, all but one may be missing or null, as titles
/// often are.
fn text_in(members: &Map<String, Value>, fields: &[String]) -> Result<String, String> {
    let mut texts = Vec::with_capacity(fields.len());
    let mut missing = None;
    for field in fields {
        match members.get(field) {
            Some(Value::String(text)) => texts.push(text.as_str()),
            None | Some(Value::Null) => missing = missing.or(Some(field)),
            Some(_) => return Err(unexpected(members, field, "a string")),
        }
    }
    match missing {
        Some(field) if texts.is_empty() => Err(unexpected(members, field, "a string")),
        _ => Ok(joined(texts.into_iter())),
    }
}

/// Describes what was found instead of an expected member.
fn unexpected(members: &Map<String, Value>, name: &str, expected: &str) -> String {
    match members.get(name) {
        Some(value) => format!("`{name}` is {}, expected {expected}", found(value)),
        None => {
            let names: Vec<_> = members.keys().map(String::as_str).collect();
            format!("`{name}` is missing; the object has {}", json::list(&names))
        }
    }
}
