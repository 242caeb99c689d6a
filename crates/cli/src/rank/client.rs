//! Builds the client from the options.

use std::time::Duration;

use bigmodel_rerank::{
    ApiKey, Authentication, BaseUrl, Error, ErrorKind, RefusedDocuments, Reranker, api,
};

use super::response_file::ResponseFile;
use crate::arguments::RankOptions;
use crate::failure::Failure;

/// Builds the client. Nothing is sent.
pub(super) fn client(options: &RankOptions) -> Result<Reranker, Failure> {
    let mut builder = Reranker::builder()
        .model(options.model_code())
        .timeout(Duration::from_secs(options.timeout))
        .refused_documents(match options.skip_refused {
            true => RefusedDocuments::Skip,
            false => RefusedDocuments::Fail,
        });
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
    let url = options.base_url().unwrap_or(api::BASE_URL);
    if let Some(file) = &options.resume {
        // All spellings of a URL name the same service.
        let service: BaseUrl = url.parse()?;
        builder = builder.response_cache(ResponseFile::open(file, &service.to_string())?);
    }
    builder = builder.base_url(url);
    if options.jwt {
        builder = builder.authentication(Authentication::Jwt);
    }
    Ok(builder.build()?)
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
