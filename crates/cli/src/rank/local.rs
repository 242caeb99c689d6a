//! Ranking in the process: all documents at once, of any length, by shared words.

use std::io::{self, Write as _};

use bigmodel_rerank_engine::{Lexical, Scorer, ranking};

use super::Ranked;
use super::documents::Document;
use super::queries::Query;
use crate::arguments::RankOptions;
use crate::text::printable;

pub(crate) fn rank(options: &RankOptions, query: &Query, documents: &[Document]) -> Ranked {
    if !documents.is_empty() && !Lexical.can_rank(&query.text) {
        warn_without_words(query);
    }
    let texts: Vec<_> = documents.iter().map(AsRef::as_ref).collect();
    let scored = Lexical.score(&query.text, &texts);
    let best = ranking(&scored.documents).into_iter();
    let hits = best.filter_map(|place| {
        let score = scored.documents.get(place)?;
        let score = if options.raw_scores {
            score.raw
        } else {
            score.normalized
        };
        Some((place, score))
    });
    Ranked {
        hits: hits.take(options.top.unwrap_or(usize::MAX)).collect(),
        raw: options.raw_scores,
        saturated: false,
        tokens: Some(i64::try_from(scored.prompt_tokens()).unwrap_or(i64::MAX)),
        request_ids: Vec::new(),
    }
}

/// How much of a query a warning quotes, in characters.
const QUOTED: usize = 60;

fn warn_without_words(query: &Query) {
    let name = match &query.id {
        Some(id) => format!("query {}", printable(id)),
        None => "the query".to_owned(),
    };
    let mut quoted: String = query.text.chars().take(QUOTED).collect();
    if quoted.len() < query.text.len() {
        quoted.push('…');
    }
    let _ = writeln!(
        io::stderr(),
        "warning: {name} has no words, so every document scores 0: {}",
        printable(&quoted)
    );
}
