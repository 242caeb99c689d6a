//! Names of models on a hub.

use std::fmt;
use std::str::FromStr;

/// `OWNER/NAME` or `OWNER/NAME@REVISION`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(super) owner: String,
    pub(super) name: String,
    pub(super) revision: String,
}

/// The text is not a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotAName;

impl FromStr for Name {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, revision) = text.split_once('@').unwrap_or((text, "main"));
        let (owner, name) = name.split_once('/').ok_or(NotAName)?;
        if is_name(owner) && is_name(name) && is_name(revision) {
            Ok(Self {
                owner: owner.to_owned(),
                name: name.to_owned(),
                revision: revision.to_owned(),
            })
        } else {
            Err(NotAName)
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

/// Whether a text can be a part of a URL and of a path as it is.
pub(super) fn is_name(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_short = (1..=96).contains(&text.len());
    is_short && text.chars().all(is_allowed) && !text.starts_with('.') && !text.contains("..")
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn names_have_an_owner_and_perhaps_a_revision() {
        let name: Name = "BAAI/bge-reranker-v2.5".parse().unwrap();
        assert_eq!(
            (name.to_string().as_str(), name.revision.as_str()),
            ("BAAI/bge-reranker-v2.5", "main")
        );
        let name: Name = "a/b@refs-1".parse().unwrap();
        assert_eq!(
            (name.to_string().as_str(), name.revision.as_str()),
            ("a/b", "refs-1")
        );
        for text in [
            "a", "a/", "/b", "./b", "../b", "a/b/c", "a/..", "a/b@", "a/b@c/d", "a b/c", "a/b?c",
        ] {
            assert!(text.parse::<Name>().is_err(), "{text}");
        }
    }
}
