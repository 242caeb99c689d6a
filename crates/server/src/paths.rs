//! The paths that are served, and their normalization.

use std::sync::LazyLock;

use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use bigmodel_rerank_api::{BASE_URL, RERANK_PATH};
pub(crate) use bigmodel_rerank_form_cohere::{
    RERANK_V1_PATH as RERANK_V1, RERANK_V2_PATH as RERANK_V2,
};
pub(crate) use bigmodel_rerank_form_tei::{INFO_PATH as TEI_INFO, RERANK_PATH as TEI_RERANK};

pub(crate) const PAGE: &str = "/";
pub(crate) const STYLE: &str = "/page.css";
pub(crate) const SCRIPT: &str = "/page.js";
pub(crate) const TEXTS: &str = "/texts.js";
pub(crate) const CONTRACT: &str = "/openapi.yaml";
pub(crate) const HEALTH: &str = "/healthz";
pub(crate) const METRICS: &str = "/metrics";

static RERANK: LazyLock<String> = LazyLock::new(|| format!("{}{RERANK_PATH}", base()));

/// Returns the path of the service's base URL: clients of the service only replace the host.
pub(crate) fn base() -> &'static str {
    let after_scheme = BASE_URL
        .split_once("://")
        .map_or(BASE_URL, |(_, rest)| rest);
    let start = after_scheme.find('/').unwrap_or(after_scheme.len());
    let path = after_scheme.get(start..).unwrap_or_default();
    path.trim_end_matches('/')
}

/// Returns the path of the contract's operation.
pub(crate) fn rerank() -> &'static str {
    &RERANK
}

/// Returns all paths that are served.
pub(crate) fn all() -> [&'static str; 12] {
    [
        rerank(),
        RERANK_V1,
        RERANK_V2,
        TEI_RERANK,
        TEI_INFO,
        PAGE,
        STYLE,
        SCRIPT,
        TEXTS,
        CONTRACT,
        HEALTH,
        METRICS,
    ]
}

/// Removes superfluous slashes, which a base URL with a trailing slash causes, if that results in a
/// served path. Any other path is unchanged.
///
/// nginx merges slashes as well. After a redirect, clients would send the body twice, or not at
/// all.
pub(crate) fn normalize(uri: &mut Uri) {
    let path = uri.path();
    if all().contains(&path) {
        return;
    }
    let Some(served) = all().into_iter().find(|served| is_same(served, path)) else {
        return;
    };
    let path_and_query = match uri.query() {
        Some(query) => format!("{served}?{query}"),
        None => served.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = path_and_query.parse::<PathAndQuery>().ok();
    if let Ok(normalized) = Uri::from_parts(parts) {
        *uri = normalized;
    }
}

/// Returns whether the paths have the same segments, ignoring empty ones.
fn is_same(served: &str, path: &str) -> bool {
    let segments = |path| str::split(path, '/').filter(|segment| !segment.is_empty());
    path.starts_with('/') && segments(served).eq(segments(path))
}

#[cfg(test)]
mod tests {
    use super::{base, normalize, rerank};

    #[test]
    fn the_operation_has_the_path_of_the_service() {
        assert_eq!((base(), rerank()), ("/api", "/api/paas/v4/rerank"));
    }

    #[test]
    fn superfluous_slashes_are_removed_if_that_results_in_a_served_path() {
        for (given, expected) in [
            ("//", "/"),
            ("/api/paas/v4/rerank/", "/api/paas/v4/rerank"),
            ("//api//paas/v4/rerank//?a=b", "/api/paas/v4/rerank?a=b"),
            ("/healthz/", "/healthz"),
            ("http://here//healthz", "http://here/healthz"),
            ("/api//other", "/api//other"),
            ("/api/paas/v4/rerank/x", "/api/paas/v4/rerank/x"),
            ("*", "*"),
        ] {
            let mut uri = given.parse().unwrap();
            normalize(&mut uri);
            assert_eq!(uri.to_string(), expected);
        }
    }
}
