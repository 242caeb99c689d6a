//! Queries, one a line: as they are, or as JSON objects that may bring their own documents.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use serde::Deserialize;
use serde_json::Value;

use super::documents::Document;
use crate::failure::Failure;
use crate::text::{numbered, text_of};

const HELP: &str = "each line is a query, or each is an object such as \
    {\"query\": \"…\", \"id\": \"…\", \"documents\": [\"…\", {\"id\": \"…\", \"text\": \"…\"}]}; \
    id and documents may be left out";

/// A query, and what it is called in results.
#[derive(Debug)]
pub(crate) struct Query {
    /// Of several queries, which: the id that it brings, or else its place, from 1.
    pub(crate) id: Option<String>,
    pub(crate) text: String,
    /// Those that it is about alone.
    pub(crate) documents: Option<Vec<Document>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    query: String,
    id: Option<Value>,
    documents: Option<Vec<Own>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Own {
    Text(String),
    Named { id: Value, text: String },
}

impl Query {
    /// The only one.
    pub(crate) fn alone(text: &str) -> Self {
        Self {
            id: None,
            text: text.to_owned(),
            documents: None,
        }
    }

    /// What it is called where everything has a name.
    pub(crate) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or("1")
    }
}

/// The queries of a file; `-` is standard input. They are JSON if the first one looks like it.
pub(crate) fn read(file: &Path) -> Result<Vec<Query>, Failure> {
    let name: Rc<str> = file.to_string_lossy().into();
    let text = text_of(file, &name)?;
    let is_json = text.trim_start().starts_with('{');
    let mut queries = Vec::new();
    for (place, (line, text)) in (1_usize..).zip(numbered(&text)) {
        queries.push(match is_json {
            true => object(&name, line, place, text)?,
            false => Query {
                id: Some(place.to_string()),
                text: text.to_owned(),
                documents: None,
            },
        });
    }
    let mut seen = HashMap::new();
    for (place, query) in queries.iter().enumerate() {
        if let Some(before) = seen.insert(query.id(), place) {
            let (id, place, before) = (query.id(), place + 1, before + 1);
            return Err(Failure::usage(
                format!("{name}: queries {before} and {place} have the same id, {id}"),
                "results are told apart by it: give each query another, or none at all",
            ));
        }
    }
    match queries.is_empty() {
        true => Err(Failure::usage(format!("{name}: no queries"), HELP)),
        false => Ok(queries),
    }
}

fn object(name: &Rc<str>, line: u64, place: usize, text: &str) -> Result<Query, Failure> {
    let wrong = |problem: &str| Failure::usage(format!("{name}:{line}: {problem}"), HELP);
    let read: Line =
        serde_json::from_str(text).map_err(|error| wrong(&format!("not a query: {error}")))?;
    let id = match &read.id {
        None => place.to_string(),
        Some(id) => id_of(id).ok_or_else(|| wrong("the id is neither text nor number"))?,
    };
    let own = |own| {
        let (id, text) = match own {
            Own::Text(text) => (None, text),
            Own::Named { id, text } => (Some(id), text),
        };
        let id = id.map(|id| {
            id_of(&id).ok_or_else(|| wrong("a document's id is neither text nor number"))
        });
        Ok(Document {
            text,
            id: id.transpose()?.map(Rc::from),
            file: Rc::clone(name),
            line: Some(line),
        })
    };
    let documents = read
        .documents
        .map(|all| all.into_iter().map(own).collect::<Result<_, Failure>>());
    Ok(Query {
        id: Some(id),
        text: read.query,
        documents: documents.transpose()?,
    })
}

/// An id as text.
pub(crate) fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
