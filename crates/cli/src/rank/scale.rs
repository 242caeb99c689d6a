//! The scale of scores: one for all that a command prints.

use bigmodel_rerank::Scale;

use crate::arguments::RankOptions;
use crate::failure::Failure;

/// The scale of a command whose largest call takes this many requests.
///
/// # Errors
///
/// Normalized scores of different requests are not known to compare: a command that is bound to
/// them may not need more than one for a query.
pub(super) fn of(options: &RankOptions, requests: usize) -> Result<Scale, Failure> {
    match options.scale() {
        Some(Scale::Normalized) if requests > 1 => Err(Failure::usage(
            format!(
                "the documents take {requests} requests, whose normalized scores cannot be compared"
            ),
            match options.min_score {
                Some(_) => "choose a --min-score for raw scores, and give --scale raw",
                None => "give --scale raw, or rank fewer documents at a time",
            },
        )),
        Some(scale) => Ok(scale),
        None if requests > 1 => Ok(Scale::Raw),
        None => Ok(Scale::Normalized),
    }
}

/// The scale as it is named in results.
pub(super) fn name(scale: Scale) -> &'static str {
    match scale {
        Scale::Raw => "raw",
        _ => "normalized",
    }
}
