//! A difference, before the operations that it affects are known.

use bigmodel_rerank_openapi::Pointer;

use crate::rules::Rule;
use crate::severity::{Bump, Class};

/// One difference between two contracts.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) rule: &'static Rule,
    /// The old and the new value, in words.
    pub(crate) what: String,
    /// The nodes of the old contract that differ, the main one first.
    pub(crate) old: Vec<Pointer>,
    /// The nodes of the new contract that differ, the main one first.
    pub(crate) new: Vec<Pointer>,
    /// The reference through which it was reached, if any.
    pub(crate) scope: Option<usize>,
    /// The largest bump of the Rust API. It is at most that of the rule.
    pub(crate) rust: Bump,
    /// The node whose Rust items are affected, if it is not the main one.
    pub(crate) subject: Option<Pointers>,
    /// Remarks for the reader.
    pub(crate) notes: Vec<String>,
}

/// The pointers to one node in both contracts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pointers {
    pub(crate) old: Pointer,
    pub(crate) new: Pointer,
}

impl Pointers {
    pub(super) fn root() -> Self {
        Self::same(Pointer::root())
    }

    /// The same pointer in both contracts.
    pub(super) fn same(pointer: Pointer) -> Self {
        Self {
            old: pointer.clone(),
            new: pointer,
        }
    }

    pub(super) fn key(&self, key: &str) -> Self {
        Self {
            old: self.old.key(key),
            new: self.new.key(key),
        }
    }

    pub(super) fn index(&self, old: usize, new: usize) -> Self {
        Self {
            old: self.old.index(old),
            new: self.new.index(new),
        }
    }

    /// The pointers to the parent; those of the root are the root.
    pub(super) fn parent(&self) -> Self {
        Self {
            old: self.old.parent().unwrap_or_default(),
            new: self.new.parent().unwrap_or_default(),
        }
    }
}

/// Finds the last recorded difference that affects the wire, and examines each of them once.
#[derive(Debug, Default)]
pub(super) struct WireScan {
    examined: usize,
    last: Option<usize>,
}

impl WireScan {
    /// Whether a difference that affects the wire was recorded at `start` or later.
    pub(super) fn differs_since(&mut self, differences: &[Difference], start: usize) -> bool {
        for (index, difference) in differences.iter().enumerate().skip(self.examined) {
            let effects = [difference.rule.request, difference.rule.response];
            let mut effects = effects.iter().flatten();
            if effects.any(|effect| effect.class != Class::Documentation) {
                self.last = Some(index);
            }
        }
        self.examined = differences.len();
        self.last.is_some_and(|last| last >= start)
    }
}
