//! A change: a difference with everything that a report says about it.

use crate::class::{Bump, Class, Direction};
use crate::location::NodeLocation;
use crate::rules::{Effect, Rule};
use crate::uses::Use;

/// One change between two contracts.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The kind of change.
    pub rule: &'static Rule,
    /// The old and the new value, in words.
    pub what: String,
    /// The nodes of the old contract that differ, the main one first.
    pub old: Vec<NodeLocation>,
    /// The nodes of the new contract that differ, the main one first.
    pub new: Vec<NodeLocation>,
    /// The operations that it affects.
    pub uses: Vec<Use>,
    /// The public Rust items that it affects.
    pub items: Vec<String>,
    /// The smallest bump of the contract's version that it requires.
    pub wire: Bump,
    /// The smallest bump of the crate's version that it requires.
    pub rust: Bump,
    /// Remarks for the reader.
    pub notes: Vec<String>,
    /// Whether it was reached through a reference or a fallback. Then the nodes may exist
    /// unchanged in both contracts, and what differs is which of them apply.
    pub through_reference: bool,
    pub(crate) is_unused: bool,
}

impl Change {
    /// Returns the effect in one direction; `None` if no operation uses it there.
    pub fn effect(&self, direction: Direction) -> Option<Effect> {
        let is_used = self.uses.iter().any(|one| one.direction == direction);
        is_used.then(|| self.rule.effect(direction)).flatten()
    }

    /// Returns the effect in each direction that operations use it in. Without such a direction,
    /// it is the worst effect of the rule.
    pub fn effects(&self) -> Vec<(Option<Direction>, Effect)> {
        let directions = [Direction::Request, Direction::Response];
        let effects: Vec<_> = directions
            .into_iter()
            .filter_map(|direction| Some((Some(direction), self.effect(direction)?)))
            .collect();
        if !effects.is_empty() {
            return effects;
        }
        let effect = worst_effect(self.rule, self.is_unused);
        effect.map(|effect| (None, effect)).into_iter().collect()
    }

    /// Returns what to do about it in the directions that operations use it in.
    pub fn remedy(&self) -> String {
        let Some(in_responses) = self.rule.response_remedy else {
            return self.rule.remedy.to_owned();
        };
        let is_used = |direction| self.effect(direction).is_some();
        match (is_used(Direction::Request), is_used(Direction::Response)) {
            (false, true) => in_responses.to_owned(),
            (true, true) => format!("{}; in responses, {in_responses}", self.rule.remedy),
            (_, false) => self.rule.remedy.to_owned(),
        }
    }

    /// Returns the worst class on the wire.
    pub fn class(&self) -> Class {
        let classes = self.effects().into_iter().map(|(_, effect)| effect.class);
        classes.max().unwrap_or(Class::Documentation)
    }

    /// Returns the worst class on the wire or for Rust code, under which a report lists it.
    pub fn severity(&self) -> Class {
        let rust = match self.rust {
            Bump::Major => Class::Breaking,
            Bump::Minor => Class::Additive,
            Bump::Patch | Bump::None => Class::Documentation,
        };
        // Somebody has to read an unclassified change first. It may be harmless for Rust too.
        match self.class() {
            Class::Unclassified => Class::Unclassified,
            class => class.max(rust),
        }
    }

    /// Returns the location of the main node, in the new contract if it has one.
    pub(crate) fn main_location(&self) -> Option<&NodeLocation> {
        self.new.first().or(self.old.first())
    }
}

const UNUSED: Effect = Effect {
    class: Class::Documentation,
    reason: "no operation uses it, so no call changes",
};

/// Returns the worst effect of a rule.
fn worst_effect(rule: &'static Rule, is_unused: bool) -> Option<Effect> {
    let effects = [rule.request, rule.response].into_iter().flatten();
    let worst = effects.max_by_key(|effect| effect.class)?;
    // An unclassified change stays unclassified, used or not.
    Some(if is_unused && worst.class != Class::Unclassified {
        UNUSED
    } else {
        worst
    })
}
