//! Builds the client from the options.

use bigmodel_rerank::{BaseUrl, RefusedDocuments, Reranker};

use super::response_file::ResponseFile;
use crate::arguments::RankOptions;
use crate::failure::Failure;
use crate::{scorer, service};

/// Builds the client. Nothing is sent.
pub(super) fn client(options: &RankOptions) -> Result<Reranker, Failure> {
    if let Some(model) = &options.model
        && scorer::is_here(model)
    {
        return Err(Failure::usage(
            format!("{model} is a model on this machine, and the service has its own"),
            "add --local to rank with it",
        ));
    }
    let builder = service::builder(&options.service, options.model_code())?;
    let mut builder = builder.refused_documents(match options.skip_refused {
        true => RefusedDocuments::Skip,
        false => RefusedDocuments::Fail,
    });
    if let Some(file) = &options.resume {
        // All spellings of a URL name the same service.
        let service: BaseUrl = service::url(&options.service).parse()?;
        builder = builder.response_cache(ResponseFile::open(file, &service.to_string())?);
    }
    Ok(builder.build()?)
}
