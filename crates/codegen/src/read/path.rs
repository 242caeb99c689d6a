//! Path templates: whether they make a URL, and names made from them.

use std::borrow::Cow;

use bigmodel_rerank_openapi::Method;
use bigmodel_rerank_openapi::reference::percent_decoded;

use crate::names::snake;
use crate::template::Template;

/// A path that no URL can be made of.
pub(super) fn unsound(path: &str) -> Option<&'static str> {
    let mut is_open = false;
    for c in path.chars() {
        match c {
            '{' if is_open => return Some("has a brace within braces"),
            '{' => is_open = true,
            '}' if !is_open => return Some("closes a brace that was never opened"),
            '}' => is_open = false,
            _ => {}
        }
    }
    if is_open {
        return Some("opens a brace and never closes it");
    }
    if !path.starts_with('/') {
        return Some("does not begin with `/`");
    }
    let template = Template::new(path);
    let has_braces = |text: &str| text.contains('{');
    if template.fragment.is_some_and(has_braces) {
        return Some("has a parameter in its fragment, which is not sent");
    }
    if template
        .pairs()
        .any(|pair| has_braces(&pair.name) || (pair.parameter.is_none() && has_braces(pair.text)))
    {
        return Some("has a parameter in its query that is not a whole value");
    }
    if template
        .path
        .split('/')
        .any(|segment| [".", ".."].contains(&&*percent_decoded(segment)))
    {
        return Some("holds a `.` or `..`, which clients resolve away");
    }
    let mut names = template.names();
    let in_query = template.pairs().filter_map(|pair| pair.parameter);
    if names.iter().copied().chain(in_query).any(str::is_empty) {
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
    let is_version = |segment: &Cow<'_, str>| {
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

/// The segments of the path, and what follows them.
fn segments(path: &str) -> Vec<Cow<'_, str>> {
    let template = Template::new(path);
    let segments = template.path.split('/').map(Cow::Borrowed);
    let rest = template.rest.replace(['?', '&', '=', '#', '/'], " ");
    let segments = segments.chain([Cow::Owned(rest)]);
    segments.filter(|segment| !segment.is_empty()).collect()
}

fn name_of(verb: &str, segments: &[Cow<'_, str>]) -> String {
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
            (Method::Put, "/{bucket}?acl", "put_by_bucket_acl"),
            (Method::Post, "/#Target=Run", "target_run"),
            (
                Method::Get,
                "/v1/a?path=b/c&at={d}",
                "get_a_path_b_c_at_by_d",
            ),
            (Method::Get, "/a=b/{c}", "get_a_equal_b_by_c"),
        ];
        for (method, path, name) in names {
            assert_eq!(derived_name(method, path), name, "{method} {path}");
        }
    }

    #[test]
    fn a_path_that_makes_no_url_is_told_from_a_sound_one() {
        for path in ["/a/{b}:run/{c}", "/a?b", "/a?b=1&c={c}", "/#Target=a"] {
            assert_eq!(unsound(path), None, "{path}");
        }
        for path in [
            "a",
            "/{a",
            "/a}",
            "/{a{b}}",
            "/{}",
            "/{a}/{a}",
            "/a?b=x{c}",
            "/a?{b}=1",
            "/a?{b}",
            "/a?b={}",
            "/a#{b}",
            "/../a",
            "/%2e%2E/a",
            "/a/%2e",
        ] {
            assert!(unsound(path).is_some(), "{path}");
        }
    }
}
