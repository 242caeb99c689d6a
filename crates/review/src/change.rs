//! A difference with all that there is to say of it.

use std::fmt;

use bigmodel_rerank_codegen::Pointer;

use crate::class::{Bump, Class, Direction};
use crate::rules::{Effect, Rule};
use crate::uses::Use;

/// Where a node stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The node in the contract after its overlay.
    pub pointer: Pointer,
    /// The file, as its reader named it.
    pub file: String,
    /// Line of the node, or of the nearest one above it, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pointer,
            file,
            line,
            column,
        } = self;
        write!(f, "{file}:{line}:{column}  {pointer}")
    }
}

/// One difference between two contracts.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The kind of change.
    pub rule: &'static Rule,
    /// What it was and what it is, in words.
    pub what: String,
    /// The nodes of the old contract that differ, the one that it is about first.
    pub old: Vec<Place>,
    /// The nodes of the new contract that differ, the one that it is about first.
    pub new: Vec<Place>,
    /// The operations that it reaches.
    pub uses: Vec<Use>,
    /// The public Rust items that it reaches.
    pub items: Vec<String>,
    /// The least step of the contract's version that it asks for.
    pub wire: Bump,
    /// The least step of the crate's version that it asks for.
    pub rust: Bump,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// Whether it was found through a reference, or where another node counts than before.
    /// Then the nodes may stand in both contracts, and the difference is in what counts.
    pub through_reference: bool,
    pub(crate) unused: bool,
}

impl Change {
    /// What it means in one direction; `None` if it does not reach there.
    pub fn effect(&self, direction: Direction) -> Option<Effect> {
        let reaches = self.uses.iter().any(|one| one.direction == direction);
        reaches.then(|| self.rule.effect(direction)).flatten()
    }

    /// What it means wherever it reaches; where it reaches no direction, what it means at all.
    pub fn effects(&self) -> Vec<(Option<Direction>, Effect)> {
        let directions = [Direction::Request, Direction::Response];
        let reached: Vec<_> = directions
            .into_iter()
            .filter_map(|direction| Some((Some(direction), self.effect(direction)?)))
            .collect();
        if !reached.is_empty() {
            return reached;
        }
        let effect = worst(self.rule, self.unused);
        effect.map(|effect| (None, effect)).into_iter().collect()
    }

    /// The worst that it means on the wire.
    pub fn class(&self) -> Class {
        let classes = self.effects().into_iter().map(|(_, effect)| effect.class);
        classes.max().unwrap_or(Class::Documentation)
    }

    /// The worst that it means on the wire or for Rust code: where a report puts it.
    pub fn gravity(&self) -> Class {
        let rust = match self.rust {
            Bump::Major => Class::Breaking,
            Bump::Minor => Class::Additive,
            Bump::Patch | Bump::None => Class::Documentation,
        };
        // What is to be read first may turn out harmless for Rust as well.
        match self.class() {
            Class::Unclassified => Class::Unclassified,
            class => class.max(rust),
        }
    }

    /// The file and line of the node, new or else old, for sorting.
    pub(crate) fn first_place(&self) -> Option<&Place> {
        self.new.first().or(self.old.first())
    }
}

const UNUSED: Effect = Effect {
    class: Class::Documentation,
    reason: "no operation uses it, so no call changes",
};

/// What a rule means where no operation is reached.
fn worst(rule: &'static Rule, unused: bool) -> Option<Effect> {
    let effects = [rule.request, rule.response].into_iter().flatten();
    let worst = effects.max_by_key(|effect| effect.class)?;
    // What nobody knows stays unknown, used or not.
    Some(if unused && worst.class != Class::Unclassified {
        UNUSED
    } else {
        worst
    })
}
