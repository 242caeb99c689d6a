//! `$ref`: from a reference to the node that it means.

use super::Reader;
use super::fields::Node;
use crate::pointer::Pointer;

/// How many references in a row, and how many schemas within each other, are still sane.
const DEPTH: usize = 100;

impl<'a> Reader<'a> {
    /// Follows one `$ref`, if the node is one. `None` when it leads nowhere.
    pub(super) fn follow(&mut self, node: &Node<'a>) -> Option<Node<'a>> {
        let begin = node.pointer.key("$ref");
        let mut node = node.clone();
        for _ in 0..DEPTH {
            let Some(reference) = node.member("$ref") else {
                return Some(node);
            };
            node = self.target(&node, &reference)?;
        }
        self.find(
            &begin,
            "this `$ref` leads back to itself, or through too many others",
            "let it name the thing itself",
        );
        None
    }

    /// The node that one `$ref` names; marks the reference and what stands beside it.
    pub(super) fn target(&mut self, owner: &Node<'a>, reference: &Node<'a>) -> Option<Node<'a>> {
        let text = self.text(reference, "reference")?;
        self.ledger.generated(&owner.pointer, "reference");
        for (key, beside) in owner.members() {
            if key != "$ref" {
                self.ledger
                    .documented(&beside.pointer, beside.value, "ignored beside $ref");
            }
        }
        let Some(path) = text.strip_prefix('#') else {
            self.find(
                &reference.pointer,
                format!("`{text}` is in another document"),
                "bundle the contract into one document, where every `$ref` begins with `#`",
            );
            return None;
        };
        let path = percent_decode(path);
        match self.root.pointer(&path) {
            Some(value) => Some(Node {
                value,
                pointer: Pointer::parse(&path),
            }),
            None => {
                self.find(
                    &reference.pointer,
                    format!("`{text}` leads nowhere"),
                    "correct the name, or add what it names",
                );
                None
            }
        }
    }

    /// Runs `step` one level deeper; refuses what is nested beyond reason.
    pub(super) fn deeper<T>(
        &mut self,
        at: &Pointer,
        step: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        if self.depth == DEPTH {
            self.refuse(
                at,
                format!("schemas are nested more than {DEPTH} deep here"),
            );
            return None;
        }
        self.depth += 1;
        let result = step(self);
        self.depth -= 1;
        result
    }
}

/// References are URI fragments: `%7B` stands for `{`.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::percent_decode;

    #[test]
    fn fragments_are_decoded_and_stray_percents_kept() {
        assert_eq!(percent_decode("/paths/%7Bid%7D/100%"), "/paths/{id}/100%");
        assert_eq!(percent_decode("%e5%90%8d"), "名");
    }
}
