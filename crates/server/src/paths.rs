//! The paths that are served, and their other spellings.

use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// The contract's operation, below the base URL `/api`.
pub(crate) const RERANK: &str = "/api/paas/v4/rerank";
pub(crate) const PAGE: &str = "/";
pub(crate) const STYLE: &str = "/page.css";
pub(crate) const SCRIPT: &str = "/page.js";
pub(crate) const TEXTS: &str = "/texts.js";
pub(crate) const CONTRACT: &str = "/openapi.yaml";
pub(crate) const HEALTH: &str = "/healthz";
pub(crate) const METRICS: &str = "/metrics";
/// All paths.
pub(crate) const ALL: [&str; 8] = [
    RERANK, PAGE, STYLE, SCRIPT, TEXTS, CONTRACT, HEALTH, METRICS,
];

/// Removes repeated slashes from a path that is served without them, since base URLs often end
/// with a slash. nginx merges slashes too; after a redirect, clients would send their body twice,
/// or not at all. Any other path stays unchanged.
pub(crate) fn normalize(uri: &mut Uri) {
    let path = uri.path();
    if ALL.contains(&path) {
        return;
    }
    let Some(served) = ALL.into_iter().find(|served| same(served, path)) else {
        return;
    };
    let rest = match uri.query() {
        Some(query) => format!("{served}?{query}"),
        None => served.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = rest.parse::<PathAndQuery>().ok();
    if let Ok(normal) = Uri::from_parts(parts) {
        *uri = normal;
    }
}

/// Whether the paths have the same segments, apart from empty ones.
fn same(served: &str, path: &str) -> bool {
    let segments = |path| str::split(path, '/').filter(|segment| !segment.is_empty());
    path.starts_with('/') && segments(served).eq(segments(path))
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn slashes_too_many_are_dropped_where_that_gives_a_served_path() {
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
