//! Labelled sets: queries with the texts and grades of their candidates.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::trec::{Judgements, MOST};
use crate::failure::Failure;
use crate::input::numbered;
use crate::json::{self, found, id_of};

const HELP: &str = "each line is an object such as \
    {\"query\": \"…\", \"candidates\": [{\"text\": \"…\", \"grade\": 2}, …]}; \
    queries and candidates may have an id";

/// A query and its candidates.
pub(super) struct Labelled {
    pub(super) id: String,
    pub(super) query: String,
    pub(super) texts: Vec<String>,
    /// The names of the candidates: their ids, or else their indices.
    pub(super) names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(alias = "text")]
    query: String,
    #[serde(alias = "_id")]
    id: Option<Value>,
    #[serde(alias = "documents")]
    candidates: Vec<Candidate>,
    #[serde(rename = "metadata")]
    _metadata: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Candidate {
    text: String,
    #[serde(alias = "relevance")]
    grade: f64,
    #[serde(alias = "_id")]
    id: Option<Value>,
}

/// Returns whether a text is a labelled set, and not judgements.
pub(super) fn is_labelled(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// Reads a labelled set.
pub(super) fn read(name: &str, text: &str) -> Result<(Vec<Labelled>, Judgements), Failure> {
    if json::is_array(text) {
        let message = format!("{name}: {}", json::ARRAY);
        return Err(Failure::usage(message, json::ARRAY_HELP));
    }
    let (mut queries, mut judgements) = (Vec::new(), BTreeMap::new());
    for (number, (line, of_line)) in (1_usize..).zip(numbered(text)) {
        let wrong = |problem: &str| Failure::usage(format!("{name}:{line}: {problem}"), HELP);
        let read: Line = json::parse(text, of_line).map_err(|problem| {
            let message = format!("{name}:{line}: not a labelled query: {}", problem.message);
            Failure::usage(message, problem.help.unwrap_or(HELP))
        })?;
        let id = id_or(read.id.as_ref(), number).map_err(|problem| wrong(&problem))?;
        if read.query.trim().is_empty() {
            return Err(wrong("the query is blank"));
        }
        let mut labelled = Labelled {
            id: id.clone(),
            query: read.query,
            texts: Vec::new(),
            names: Vec::new(),
        };
        let mut grades = HashMap::new();
        for (index, candidate) in read.candidates.into_iter().enumerate() {
            let at = |problem: &str| wrong(&format!("candidates[{index}]{problem}"));
            let name = id_or(candidate.id.as_ref(), index).map_err(|it| at(&format!(": {it}")))?;
            if candidate.grade.abs() > MOST {
                return Err(at(".grade is not a number up to a million"));
            }
            if grades.insert(name.clone(), candidate.grade).is_some() {
                return Err(at(&format!(" has the id of another one, {name}")));
            }
            labelled.texts.push(candidate.text);
            labelled.names.push(name);
        }
        if judgements.insert(id, grades).is_some() {
            let id = &labelled.id;
            return Err(wrong(&format!("an earlier query has the same id, {id}")));
        }
        queries.push(labelled);
    }
    Ok((queries, judgements))
}

/// Returns an id as text, or the number in its place.
fn id_or(id: Option<&Value>, number: usize) -> Result<String, String> {
    match id {
        None => Ok(number.to_string()),
        Some(id) => id_of(id)
            .ok_or_else(|| format!("the id is {}, expected a string or a number", found(id))),
    }
}

/// Keeps the queries that are judged.
pub(super) fn retain(queries: &mut Vec<Labelled>, judged: &Judgements) {
    let ids: HashSet<_> = judged.keys().collect();
    queries.retain(|query| ids.contains(&query.id));
}
