//! Estimates what a command would send and cost.

use bigmodel_rerank::{Estimate, Reranker};

use super::documents::Document;
use super::{remote, scale};
use crate::arguments::RankOptions;
use crate::failure::Failure;
use crate::text::counted;

/// The estimates of one or more calls together.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) all: Estimate,
    /// The requests of the largest call.
    pub(super) most_requests: usize,
}

impl Sum {
    pub(super) fn add(&mut self, one: Estimate) {
        let all = &mut self.all;
        all.requests = all.requests.saturating_add(one.requests);
        all.texts = all.texts.saturating_add(one.texts);
        all.tokens = all.tokens.saturating_add(one.tokens);
        all.blank = all.blank.saturating_add(one.blank);
        self.most_requests = self.most_requests.max(one.requests);
    }
}

/// `--dry-run` with one query.
pub(super) fn of_query(
    options: &RankOptions,
    query: &str,
    documents: &[Document],
) -> Result<String, Failure> {
    // Counting needs no key.
    let client = Reranker::builder().build()?;
    let texts: Vec<_> = documents.iter().map(AsRef::<str>::as_ref).collect();
    let mut sum = Sum::default();
    sum.add(remote::call(options, &client, query, &texts).estimate());
    in_words(options, &sum)
}

/// Returns the estimate in a line.
pub(super) fn in_words(options: &RankOptions, sum: &Sum) -> Result<String, Failure> {
    let scale = scale::name(scale::of(options, sum.most_requests)?);
    let estimate = sum.all;
    let cost = match estimate.cost(options.price) {
        cost if cost > 0.0 && cost < 0.0001 => "less than ¥0.0001".to_owned(),
        cost => format!("about ¥{cost:.4}"),
    };
    let blank = match estimate.blank {
        0 => String::new(),
        blank => format!(", without {}", counted(blank, "blank document")),
    };
    Ok(format!(
        "{}, {}{blank}, about {}, {cost} at ¥{} for a million tokens, {scale} scores; nothing was \
         sent\n",
        counted(estimate.requests, "request"),
        counted(estimate.texts, "text"),
        counted(estimate.tokens, "token"),
        options.price,
    ))
}

/// Rejects a command that would take more tokens than the budget.
pub(super) fn check_budget(options: &RankOptions, tokens: usize) -> Result<(), Failure> {
    match options.budget {
        Some(budget) if tokens > budget => Err(Failure::usage(
            format!("about {tokens} tokens, and the budget is {budget}; nothing was sent"),
            "raise --budget, or rank fewer documents",
        )),
        _ => Ok(()),
    }
}
