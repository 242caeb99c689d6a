//! JSON Pointers (RFC 6901): the address of a node in a document.

use std::fmt;

use serde_json::Value;

/// The address of one node, from the root of its document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The address of the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// A pointer from its text, as in `/paths/~1pets/get`.
    pub fn parse(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The member `key` of the object at this address.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for c in key.chars() {
            match c {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                c => text.push(c),
            }
        }
        Self(text)
    }

    /// The item `index` of the array at this address.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The parent of this node; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        let (head, _) = self.0.rsplit_once('/')?;
        Some(Self(head.to_owned()))
    }

    /// The last segment, unescaped; empty at the root.
    pub fn last(&self) -> String {
        unescape(self.0.rsplit('/').next().unwrap_or_default())
    }

    /// The text after `prefix`, if this address is `prefix` or below it.
    pub fn below(&self, prefix: &Pointer) -> Option<&str> {
        let rest = self.0.strip_prefix(prefix.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }

    /// The RFC 9535 query for this node, as an overlay action targets it.
    pub fn json_path(&self) -> String {
        let mut path = String::from("$");
        let mut previous = "";
        for segment in self.0.split('/').skip(1) {
            let key = unescape(segment);
            let plain = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if plain {
                path.push('.');
                path.push_str(&key);
            } else if previous != "responses" && segment.parse::<usize>().is_ok() {
                path.push_str(&format!("[{key}]"));
            } else {
                let key = key.replace('\\', "\\\\").replace('\'', "\\'");
                path.push_str(&format!("['{key}']"));
            }
            previous = segment;
        }
        path
    }

    /// The node at this address in the document `root`.
    pub fn get<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        root.pointer(&self.0)
    }

    /// Each segment, unescaped, from the root.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The escaped text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "/" } else { &self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn keys_are_escaped_and_unescaped() {
        let pointer = Pointer::root().key("paths").key("/a~b").key("get");
        assert_eq!(pointer.as_str(), "/paths/~1a~0b/get");
        assert_eq!(
            pointer.parent().map(|parent| parent.last()),
            Some("/a~b".to_owned())
        );
    }

    #[test]
    fn json_path_quotes_what_is_not_a_plain_name() {
        let get = Pointer::root().key("paths").key("/it's").key("get");
        assert_eq!(get.json_path(), r"$.paths['/it\'s'].get");
        let status = get.key("responses").key("200");
        assert!(status.json_path().ends_with(".responses['200']"));
        assert!(get.key("tags").index(3).json_path().ends_with(".tags[3]"));
    }

    #[test]
    fn below_respects_segment_borders() {
        let schemas = Pointer::root().key("schemas");
        assert_eq!(schemas.key("Pet").below(&schemas), Some("/Pet"));
        assert_eq!(Pointer::root().key("schemasX").below(&schemas), None);
    }
}
