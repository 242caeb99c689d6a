//! Checks the ranges of settings. Values out of range are errors, and are never replaced.

use std::time::Duration;

use crate::long_documents::MAX_CHARACTERS;
use crate::seconds::seconds;
use crate::settings::Settings;
use crate::{Limits, LongDocuments};

/// The most requests of a call that may be in flight at once: as many connections as a process
/// may usually open.
const MAX_CONCURRENCY: usize = 1024;

impl Settings {
    /// Checks all settings; the error describes the first setting that is out of range.
    pub(crate) fn check_ranges(&self) -> Result<(), String> {
        within("concurrency", self.concurrency, 1, MAX_CONCURRENCY)?;
        let documents = self.limits.documents;
        within("limits.documents", documents, 1, Limits::MAX_DOCUMENTS)?;
        if self.limits.characters == 0 {
            return Err("limits.characters is 0, expected 1 or more".to_owned());
        }
        if let LongDocuments::Split { overlap } = self.long_documents {
            within("long_documents.overlap", overlap, 0, MAX_CHARACTERS - 1)?;
        }
        if self.retry.max_attempts == 0 {
            return Err(
                "retry.max_attempts is 0, expected 1 or more: the first attempt counts".to_owned(),
            );
        }
        positive("timeout", self.timeout)?;
        if let Some(timeout) = self.attempt_timeout {
            positive("attempt_timeout", timeout)?;
        }
        match self.min_score {
            Some(score) if score.is_nan() => {
                Err("min_score is NaN, expected a number that scores compare with".to_owned())
            }
            _ => Ok(()),
        }
    }
}

fn within(name: &str, value: usize, min: usize, max: usize) -> Result<(), String> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(format!("{name} is {value}, expected {min} to {max}"))
}

pub(crate) fn positive(name: &str, timeout: Duration) -> Result<(), String> {
    if timeout.is_zero() {
        let found = seconds(timeout);
        return Err(format!("{name} is {found}, expected more than {found}"));
    }
    Ok(())
}
