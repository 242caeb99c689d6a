//! The template of a path: where the operation is, and what its URL always has in the query.
//!
//! OpenAPI wants neither a query nor a fragment there. Contracts have them all the same, to tell
//! operations of one path apart: `/{bucket}?acl`, `/#X-Target=Run`. A fragment is never sent.

use std::borrow::Cow;

use bigmodel_rerank_openapi::reference::percent_decoded;

/// A path in its parts.
pub(crate) struct Template<'a> {
    /// From the first slash on.
    pub(crate) path: &'a str,
    /// After the question mark.
    query: Option<&'a str>,
    /// After the hash.
    pub(crate) fragment: Option<&'a str>,
    /// All that follows the path.
    pub(crate) rest: &'a str,
}

/// A pair of the query.
pub(crate) struct Pair<'a> {
    /// As it is written.
    pub(crate) text: &'a str,
    /// Without percent-encoding.
    pub(crate) name: Cow<'a, str>,
    /// The parameter that is its value, if it has braces.
    pub(crate) parameter: Option<&'a str>,
}

impl<'a> Template<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let (rest, fragment) = cut(text, '#');
        let (path, query) = cut(rest, '?');
        Self {
            path,
            query,
            fragment,
            rest: text.strip_prefix(path).unwrap_or_default(),
        }
    }

    /// The pairs of the query, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = Pair<'a>> {
        let pairs = self.query.unwrap_or_default().split('&');
        pairs.filter(|pair| !pair.is_empty()).map(|text| {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            let inner = value.strip_prefix('{');
            let parameter = inner.and_then(|inner| inner.strip_suffix('}'));
            Pair {
                text,
                name: percent_decoded(name),
                parameter: parameter.filter(|inner| !inner.contains(['{', '}'])),
            }
        })
    }

    /// The query without parameters, as it is written; empty if there is none.
    pub(crate) fn fixed_query(&self) -> Cow<'a, str> {
        let fixed = self.pairs().filter(|pair| pair.parameter.is_none());
        fixed.fold(Cow::Borrowed(""), |query, pair| match &*query {
            "" => Cow::Borrowed(pair.text),
            query => Cow::Owned(format!("{query}&{}", pair.text)),
        })
    }

    /// The names in braces before the query, in order.
    pub(crate) fn names(&self) -> Vec<&'a str> {
        self.path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
            .collect()
    }
}

/// Cuts at the first such character that is not in braces.
fn cut(text: &str, mark: char) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    let at = text.find(|c: char| {
        match c {
            '{' => depth = 1,
            '}' => depth = 0,
            _ => {}
        }
        c == mark && depth == 0
    });
    match at.and_then(|at| text.split_at_checked(at)) {
        Some((before, after)) => (before, after.strip_prefix(mark)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn a_template_is_cut_outside_of_braces() {
        let template = Template::new("/{a?b}/c?list%20type=2&acl&prefix={p}#x=1");
        assert_eq!(template.path, "/{a?b}/c");
        assert_eq!(template.names(), ["a?b"]);
        assert_eq!(template.fragment, Some("x=1"));
        assert_eq!(template.rest, "?list%20type=2&acl&prefix={p}#x=1");
        assert_eq!(template.fixed_query(), "list%20type=2&acl");
        let names: Vec<_> = template.pairs().map(|pair| pair.name).collect();
        assert_eq!(names, ["list type", "acl", "prefix"]);
        let parameters: Vec<_> = template.pairs().map(|pair| pair.parameter).collect();
        assert_eq!(parameters, [None, None, Some("p")]);
        let plain = Template::new("/a/{b}");
        assert_eq!((plain.path, &*plain.fixed_query()), ("/a/{b}", ""));
    }
}
