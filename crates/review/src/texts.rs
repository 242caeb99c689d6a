//! The texts of a contract that people have read, by digest: so that a text that was changed
//! since is told, whatever it says and in whatever language.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::uses::NAMED;

/// Members that hold a text for readers.
const TEXTS: [&str; 3] = ["title", "summary", "description"];
/// Members in which nothing is a text for readers.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Digests of texts by their place. As text, a line for each: the digest, then the pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<Pointer, String>);

impl Texts {
    /// The titles, summaries and descriptions of a contract.
    pub fn of(contract: &Value) -> Self {
        let mut texts = BTreeMap::new();
        // Whether the keys of the node are names that its author chose.
        let mut open = vec![(Pointer::root(), contract, false)];
        while let Some((at, node, named)) = open.pop() {
            match node {
                Value::Object(members) => {
                    for (key, value) in members {
                        let keyword = if named { "" } else { key.as_str() };
                        match value {
                            _ if DATA.contains(&keyword) => {}
                            Value::String(text) if TEXTS.contains(&keyword) => {
                                texts.insert(at.key(key), digest(text));
                            }
                            value => open.push((at.key(key), value, NAMED.contains(&keyword))),
                        }
                    }
                }
                Value::Array(items) => {
                    let items = items.iter().enumerate();
                    open.extend(items.map(|(index, item)| (at.index(index), item, false)));
                }
                _ => {}
            }
        }
        Self(texts)
    }

    /// With what the page of the contract says beside it, if it says anything.
    #[must_use]
    pub fn beside(mut self, text: &str) -> Self {
        if !text.trim().is_empty() {
            self.0.insert(beside(), digest(text));
        }
        self
    }

    /// The places of texts that are not as they were read: changed, new or gone.
    pub(crate) fn unread(&self, now: &Self) -> Vec<Pointer> {
        let places = self.0.keys().chain(now.0.keys());
        let mut unread: Vec<_> = places
            .filter(|at| self.0.get(at) != now.0.get(at))
            .cloned()
            .collect();
        unread.sort();
        unread.dedup();
        unread
    }
}

impl fmt::Display for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, digest) in &self.0 {
            writeln!(f, "{digest}  {}", at.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Texts {
    type Err = String;

    /// Reads lines as they are displayed; blank lines and lines that start with `#` are skipped.
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
                    format!("line {number} is not a digest, two spaces and a pointer")
                })?;
            texts.insert(Pointer::parse(at), digest.to_owned());
        }
        Ok(Self(texts))
    }
}

/// What stands for the place of the text beside a contract.
pub(crate) fn beside() -> Pointer {
    Pointer::root().key("x-beside-the-contract")
}

fn digest(text: &str) -> String {
    // How lines are broken is not what a text says.
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

    use super::Texts;

    #[test]
    fn a_name_is_no_keyword() {
        let answers = json!({"responses": {"default": {"description": "a"}}});
        let members =
            json!({"properties": {"example": {"title": "b"}, "title": {"type": "string"}}});
        assert_eq!(Texts::of(&answers).0.len(), 1);
        assert_eq!(Texts::of(&members).0.len(), 1);
    }

    #[test]
    fn texts_that_are_not_as_they_were_read_are_told_by_their_place() {
        let read = json!({"info": {"title": "a  b"}, "x": {"description": "c", "example": {"title": "d"}}});
        let now = json!({"info": {"title": "a\nb"}, "x": {"description": "e", "summary": "f", "example": {"title": "g"}}});
        let read: Texts = Texts::of(&read).to_string().parse().unwrap_or_default();
        let unread_places = read.unread(&Texts::of(&now));
        let unread: Vec<_> = unread_places.iter().map(|at| at.as_str()).collect();
        assert_eq!(unread, ["/x/description", "/x/summary"]);
        assert_eq!(read.unread(&Texts::of(&now).beside(" \n")), unread_places);
        assert_eq!(read.unread(&Texts::of(&now).beside("g")).len(), 3);
        assert!("nonsense".parse::<Texts>().is_err());
    }
}
