//! What holds for something that a contract does not name: `default` and ranges for a status,
//! wildcards for a media type. Naming it changes nothing but what differs from those.

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

use super::grammar::Kind;
use super::{At, Both, Walk};
use crate::refs::resolve;
use crate::rules::document;

impl<'a> Walk<'a> {
    /// Compares what only one contract names with what holds for it in the other one.
    pub(super) fn stand_in(&mut self, kind: Kind, at: &At, both: Both<'a>) {
        let (root, pointer) = self.without(at, both.1.is_some());
        let (Some(holder), name) = (pointer.parent(), pointer.last()) else {
            return;
        };
        let others = match kind {
            Kind::Response => [range(&name), "default".to_owned()],
            Kind::Media => [family(&name), "*/*".to_owned()],
            _ => return,
        };
        let other = others.iter().filter(|other| **other != name);
        let mut other = other.filter_map(|other| {
            let at = holder.key(other);
            Some((root.pointer(at.as_str())?, at))
        });
        if let Some(other) = other.next() {
            self.compare_stand_in(kind, at, both, other);
        }
    }

    /// The contract that lacks a node, and where the node would stand there.
    pub(super) fn without<'b>(&self, at: &'b At, added: bool) -> (&'a Value, &'b Pointer) {
        if added {
            (self.old, &at.old)
        } else {
            (self.new, &at.new)
        }
    }

    /// Compares a node of one contract with one of the other that holds in its place.
    pub(super) fn compare_stand_in(
        &mut self,
        kind: Kind,
        at: &At,
        both: Both<'a>,
        (other, other_at): (&'a Value, Pointer),
    ) {
        let (old, new) = match both {
            (_, Some(new)) => ((other, other_at), (new, at.new.clone())),
            (Some(old), None) => ((old, at.old.clone()), (other, other_at)),
            (None, None) => return,
        };
        let resolved = (
            resolve(self.old, old.0, &old.1),
            resolve(self.new, new.0, &new.1),
        );
        let known = match resolved {
            (Some(old), Some(new)) => self.named(kind, at, old, new),
            _ => None,
        };
        if known.is_none() {
            let what = format!("{}: what held in its place", self.name(at, both));
            self.tell_reference(&document::REFERENCE_UNREAD, at, both, what);
        }
    }
}

/// `4XX` for `404`.
fn range(status: &str) -> String {
    let first = status.get(..1).unwrap_or_default();
    format!("{first}XX")
}

/// `text/*` for `text/plain`.
fn family(media: &str) -> String {
    let (family, _) = media.split_once('/').unwrap_or_default();
    format!("{family}/*")
}
