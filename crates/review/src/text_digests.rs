//! Digests of the texts of a contract that people have read, to recognize texts that changed since.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use bigmodel_rerank_openapi::Pointer;
use bigmodel_rerank_openapi::grammar::{Kind, Role};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The keywords of texts for readers, where the grammar does not know the node.
const TEXTS: [&str; 3] = ["title", "summary", "description"];

/// Digests of texts by pointer. As text, each line has a digest and a pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextDigests(BTreeMap<Pointer, String>);

impl TextDigests {
    /// Computes the digests of the titles, summaries and descriptions of a contract, including
    /// those in extensions.
    pub fn new(contract: &Value) -> Self {
        let mut texts = BTreeMap::new();
        let mut pending = vec![(Pointer::root(), contract, Role::DOCUMENT)];
        while let Some((at, node, role)) = pending.pop() {
            match node {
                // Examples are compared by the figures in them.
                _ if matches!(role, Role::Data | Role::Map(Kind::Example)) => {}
                Value::String(text) if is_text(role, &at) => {
                    texts.insert(at, digest(text));
                }
                Value::Object(members) => {
                    for (key, value) in members {
                        pending.push((at.key(key), value, role.member(key)));
                    }
                }
                Value::Array(items) => {
                    let items = items.iter().enumerate();
                    pending.extend(items.map(|(n, item)| (at.index(n), item, role.item())));
                }
                _ => {}
            }
        }
        Self(texts)
    }

    /// Adds the digest of the text on the page that is not part of the contract, if there is any.
    #[must_use]
    pub fn with_other_text(mut self, text: &str) -> Self {
        if !text.trim().is_empty() {
            self.0.insert(other_text(), digest(text));
        }
        self
    }

    /// Returns the pointers of texts that were changed, added or removed since they were read.
    pub(crate) fn unread(&self, now: &Self) -> Vec<Pointer> {
        let pointers = self.0.keys().chain(now.0.keys());
        let mut unread: Vec<_> = pointers
            .filter(|at| self.0.get(at) != now.0.get(at))
            .cloned()
            .collect();
        unread.sort();
        unread.dedup();
        unread
    }
}

impl fmt::Display for TextDigests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, digest) in &self.0 {
            writeln!(f, "{digest}  {}", at.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for TextDigests {
    type Err = String;

    /// Parses the text form. Blank lines and lines that start with `#` are skipped.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut texts = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let (digest, at) = line
                .split_once("  ")
                .filter(|(_, at)| at.starts_with('/'))
                .ok_or_else(|| {
                    format!("line {number}: expected a digest, two spaces and a pointer")
                })?;
            texts.insert(Pointer::parse(at), digest.to_owned());
        }
        Ok(Self(texts))
    }
}

/// Whether a string is a text for readers.
fn is_text(role: Role, at: &Pointer) -> bool {
    match role {
        Role::Prose => true,
        Role::Extension | Role::Unknown => TEXTS.contains(&at.last().as_str()),
        _ => false,
    }
}

/// The pointer under which the other text of a page is listed.
pub(crate) fn other_text() -> Pointer {
    Pointer::root().key("x-other-text")
}

fn digest(text: &str) -> String {
    // Line breaks do not change the meaning of a text.
    let words: Vec<_> = text.split_whitespace().collect();
    let digest = Sha256::digest(words.join(" "));
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::TextDigests;

    #[test]
    fn names_are_not_keywords() {
        let responses = json!({"default": {"description": "a"}});
        let paths = json!({"paths": {"/a": {"get": {"responses": responses}}}});
        let properties = json!({"example": {"title": "b"}, "title": {"type": "string"}});
        let components = json!({"components": {"schemas": {"A": {"properties": properties}}}});
        assert_eq!(TextDigests::new(&paths).0.len(), 1);
        assert_eq!(TextDigests::new(&components).0.len(), 1);
    }

    #[test]
    fn texts_that_changed_since_they_were_read_are_unread() {
        let read = json!({"info": {"title": "a  b"}, "components": {"schemas": {"A": {
            "description": "c", "example": {"title": "d"}}}}});
        let now = json!({"info": {"title": "a\nb"}, "components": {"schemas": {"A": {
            "description": "e", "title": "f", "example": {"title": "g"}}}}});
        let read: TextDigests = TextDigests::new(&read)
            .to_string()
            .parse()
            .unwrap_or_default();
        let unread_pointers = read.unread(&TextDigests::new(&now));
        let unread: Vec<_> = unread_pointers.iter().map(|at| at.as_str()).collect();
        assert_eq!(
            unread,
            [
                "/components/schemas/A/description",
                "/components/schemas/A/title"
            ]
        );
        assert_eq!(
            read.unread(&TextDigests::new(&now).with_other_text(" \n")),
            unread_pointers
        );
        assert_eq!(
            read.unread(&TextDigests::new(&now).with_other_text("g"))
                .len(),
            3
        );
        assert!("nonsense".parse::<TextDigests>().is_err());
    }
}
