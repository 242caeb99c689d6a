//! Checks a call before anything is sent: limits, blank documents, budget.

use std::fmt::Write as _;

use bigmodel_rerank_api::types::RerankRequest;
use bigmodel_rerank_api::validation::Validate as _;

use crate::blank_documents::{begins_visibly, is_blank};
use crate::long_documents::MAX_CHARACTERS;
use crate::{BlankDocuments, Error, ErrorKind, LongDocuments, Rerank, Scale};

/// The number of documents that one message lists.
const NAMED: usize = 5;

/// A call that may be sent.
pub(crate) struct Checked {
    /// The indices of blank documents, which are not sent.
    pub(crate) blank: Vec<usize>,
    /// Tokens of the budget beyond the estimate of the call.
    pub(crate) spare: usize,
}

impl<'a, D: Sync> Rerank<'a, D> {
    pub(crate) fn check(&self) -> Result<Checked, Error> {
        let settings = &self.settings;
        settings.check_ranges().map_err(invalid)?;
        if is_blank(self.query) {
            return Err(invalid("query: blank, expected visible text"));
        }
        let mut probe = RerankRequest::new(settings.model.clone(), self.query, [""; 0]);
        probe.user_id.clone_from(&settings.user_id);
        probe
            .validate()
            .map_err(|broken| invalid(broken.to_string()).caused_by(broken))?;
        let blank = self.check_documents()?;
        self.check_scale(blank.len())?;
        let spare = self.check_budget(blank.len())?;
        if !blank.is_empty() {
            tracing::warn!(
                documents = blank.len(),
                "blank documents are not sent and rank last"
            );
        }
        Ok(Checked { blank, spare })
    }

    /// Returns the number of blank documents, which are not sent.
    pub(crate) fn count_blank(&self) -> usize {
        match self.settings.blank_documents {
            BlankDocuments::Send => 0,
            BlankDocuments::RankLast | BlankDocuments::Reject => {
                let mut count = 0_usize;
                self.for_each_text(|_, text| {
                    count = count.saturating_add(usize::from(is_blank(text)));
                });
                count
            }
        }
    }

    /// Checks the length of each document, and whether it is blank, in one pass.
    fn check_documents(&self) -> Result<Vec<usize>, Error> {
        let settings = &self.settings;
        let mut unusual = Unusual {
            rejects_long: settings.long_documents == LongDocuments::Reject,
            finds_blank: settings.blank_documents != BlankDocuments::Send,
            ..Unusual::default()
        };
        self.for_each_text(|index, text| {
            // Every character takes at least a byte.
            if text.len() > MAX_CHARACTERS || !begins_visibly(text) {
                unusual.look_at(index, text);
            }
        });
        if let Some(message) = unusual.long.message() {
            return Err(invalid(
                message + "truncate or split long documents, or leave them out",
            ));
        }
        if settings.blank_documents == BlankDocuments::Reject {
            let mut rejected = Named::default();
            for index in &unusual.blank {
                rejected.add(*index, format_args!("blank, expected visible text"));
            }
            if let Some(message) = rejected.message() {
                return Err(invalid(message + "leave blank documents out"));
            }
        }
        Ok(unusual.blank)
    }

    /// Rejects several requests on normalized scores, unless the caller chose to merge these.
    fn check_scale(&self, blank: usize) -> Result<(), Error> {
        let settings = &self.settings;
        if settings.pinned_scale() != Some(Scale::Normalized)
            || settings.merges_on(Scale::Normalized)
        {
            return Ok(());
        }
        let requests = self.packed(blank > 0).count();
        if requests < 2 {
            return Ok(());
        }
        let (pinned, remedy) = match settings.scale {
            Some(_) => ("the scale is pinned to normalized scores", "pin raw scores"),
            None => (
                "`min_score` is on normalized scores",
                "pin raw scores, with a raw `min_score`",
            ),
        };
        Err(invalid(format!(
            "{pinned}, and the documents take {requests} requests, whose normalized scores are not \
             known to compare; {remedy} (`scale(Scale::Raw)`), or merge normalized scores \
             knowingly (`merge_on(Scale::Normalized)`)"
        )))
    }

    /// Returns the remaining budget.
    fn check_budget(&self, blank: usize) -> Result<usize, Error> {
        let Some(budget) = self.settings.budget else {
            return Ok(0);
        };
        let tokens = self.estimate_with(blank).tokens;
        budget.checked_sub(tokens).ok_or_else(|| {
            let problem =
                format!("about {tokens} tokens, and the budget is {budget}; nothing was sent");
            Error::new(ErrorKind::Budget, problem)
        })
    }
}

fn invalid(problem: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidRequest, problem)
}

/// The documents that break a limit.
#[derive(Default)]
struct Unusual {
    rejects_long: bool,
    finds_blank: bool,
    blank: Vec<usize>,
    long: Named,
}

impl Unusual {
    fn look_at(&mut self, index: usize, text: &str) {
        if self.finds_blank && is_blank(text) {
            self.blank.push(index);
        } else if self.rejects_long && text.len() > MAX_CHARACTERS {
            let length = text.chars().count();
            if length > MAX_CHARACTERS {
                let problem = format_args!("{length} characters, at most {MAX_CHARACTERS}");
                self.long.add(index, problem);
            }
        }
    }
}

/// A message that lists the first few rejected documents.
#[derive(Default)]
struct Named {
    text: String,
    count: usize,
}

impl Named {
    fn add(&mut self, index: usize, problem: std::fmt::Arguments<'_>) {
        if self.count < NAMED {
            // Writing to a string does not fail.
            let _ = write!(self.text, "documents[{index}]: {problem}; ");
        }
        self.count = self.count.saturating_add(1);
    }

    fn message(mut self) -> Option<String> {
        let more = self.count.saturating_sub(NAMED);
        if more > 0 {
            let _ = write!(self.text, "and {more} more; ");
        }
        (self.count > 0).then_some(self.text)
    }
}
