//! Diagnostics that say the same of many nodes: a habit of the publisher, to be settled at once.

use std::collections::HashMap;

use crate::Diagnostic;

/// Diagnostics with one message, whatever it quotes, about nodes of one name.
#[derive(Clone, Debug)]
pub struct Alike<'a> {
    /// The first of them in the file.
    pub first: &'a Diagnostic,
    /// The others, in the order of the file.
    pub others: Vec<&'a Diagnostic>,
}

impl Alike<'_> {
    /// The number of diagnostics.
    pub fn count(&self) -> usize {
        self.others.len().saturating_add(1)
    }

    /// The RFC 9535 query for all nodes of this name, for an overlay action that settles them.
    pub fn json_path(&self) -> String {
        let name = self.first.pointer.last();
        // An index is the name of nothing; its list has one.
        let is_index = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        match self.first.pointer.parent() {
            Some(list) if is_index => format!("$..['{}'][*]", list.last()),
            _ => format!("$..['{name}']"),
        }
    }
}

/// Groups diagnostics that say the same of nodes of one name; groups are in the order of their
/// first members.
pub fn group_alike<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<Alike<'a>> {
    let mut groups: Vec<Alike<'a>> = Vec::new();
    let mut known = HashMap::new();
    for diagnostic in diagnostics {
        let key = (
            without_names(&diagnostic.message),
            diagnostic.pointer.last(),
        );
        let index = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.others.push(diagnostic),
            None => groups.push(Alike {
                first: diagnostic,
                others: Vec::new(),
            }),
        }
    }
    groups
}

/// A message without what it quotes, which differs from place to place.
fn without_names(message: &str) -> String {
    message.split('`').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::group_alike;
    use crate::{Diagnostic, Location, Pointer};

    fn diagnostic(pointer: &str, message: &str) -> Diagnostic {
        let location = Location {
            file: "api.yaml".to_owned(),
            line: 1,
            column: 1,
        };
        Diagnostic::new(location, Pointer::parse(pointer), message, "fix it")
    }

    #[test]
    fn what_differs_only_in_quoted_names_is_alike() {
        let all = [
            diagnostic("/a/anyOf", "a value of `A` may be read as `B`"),
            diagnostic("/a/oneOf", "a value of `A` may be read as `B`"),
            diagnostic("/c/anyOf", "a value of `C` may be read as `D`"),
            diagnostic("/d/parameters/3", "`limit` is here twice"),
        ];
        let groups = group_alike(&all);
        let counts: Vec<_> = groups.iter().map(|group| group.count()).collect();
        assert_eq!(counts, [2, 1, 1]);
        let paths: Vec<_> = groups.iter().map(|group| group.json_path()).collect();
        assert_eq!(
            paths,
            ["$..['anyOf']", "$..['oneOf']", "$..['parameters'][*]"]
        );
    }
}
