//! Ranks in this process, by shared words or with a model: all documents at once, of any length.

use bigmodel_rerank::{Scale, is_blank};
use bigmodel_rerank_engine::{Cancellation, Scorer, ScorerKind, ranking};

use super::documents::Document;
use super::queries::Query;
use super::ranked::Ranked;
use crate::arguments::RankOptions;
use crate::failure::Failure;
use crate::scorer;
use crate::text::warn;

/// Returns what ranks on this machine.
pub(crate) fn scorer(options: &RankOptions) -> Result<Box<dyn Scorer>, Failure> {
    Ok(scorer::load(options.model.as_deref(), &options.model_options)?.scorer)
}

pub(crate) fn rank(
    scorer: &dyn Scorer,
    options: &RankOptions,
    query: &Query,
    documents: &[Document],
) -> Result<Ranked, Failure> {
    let is_lexical = scorer.description().kind == ScorerKind::Lexical;
    if is_lexical && !documents.is_empty() && !scorer.can_rank(&query.text) {
        warn_without_words(query);
    }
    let texts: Vec<_> = documents.iter().map(AsRef::as_ref).collect();
    let scored = scorer
        .score(&query.text, &texts, &Cancellation::new())
        .map_err(|error| Failure::new(error.to_string(), ""))?;
    let scale = options.scale().unwrap_or_default();
    let hit = |index: usize| {
        let score = scored.documents.get(index)?;
        let score = match scale {
            Scale::Raw => score.raw,
            _ => score.normalized,
        };
        Some((index, score))
    };
    let best = ranking(&scored.documents).into_iter().filter_map(hit);
    let is_blank = |index: usize| texts.get(index).is_some_and(|text| is_blank(text));
    let (blank, mut hits): (Vec<_>, Vec<_>) = best.partition(|(index, _)| is_blank(*index));
    if let Some(least) = options.min_score {
        hits.retain(|(_, score)| *score >= least);
    } else {
        hits.extend(&blank);
    }
    hits.truncate(options.top.unwrap_or(usize::MAX));
    Ok(Ranked {
        hits,
        scale,
        saturated: false,
        blank: blank.into_iter().map(|(index, _)| index).collect(),
        refused: Vec::new(),
        tokens: Some(i64::try_from(scored.prompt_tokens()).unwrap_or(i64::MAX)),
        request_ids: Vec::new(),
    })
}

/// The most characters of a query that a warning quotes.
const QUOTED: usize = 60;

fn warn_without_words(query: &Query) {
    let name = match &query.id {
        Some(id) => format!("query {id}"),
        None => "the query".to_owned(),
    };
    let mut quoted: String = query.text.chars().take(QUOTED).collect();
    if quoted.len() < query.text.len() {
        quoted.push('…');
    }
    warn(&format!(
        "{name} has no words, so every document scores 0: {quoted}"
    ));
}
