//! Sets up the client of the service from the options.

use std::time::Duration;

use bigmodel_rerank::{ApiKey, Authentication, Error, ErrorKind, Reranker, RerankerBuilder, api};

use crate::arguments::ServiceOptions;
use crate::failure::Failure;

/// Returns a builder for a client with this model. Nothing is sent.
pub(crate) fn builder(options: &ServiceOptions, model: &str) -> Result<RerankerBuilder, Failure> {
    let mut builder = Reranker::builder()
        .model(model)
        .timeout(Duration::from_secs(options.timeout))
        .base_url(url(options));
    if let Some(seconds) = options.attempt_timeout {
        builder = builder.attempt_timeout(Duration::from_secs(seconds));
    }
    let key = match &options.api_key_file {
        Some(file) => ApiKey::from_file(file),
        None => ApiKey::from_env(),
    };
    match (key, options.base_url()) {
        (Ok(key), _) => builder = builder.api_key(key),
        // Other endpoints may not require a key.
        (Err(error), Some(_)) if is_missing(&error) => {}
        (Err(error), None) if is_missing(&error) => return Err(no_key()),
        (Err(error), _) => return Err(error.into()),
    }
    if options.jwt {
        builder = builder.authentication(Authentication::Jwt);
    }
    Ok(builder)
}

/// Returns the base URL of the service.
pub(crate) fn url(options: &ServiceOptions) -> &str {
    options.base_url().unwrap_or(api::BASE_URL)
}

/// Whether no key is set, rather than an invalid one.
fn is_missing(error: &Error) -> bool {
    error.kind() == ErrorKind::Authentication
}

fn no_key() -> Failure {
    Failure::with_code(
        "no API key: neither ZHIPUAI_API_KEY, ZAI_API_KEY nor ZHIPU_API_KEY is set",
        "set ZHIPUAI_API_KEY to a key from bigmodel.cn, name a file with --api-key-file, or rank \
         here with --local",
        3,
    )
}
