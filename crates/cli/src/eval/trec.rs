//! Files of TREC: judgements (qrels) and runs, in columns between white space.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::failure::Failure;
use crate::input::{numbered, text_of};
use crate::text::counted;

/// The greatest relevance; with it, sums of gains are exact enough, and finite.
pub(super) const MOST: f64 = 1e6;

/// The relevance of documents, by query.
pub(super) type Judgements = BTreeMap<String, HashMap<String, f64>>;
/// The documents of each query, best first.
pub(super) type Run = HashMap<String, Vec<String>>;

/// The header of BEIR's judgements.
const BEIR: [&str; 3] = ["query-id", "corpus-id", "score"];

/// Reads a line of query, iteration, document and relevance for each judgement; or, below the
/// header of BEIR, of query, document and relevance.
pub(super) fn judgements(name: &str, text: &str) -> Result<Judgements, Failure> {
    let form = "query, iteration, document, relevance; or query, document, relevance below the \
        header `query-id corpus-id score`";
    let mut judgements = Judgements::new();
    let mut is_beir = None;
    each_line(name, text, form, |columns, wrong| {
        if is_beir.is_none() {
            is_beir = Some(columns == BEIR);
            if columns == BEIR {
                return Ok(());
            }
        }
        let is_beir = is_beir.unwrap_or_default();
        let (query, document, relevance) = match columns {
            [query, document, relevance] if is_beir => (query, document, relevance),
            [query, _, document, relevance] if !is_beir => (query, document, relevance),
            _ => {
                let expected = if is_beir { 3 } else { 4 };
                let hint = match columns.len() {
                    6 => " (a run has 6; the judgements come first)",
                    _ => "",
                };
                return Err(wrong(&format!(
                    "found {}, expected {expected}{hint}",
                    counted(columns.len(), "column")
                )));
            }
        };
        let relevance = number(relevance)
            .filter(|relevance| relevance.abs() <= MOST)
            .ok_or_else(|| wrong("the relevance is not a number up to a million"))?;
        let of_query = judgements.entry((*query).to_owned()).or_default();
        match of_query.insert((*document).to_owned(), relevance) {
            None => Ok(()),
            Some(_) => Err(wrong(&format!("{document} was judged for {query} before"))),
        }
    })?;
    Ok(judgements)
}

/// Reads a line of query, `Q0`, document, rank, score and name for each result.
pub(super) fn run(file: &Path) -> Result<Run, Failure> {
    let form = "query, Q0, document, rank, score, name";
    let mut scores = HashMap::<String, HashMap<String, f32>>::new();
    let name = file.display().to_string();
    let text = text_of(file, &name)?;
    each_line(&name, &text, form, |columns, wrong| {
        let [query, _, document, _, score, _] = columns else {
            let found = counted(columns.len(), "column");
            return Err(wrong(&format!("found {found}, expected 6")));
        };
        let score = number(score).ok_or_else(|| wrong("the score is not a finite number"))?;
        // trec_eval reads a double and keeps a float: scores that are equal then are ordered by name.
        // Adding 0 makes 0 of -0.
        let score = score as f32 + 0.0;
        let of_query = scores.entry((*query).to_owned()).or_default();
        match of_query.insert((*document).to_owned(), score) {
            None => Ok(()),
            Some(_) => Err(wrong(&format!("{document} is in {query} before"))),
        }
    })?;
    let ranked = scores.into_iter().map(|(query, scores)| {
        let mut ranked: Vec<_> = scores.into_iter().collect();
        // Of equal scores the greater name first, as in trec_eval.
        ranked.sort_by(|(one, a), (other, b)| b.total_cmp(a).then_with(|| other.cmp(one)));
        let documents = ranked.into_iter().map(|(document, _)| document);
        (query, documents.collect())
    });
    Ok(ranked.collect())
}

/// Reads a text line by line; problems are reported with their line.
fn each_line(
    name: &str,
    text: &str,
    form: &str,
    mut read: impl FnMut(&[&str], &dyn Fn(&str) -> Failure) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for (line, text) in numbered(text) {
        let columns: Vec<_> = text.split_whitespace().collect();
        let help = format!("each line has {form}");
        read(&columns, &|problem| {
            Failure::usage(format!("{name}:{line}: {problem}"), &help)
        })?;
    }
    Ok(())
}

/// Returns a finite number.
fn number(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    number.is_finite().then_some(number)
}
