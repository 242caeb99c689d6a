//! The ranking of a query, by the service or on this machine.

use bigmodel_rerank::{Ranking, Scale};

use super::documents::Document;
use crate::failure::{Failure, REFUSED};
use crate::text::{counted, warn};

/// The most refused documents that are listed one by one.
const NAMED: usize = 10;

/// The results of a query, and the documents that are not among them.
pub(super) struct Ranked {
    /// Index and score of each result, best first.
    pub(super) hits: Vec<(usize, f32)>,
    pub(super) scale: Scale,
    /// Whether the scores at the top do not differ.
    pub(super) saturated: bool,
    /// The indices of blank documents, which rank last.
    pub(super) blank: Vec<usize>,
    pub(super) refused: Vec<Refused>,
    /// `None` if the service did not say.
    pub(super) tokens: Option<i64>,
    pub(super) request_ids: Vec<String>,
}

/// A document that the service refused.
pub(super) struct Refused {
    pub(super) index: usize,
    pub(super) code: Option<String>,
    pub(super) message: String,
}

impl From<&Ranking<'_, &str>> for Ranked {
    fn from(ranking: &Ranking<'_, &str>) -> Self {
        let refused = ranking.refused.iter().map(|refused| Refused {
            index: refused.index,
            code: refused.code.clone(),
            message: refused.message.clone(),
        });
        Self {
            hits: ranking.iter().map(|hit| (hit.index, hit.score)).collect(),
            scale: ranking.scale,
            saturated: ranking.is_saturated(),
            blank: ranking.blank.clone(),
            refused: refused.collect(),
            tokens: ranking.usage.map(|usage| usage.total_tokens),
            request_ids: ranking.request_ids.clone(),
        }
    }
}

impl Ranked {
    /// Lists the refused documents on standard error, whatever the output format.
    pub(super) fn warn_of_refused(&self, documents: &[Document]) {
        for refused in self.refused.iter().take(NAMED) {
            let place = documents.get(refused.index).map(Document::place);
            let (place, message) = (place.unwrap_or_default(), &refused.message);
            warn(&format!("{place}: {message}"));
        }
        let more = self.refused.len().saturating_sub(NAMED);
        if more > 0 {
            warn(&format!("{} more were refused", counted(more, "document")));
        }
    }
}

/// The failure that ends a program that has ranked without `refused` of `all` documents.
pub(super) fn without_refused(refused: usize, all: usize) -> Result<(), Failure> {
    let message = match refused {
        0 => return Ok(()),
        _ if refused == all => format!("the service refused every document ({all})"),
        _ => format!(
            "the service refused {}; the others were ranked",
            counted(refused, "document")
        ),
    };
    Err(Failure::with_code(message, "", REFUSED))
}

/// Warns once of blank documents: they rank last, or with a threshold are left out.
pub(super) fn warn_of_blank(blank: usize, has_min_score: bool) {
    let (ranks, is_left) = match blank {
        0 => return,
        1 => ("ranks last and costs", "is left out and costs"),
        _ => ("rank last and cost", "are left out and cost"),
    };
    let documents = counted(blank, "blank document");
    let verb = if has_min_score { is_left } else { ranks };
    warn(&format!("{documents} {verb} nothing"));
}
