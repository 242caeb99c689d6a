//! Files of TREC: judgements (qrels) and runs, in columns between white space.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::failure::Failure;
use crate::text::{numbered, text_of};

/// The greatest relevance; with it, sums of gains are exact enough, and finite.
const MOST: f64 = 1e6;

/// The relevance of documents, by query.
pub(super) type Judgements = BTreeMap<String, HashMap<String, f64>>;
/// The documents of each query, best first.
pub(super) type Run = HashMap<String, Vec<String>>;

/// A line of query, iteration, document and relevance for each judgement.
pub(super) fn judgements(file: &Path) -> Result<Judgements, Failure> {
    let form = "query, iteration, document, relevance";
    let mut judgements = Judgements::new();
    each_line(file, form, |columns, wrong| {
        let [query, _, document, relevance] = columns else {
            return Err(wrong(&format!("{} columns, not 4", columns.len())));
        };
        let relevance = number(relevance)
            .filter(|relevance| relevance.abs() <= MOST)
            .ok_or_else(|| wrong("the relevance is no number up to a million"))?;
        let of_query = judgements.entry((*query).to_owned()).or_default();
        match of_query.insert((*document).to_owned(), relevance) {
            None => Ok(()),
            Some(_) => Err(wrong(&format!("{document} was judged for {query} before"))),
        }
    })?;
    Ok(judgements)
}

/// A line of query, `Q0`, document, place, score and name for each result.
pub(super) fn run(file: &Path) -> Result<Run, Failure> {
    let form = "query, Q0, document, place, score, name";
    let mut scores = HashMap::<String, HashMap<String, f64>>::new();
    each_line(file, form, |columns, wrong| {
        let [query, _, document, _, score, _] = columns else {
            return Err(wrong(&format!("{} columns, not 6", columns.len())));
        };
        let score = number(score).ok_or_else(|| wrong("the score is no number"))?;
        let of_query = scores.entry((*query).to_owned()).or_default();
        match of_query.insert((*document).to_owned(), score) {
            None => Ok(()),
            Some(_) => Err(wrong(&format!("{document} is in {query} before"))),
        }
    })?;
    let ranked = scores.into_iter().map(|(query, scores)| {
        let mut ranked: Vec<_> = scores.into_iter().collect();
        // Of equal scores the greater name first, as trec_eval has it.
        ranked.sort_by(|(one, a), (other, b)| b.total_cmp(a).then_with(|| other.cmp(one)));
        let documents = ranked.into_iter().map(|(document, _)| document);
        (query, documents.collect())
    });
    Ok(ranked.collect())
}

/// Reads a file line by line; what is wrong is told with its place.
fn each_line(
    file: &Path,
    form: &str,
    mut read: impl FnMut(&[&str], &dyn Fn(&str) -> Failure) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let name = file.display().to_string();
    let text = text_of(file, &name)?;
    for (line, text) in numbered(&text) {
        let columns: Vec<_> = text.split_whitespace().collect();
        let help = format!("each line has {form}");
        read(&columns, &|problem| {
            Failure::usage(format!("{name}:{line}: {problem}"), &help)
        })?;
    }
    Ok(())
}

/// A finite number; 0 and -0 are equal.
fn number(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    number.is_finite().then_some(number + 0.0)
}
