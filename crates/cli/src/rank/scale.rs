//! The scale of scores, which is the same for all output of a command.

use bigmodel_rerank::Scale;

use crate::arguments::RankOptions;
use crate::failure::Failure;

/// The scale of a command whose largest call takes this many requests.
///
/// # Errors
///
/// Returns an error if normalized scores are pinned and a query takes several requests: normalized
/// scores of different requests are not known to be comparable.
pub(super) fn of(options: &RankOptions, requests: usize) -> Result<Scale, Failure> {
    match options.scale() {
        Some(Scale::Normalized) if requests > 1 => Err(Failure::usage(
            format!(
                "the documents take {requests} requests, whose normalized scores cannot be compared"
            ),
            match options.min_score {
                Some(_) => "choose a --min-score for raw scores, and pass --scale raw",
                None => "pass --scale raw, or rank fewer documents at a time",
            },
        )),
        Some(scale) => Ok(scale),
        None if requests > 1 => Ok(Scale::Raw),
        None => Ok(Scale::Normalized),
    }
}

/// The name of the scale in results.
pub(super) fn name(scale: Scale) -> &'static str {
    match scale {
        Scale::Raw => "raw",
        _ => "normalized",
    }
}
