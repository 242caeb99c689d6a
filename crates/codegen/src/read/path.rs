//! Path templates: whether they make a URL, and names made from them.

use bigmodel_rerank_openapi::Method;
use bigmodel_rerank_openapi::reference::percent_decoded;

use super::params::template_names;
use crate::names::snake;

/// A path that no URL can be made of.
pub(super) fn unsound(path: &str) -> Option<&'static str> {
    let outside: String = {
        let mut depth = 0_usize;
        let mut outside = String::new();
        for c in path.chars() {
            match c {
                '{' if depth > 0 => return Some("has a brace within braces"),
                '{' => depth = 1,
                '}' if depth == 0 => return Some("closes a brace that was never opened"),
                '}' => depth = 0,
                c if depth == 0 => outside.push(c),
                _ => {}
            }
        }
        if depth > 0 {
            return Some("opens a brace and never closes it");
        }
        outside
    };
    if !path.starts_with('/') {
        return Some("does not begin with `/`");
    }
    if outside.contains(['?', '#']) {
        return Some("holds a query or fragment: those are parameters");
    }
    if path
        .split('/')
        .any(|segment| [".", ".."].contains(&&*percent_decoded(segment)))
    {
        return Some("holds a `.` or `..`, which clients resolve away");
    }
    let mut names = template_names(path);
    if names.iter().any(|name| name.is_empty()) {
        return Some("has empty braces");
    }
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    (names.len() < count).then_some("names one parameter twice")
}

/// A name from method and path: what follows the version, and the verb unless it is POST.
///
/// `POST /paas/v4/rerank` is `rerank`; `GET /v1/pets/{petId}` is `get_pets_by_pet_id`.
pub(super) fn derived_name(method: Method, path: &str) -> String {
    let segments = segments(path);
    let is_version = |segment: &&str| {
        segment
            .strip_prefix('v')
            .is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
    };
    let start = segments
        .iter()
        .position(is_version)
        .map_or(0, |index| index + 1);
    let after = segments.get(start..).unwrap_or_default();
    let words = if after.is_empty() {
        segments.as_slice()
    } else {
        after
    };
    let verb = if method == Method::Post {
        ""
    } else {
        method.key()
    };
    name_of(verb, words)
}

/// A name from the method and all of the path: `get_v1_pets_by_pet_id`.
pub(super) fn whole_name(method: Method, path: &str) -> String {
    name_of(method.key(), &segments(path))
}

fn segments(path: &str) -> Vec<&str> {
    let segments = path.split('/');
    segments.filter(|segment| !segment.is_empty()).collect()
}

fn name_of(verb: &str, segments: &[&str]) -> String {
    let mut name = verb.to_owned();
    for segment in segments {
        name.push('_');
        name.push_str(&segment.replace('{', " by ").replace('}', " "));
    }
    snake(&name)
}

#[cfg(test)]
mod tests {
    use bigmodel_rerank_openapi::Method;

    use super::{derived_name, unsound};

    #[test]
    fn names_are_derived_from_method_and_path() {
        let names = [
            (Method::Post, "/paas/v4/rerank", "rerank"),
            (Method::Get, "/v1/pets/{petId}", "get_pets_by_pet_id"),
            (Method::Delete, "/v1/pets/{petId}", "delete_pets_by_pet_id"),
            (Method::Get, "/v1", "get_v1"),
            (Method::Get, "/", "get"),
            (Method::Post, "/", "empty"),
        ];
        for (method, path, name) in names {
            assert_eq!(derived_name(method, path), name, "{method} {path}");
        }
    }

    #[test]
    fn a_path_that_makes_no_url_is_told_from_a_sound_one() {
        assert_eq!(unsound("/a/{b}:run/{c}"), None);
        for path in [
            "a",
            "/{a",
            "/a}",
            "/{a{b}}",
            "/{}",
            "/{a}/{a}",
            "/a?b",
            "/../a",
            "/%2e%2E/a",
            "/a/%2e",
        ] {
            assert!(unsound(path).is_some(), "{path}");
        }
    }
}
