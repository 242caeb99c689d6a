//! Where a reference leads: a document, by its path from the folder of the contract, and an address
//! in it.

use crate::{Pointer, reference};

/// A node of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Target {
    /// The path of the document; empty for the contract itself.
    pub(crate) document: String,
    /// The address as the reference has it, without `#`.
    pub(crate) fragment: String,
    /// The address.
    pub(crate) pointer: Pointer,
}

/// Returns the node that a reference names which stands in the document at `path`.
pub(crate) fn resolve(path: &str, reference: &str) -> Target {
    let (document, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let document = match document {
        "" => path.to_owned(),
        url if url.contains("://") => url.to_owned(),
        relative => join(path, &reference::percent_decoded(relative)),
    };
    let pointer = Pointer::parse(&reference::percent_decoded(fragment));
    Target {
        document,
        fragment: fragment.to_owned(),
        pointer,
    }
}

/// A path relative to that of another document.
fn join(path: &str, relative: &str) -> String {
    // The scheme and the host of a URL are not folders.
    let root = path.find("://").map_or(0, |scheme| {
        let host = scheme + "://".len();
        path.get(host..)
            .and_then(|rest| rest.find('/'))
            .map_or(path.len(), |length| host + length + 1)
    });
    let (root, path) = path.split_at_checked(root).unwrap_or((path, ""));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relative = match relative.strip_prefix('/') {
        Some(absolute) if !root.is_empty() => absolute.to_owned(),
        _ if relative.starts_with('/') || folder.is_empty() => relative.to_owned(),
        _ => format!("{folder}/{relative}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for (index, part) in relative.split('/').enumerate() {
        match part {
            "" if index > 0 => {}
            "." => {}
            ".." if parts.last().is_some_and(|last| !["", ".."].contains(last)) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{join, resolve};

    #[test]
    fn paths_are_relative_to_the_document_that_holds_the_reference() {
        for (path, relative, joined) in [
            ("", "a.yaml", "a.yaml"),
            ("", "./a/./b.yaml", "a/b.yaml"),
            ("a/b.yaml", "c.yaml", "a/c.yaml"),
            ("a/b.yaml", "../c.yaml", "c.yaml"),
            ("a/b.yaml", "../../c.yaml", "../c.yaml"),
            ("../b.yaml", "c.yaml", "../c.yaml"),
            ("a/b.yaml", "/c.yaml", "/c.yaml"),
            ("https://h/a/b.yaml", "../c.yaml", "https://h/c.yaml"),
            ("https://h/a/b.yaml", "/c.yaml", "https://h/c.yaml"),
        ] {
            assert_eq!(join(path, relative), joined, "{path} {relative}");
        }
    }

    #[test]
    fn a_reference_is_a_document_and_an_address() {
        let target = resolve("a/b.yaml", "c%20d.yaml#/x/%7By%7D");
        assert_eq!(target.document, "a/c d.yaml");
        assert_eq!(target.pointer.as_str(), "/x/{y}");
        let own = resolve("a/b.yaml", "#/x");
        assert_eq!(
            (own.document.as_str(), own.pointer.as_str()),
            ("a/b.yaml", "/x")
        );
        assert_eq!(
            resolve("a/b.yaml", "https://h/c#/x").document,
            "https://h/c"
        );
    }
}
