//! Ranking in the process: all documents at once, of any length, by shared words.

use bigmodel_rerank_engine::{Lexical, Scorer, ranking};

use super::Ranked;
use super::documents::Document;
use crate::arguments::RankOptions;

pub(crate) fn rank(options: &RankOptions, query: &str, documents: &[Document]) -> Ranked {
    let texts: Vec<_> = documents.iter().map(AsRef::as_ref).collect();
    let scored = Lexical.score(query, &texts);
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
