//! Fallbacks: `default` and status ranges apply to a status that a contract does not list, and
//! media ranges to a media type. Adding an entry for it changes only what differs from these.

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::Value;

use super::differ::Differ;
use super::difference::Pointers;
use super::sides::Sides;
use crate::rules::document;

impl<'a> Differ<'a> {
    /// Compares a node that only one contract has with the fallback for it in the other one.
    pub(super) fn fallback(&mut self, kind: Kind, at: &Pointers, sides: Sides<'a>) {
        let (root, pointer) = self.counterpart(at, sides.in_new());
        let (Some(parent), name) = (pointer.parent(), pointer.last()) else {
            return;
        };
        let fallbacks = match kind {
            Kind::Response => [status_range(&name), "default".to_owned()],
            Kind::MediaType => [media_range(&name), "*/*".to_owned()],
            _ => return,
        };
        let fallbacks = fallbacks.iter().filter(|fallback| **fallback != name);
        let mut found = fallbacks.filter_map(|fallback| {
            let at = parent.key(fallback);
            Some((root.pointer(at.as_str())?, at))
        });
        if let Some(fallback) = found.next() {
            self.compare_with_fallback(kind, at, sides, fallback);
        }
    }

    /// Returns the contract that lacks a node, and the pointer that the node would have there.
    pub(super) fn counterpart<'b>(
        &self,
        at: &'b Pointers,
        is_added: bool,
    ) -> (&'a Value, &'b Pointer) {
        if is_added {
            (self.old, &at.old)
        } else {
            (self.new, &at.new)
        }
    }

    /// Compares a node of one contract with the node of the other one that applies in its place.
    pub(super) fn compare_with_fallback(
        &mut self,
        kind: Kind,
        at: &Pointers,
        sides: Sides<'a>,
        fallback: (&'a Value, Pointer),
    ) {
        let (old, new) = match sides {
            Sides::New(new) | Sides::Both(_, new) => (fallback, (new, at.new.clone())),
            Sides::Old(old) => ((old, at.old.clone()), fallback),
        };
        let resolved = (
            reference::resolve(self.old, old.0, &old.1),
            reference::resolve(self.new, new.0, &new.1),
        );
        let differs = match resolved {
            (Some(old), Some(new)) => self.compare_targets(kind, at, old, new),
            _ => None,
        };
        if differs.is_none() {
            let what = format!("{}: what applied in its place", self.name(at, sides));
            self.record_reference(&document::REFERENCE_UNREAD, at, sides, what);
        }
    }
}

/// Returns `4XX` for `404`.
fn status_range(status: &str) -> String {
    let first = status.get(..1).unwrap_or_default();
    format!("{first}XX")
}

/// Returns `text/*` for `text/plain`.
fn media_range(media_type: &str) -> String {
    let (family, _) = media_type.split_once('/').unwrap_or_default();
    format!("{family}/*")
}
