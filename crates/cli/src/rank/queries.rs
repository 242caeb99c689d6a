//! Reads queries, one on each line: plain, after an id, or as JSON objects that may have their own
//! documents.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::documents::{Document, id_and_text};
use crate::failure::Failure;
use crate::input::{numbered, text_of};
use crate::json::{self, found, id_of};
use crate::text::warn;

const HELP: &str = "each line is a query, or each is an object such as \
    {\"query\": \"…\", \"id\": \"…\", \"documents\": [\"…\", {\"id\": \"…\", \"text\": \"…\"}]}; \
    id and documents may be left out";

/// A query, and its id in results.
#[derive(Debug)]
pub(crate) struct Query {
    /// Which of several queries it is: its id, or else its number, from 1.
    pub(crate) id: Option<String>,
    pub(crate) text: String,
    /// Its own documents.
    pub(crate) documents: Option<Vec<Document>>,
}

/// A query as JSON. `_id`, `text` and `metadata` are those of BEIR; any other member is
/// probably misspelt.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(alias = "text")]
    query: String,
    #[serde(alias = "_id")]
    id: Option<Value>,
    /// A labelled set, as `rerank eval` reads it, has `candidates`.
    #[serde(alias = "candidates")]
    documents: Option<Vec<Value>>,
    #[serde(rename = "metadata")]
    _metadata: Option<IgnoredAny>,
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

    /// Returns its name in formats in which everything has one.
    pub(crate) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or("1")
    }
}

/// Returns the queries of a file; `-` is standard input. They are JSON if the first one looks
/// like it; `with_ids` says that each line is an id, a tab and the query.
pub(crate) fn read(file: &Path, with_ids: bool) -> Result<Vec<Query>, Failure> {
    let name: Rc<str> = file.to_string_lossy().into();
    let text = text_of(file, &name)?;
    if json::is_array(&text) {
        return Err(Failure::usage(
            format!("{name}: {}", json::ARRAY),
            json::ARRAY_HELP,
        ));
    }
    let is_json = text.trim_start().starts_with('{') && !with_ids;
    let mut queries = Vec::new();
    for (number, (line, of_line)) in (1_usize..).zip(numbered(&text)) {
        let query = if is_json {
            object(&name, &text, (line, of_line), number)?
        } else {
            let (id, query) = match with_ids {
                true => with_id(&name, line, of_line)?,
                false => (number.to_string(), of_line),
            };
            Query {
                id: Some(id),
                text: query.to_owned(),
                documents: None,
            }
        };
        if query.text.trim().is_empty() {
            let problem = format!("{name}:{line}: the query is blank");
            return Err(Failure::usage(problem, "add a text, or remove the line"));
        }
        queries.push(query);
    }
    check_ids(&name, &queries)?;
    if !is_json && !with_ids && queries.iter().all(|query| may_have_id(&query.text)) {
        warn(&format!(
            "{name}: every line looks like ID<TAB>QUERY; to read it that way, add --query-ids"
        ));
    }
    Ok(queries)
}

fn check_ids(name: &str, queries: &[Query]) -> Result<(), Failure> {
    let mut seen = HashMap::new();
    for (at, query) in queries.iter().enumerate() {
        if let Some(before) = seen.insert(query.id(), at) {
            let (id, number, before) = (query.id(), at + 1, before + 1);
            return Err(Failure::usage(
                format!("{name}: queries {before} and {number} have the same id, {id}"),
                "results are identified by it; give each query a different id, or none",
            ));
        }
    }
    match queries.is_empty() {
        true => Err(Failure::usage(format!("{name}: no queries"), HELP)),
        false => Ok(()),
    }
}

fn with_id<'a>(name: &str, line: u64, text: &'a str) -> Result<(String, &'a str), Failure> {
    let parts = id_and_text(text).map(|(id, text)| (id.to_owned(), text));
    parts.ok_or_else(|| {
        Failure::usage(
            format!("{name}:{line}: expected ID<TAB>QUERY"),
            "with --query-ids each line is an id, a tab and the query",
        )
    })
}

/// Whether a line has the form of MS MARCO's queries: a word, a tab and a text.
fn may_have_id(line: &str) -> bool {
    let is_word = |id: &str| !id.is_empty() && !id.contains(char::is_whitespace);
    let parts = line.split_once('\t');
    parts.is_some_and(|(id, text)| is_word(id) && !text.contains('\t') && !text.trim().is_empty())
}

fn object(
    name: &Rc<str>,
    file: &str,
    (line, text): (u64, &str),
    number: usize,
) -> Result<Query, Failure> {
    let wrong = |problem: &str| Failure::usage(format!("{name}:{line}: {problem}"), HELP);
    let read: Line = json::parse(file, text).map_err(|problem| {
        let message = format!("{name}:{line}: not a query: {}", problem.message);
        Failure::usage(message, problem.help.unwrap_or(HELP))
    })?;
    let id = match &read.id {
        None => number.to_string(),
        Some(id) => id_of(id).ok_or_else(|| {
            wrong(&format!(
                "the id is {}, expected a string or a number",
                found(id)
            ))
        })?,
    };
    let own = |(at, value): (usize, Value)| {
        let (id, text) =
            own_document(&value).map_err(|problem| wrong(&format!("documents[{at}]{problem}")))?;
        Ok(Document {
            text,
            id,
            file: Rc::clone(name),
            line: Some(line),
        })
    };
    let documents = read.documents.map(|all| {
        let all = all.into_iter().enumerate();
        all.map(own).collect::<Result<_, Failure>>()
    });
    Ok(Query {
        id: Some(id),
        text: read.query,
        documents: documents.transpose()?,
    })
}

/// Returns id and text of a query's own document.
fn own_document(value: &Value) -> Result<(Option<Rc<str>>, String), String> {
    let members = match value {
        Value::String(text) => return Ok((None, text.clone())),
        Value::Object(members) => members,
        other => {
            return Err(format!(
                " is {}, expected a string or an object with `text`",
                found(other)
            ));
        }
    };
    let text = match members.get("text") {
        Some(Value::String(text)) => text.clone(),
        Some(other) => return Err(format!(".text is {}, expected a string", found(other))),
        None => return Err(" has no `text`".to_owned()),
    };
    let id = match members.get("id").or_else(|| members.get("_id")) {
        None | Some(Value::Null) => None,
        Some(id) => Some(
            id_of(id)
                .ok_or_else(|| format!(".id is {}, expected a string or a number", found(id)))?,
        ),
    };
    Ok((id.map(Rc::from), text))
}
