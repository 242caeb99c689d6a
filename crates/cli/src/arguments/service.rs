//! Options of calls to the service.

#![allow(
    rustdoc::bare_urls,
    reason = "the comments are the program's help, and are read on a terminal"
)]

use std::path::PathBuf;

use clap::Args;

use super::{concurrency, seconds};

/// How the service is called.
#[derive(Args, Debug)]
pub(crate) struct ServiceOptions {
    /// Base URL of the service: https://api.z.ai/api, a gateway, or http://127.0.0.1:8321/api for
    /// `rerank serve`. A path that ends in /paas/v4 or /paas/v4/rerank is recognized.
    #[arg(
        long,
        value_name = "URL",
        env = "RERANK_BASE_URL",
        // A query in it may be a credential.
        hide_env_values = true,
        help_heading = "Service"
    )]
    pub(crate) base_url: Option<String>,

    /// File with the API key; takes precedence over the environment.
    #[arg(long, value_name = "FILE", help_heading = "Service")]
    pub(crate) api_key_file: Option<PathBuf>,

    /// Send a token signed with the key's secret instead of the key.
    #[arg(long, help_heading = "Service")]
    pub(crate) jwt: bool,

    /// Most requests in flight at once.
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 4,
        value_parser = concurrency,
        allow_negative_numbers = true,
        help_heading = "Service"
    )]
    pub(crate) concurrency: usize,

    /// Timeout of a query in seconds, retries included.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 120,
        value_parser = seconds,
        allow_negative_numbers = true,
        help_heading = "Service"
    )]
    pub(crate) timeout: u64,

    /// Timeout of one attempt in seconds; then the request is sent again, and the service may
    /// charge both. By default an attempt may take as long as its query, so that a slow request is
    /// sent once.
    #[arg(
        long,
        value_name = "SECONDS",
        value_parser = seconds,
        allow_negative_numbers = true,
        help_heading = "Service"
    )]
    pub(crate) attempt_timeout: Option<u64>,
}

impl ServiceOptions {
    /// Returns the base URL, if one is set. An empty variable counts as unset.
    pub(crate) fn base_url(&self) -> Option<&str> {
        let url = self.base_url.as_deref().map(str::trim);
        url.filter(|url| !url.is_empty())
    }
}
