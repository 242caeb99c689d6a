//! Help for a failed call: where its documents are, and whether to run the command again.

use bigmodel_rerank::{BaseUrl, Error, ErrorKind};

use super::documents::Document;
use crate::arguments::RankOptions;
use crate::failure::{Failure, INTERRUPTED, PARTIAL};

const RESUME: &str = "with --resume FILE, requests that succeeded are not charged again";
const AGAIN: &str = "run the command again to continue: responses are kept";
const API: &str = "the base URLs of the service and of `rerank serve` end in /api";
const HUB: &str = "to rank with a model of a hub on this machine, add --local";
/// The status of a response from a URL where nothing is.
const NOT_FOUND: u16 = 404;
const SKIP: &str = "--skip-refused ranks the others and lists the refused documents";

/// The failure that ends a command, with help to continue if `is_begun`: something was ranked and
/// charged.
pub(super) fn ending(
    error: Error,
    options: &RankOptions,
    documents: &[Document],
    is_begun: bool,
) -> Failure {
    let may_resume = is_begun && helps_again(&error);
    let failure = failure(error, options, documents);
    match may_resume {
        true => with_resumption(failure, options),
        false => failure,
    }
}

/// The failure of a call, with the documents that caused it.
pub(super) fn failure(error: Error, options: &RankOptions, documents: &[Document]) -> Failure {
    let (place, help) = (place(&error, documents), help(&error, options));
    let mut failure = Failure::from(error);
    if let Some(place) = place {
        failure = failure.with_detail(&place);
    }
    match help {
        Some(help) => failure.with_help(&help),
        None => failure,
    }
}

/// The failure that ended the ranking of several queries, with the number of ranked ones.
pub(super) fn with_progress(
    failure: Failure,
    (ranked, all): (usize, usize),
    interrupted: Option<u8>,
) -> Failure {
    let status = match (interrupted, failure.status()) {
        (Some(status), _) => status,
        (None, INTERRUPTED) => INTERRUPTED,
        _ if ranked > 0 => PARTIAL,
        (None, status) => status,
    };
    failure
        .with_detail(&format!("{ranked} of {all} queries were ranked"))
        .with_status(status)
}

/// Adds how to continue.
pub(super) fn with_resumption(failure: Failure, options: &RankOptions) -> Failure {
    failure.with_help(match options.resume {
        Some(_) => AGAIN,
        None => RESUME,
    })
}

/// Whether the same call may succeed later.
fn helps_again(error: &Error) -> bool {
    !matches!(
        error.kind(),
        ErrorKind::InvalidRequest | ErrorKind::ContentRefused
    )
}

fn help(error: &Error, options: &RankOptions) -> Option<String> {
    let help = match error.kind() {
        _ if error.is_refusal_of_documents() && !options.skip_refused => SKIP,
        ErrorKind::Budget => "raise --budget, or rank fewer documents",
        ErrorKind::Authentication => "check the API key, or rank on this machine with --local",
        _ if error.status() == Some(NOT_FOUND)
            && base_url(options).is_some_and(|url| !url.ends_with("/api")) =>
        {
            API
        }
        // Only a code of the service can be refused.
        ErrorKind::InvalidRequest if options.model_code().contains('/') => HUB,
        ErrorKind::Quota => "top up the account, or rank on this machine with --local",
        ErrorKind::RateLimited => "send fewer requests at once, with --concurrency",
        // The message has the client's name of the timeout.
        ErrorKind::Transport if error.is_timeout() && !error.is_connect() => {
            match options.service.attempt_timeout {
                Some(limit) if limit < options.service.timeout => {
                    "the service is slow: give it more time with --attempt-timeout"
                }
                _ => "the service is slow: give it more time with --timeout",
            }
        }
        // The message names the variables.
        _ if error.is_proxy() => return None,
        ErrorKind::Transport if error.is_connect() => {
            let url = base_url(options)?;
            return Some(format!(
                "check the base URL, which --base-url or RERANK_BASE_URL sets: {url}"
            ));
        }
        _ => return None,
    };
    Some(help.to_owned())
}

/// Returns the base URL that the options set. Its query may be a credential, and is not shown.
fn base_url(options: &RankOptions) -> Option<String> {
    let url: BaseUrl = options.service.base_url()?.parse().ok()?;
    Some(url.to_string())
}

/// Returns where the documents of the failed request are in the input files.
fn place(error: &Error, documents: &[Document]) -> Option<String> {
    if let Some(index) = error.document() {
        return Some(format!(
            "document {index} is {}",
            documents.get(index)?.place()
        ));
    }
    if !error.is_refusal_of_documents() {
        return None;
    }
    let place = |index: Option<&usize>| Some(documents.get(*index?)?.place());
    let indices = error.documents();
    let (first, last) = (place(indices.first())?, place(indices.last())?);
    Some(match indices.len() {
        1 => format!("the document is {first}"),
        count if first == last => format!("it is among {count} documents of {first}"),
        count => format!("it is among {count} documents, from {first} to {last}"),
    })
}
