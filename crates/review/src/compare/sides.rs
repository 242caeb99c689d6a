//! A value in the old contract, in the new one, or in both.

use serde_json::{Map, Value};

/// The value of a node, by the contracts that have it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sides<'a> {
    /// Only the old contract has it.
    Old(&'a Value),
    /// Only the new contract has it.
    New(&'a Value),
    /// Both contracts have it.
    Both(&'a Value, &'a Value),
}

impl<'a> Sides<'a> {
    /// Returns the values that exist; `None` if neither does.
    pub(super) fn from_options(old: Option<&'a Value>, new: Option<&'a Value>) -> Option<Self> {
        match (old, new) {
            (Some(old), Some(new)) => Some(Self::Both(old, new)),
            (Some(old), None) => Some(Self::Old(old)),
            (None, Some(new)) => Some(Self::New(new)),
            (None, None) => None,
        }
    }

    /// Returns the values of the member `key` of two objects; `None` if they do not differ.
    pub(super) fn differing(
        old: &'a Map<String, Value>,
        new: &'a Map<String, Value>,
        key: &str,
    ) -> Option<Self> {
        Self::from_options(old.get(key), new.get(key)).filter(|sides| !sides.are_equal())
    }

    /// Returns the value in the old contract.
    pub(super) fn old_value(self) -> Option<&'a Value> {
        match self {
            Self::Old(old) | Self::Both(old, _) => Some(old),
            Self::New(_) => None,
        }
    }

    /// Returns the value in the new contract.
    pub(super) fn new_value(self) -> Option<&'a Value> {
        match self {
            Self::New(new) | Self::Both(_, new) => Some(new),
            Self::Old(_) => None,
        }
    }

    /// Returns the new value, or else the old one.
    pub(super) fn latest(self) -> &'a Value {
        match self {
            Self::New(value) | Self::Both(_, value) | Self::Old(value) => value,
        }
    }

    /// Whether the new contract has it.
    pub(super) fn in_new(self) -> bool {
        !matches!(self, Self::Old(_))
    }

    pub(super) fn is_one_sided(self) -> bool {
        !matches!(self, Self::Both(..))
    }

    pub(super) fn are_equal(self) -> bool {
        matches!(self, Self::Both(old, new) if old == new)
    }

    /// Returns another value, on the same sides.
    pub(super) fn with(self, value: &'a Value) -> Self {
        match self {
            Self::Old(_) => Self::Old(value),
            Self::New(_) => Self::New(value),
            Self::Both(..) => Self::Both(value, value),
        }
    }
}
