//! How a change gets its class: by the effects of its rule, from the tables in `rules/`, in the
//! directions in which operations use what changed.

use crate::change::Change;
use crate::rules::{Effect, Rule, document};
use crate::severity::{Bump, Class, Direction};
use crate::uses::Uses;

/// Sets what follows from the operations that a change affects.
pub(crate) fn classify(change: &mut Change, ceiling: Bump) {
    let is_component = change
        .main_location()
        .is_some_and(|location| location.pointer.as_str().starts_with("/components/"));
    change.is_unused = change.uses.is_empty() && is_component;
    change.wire = change.class().bump();
    change.rust = change.rust.min(ceiling);
}

const COMPONENTS: [&Rule; 4] = [
    &document::COMPONENT_SCHEMA_ADDED,
    &document::COMPONENT_SCHEMA_REMOVED,
    &document::COMPONENT_ADDED,
    &document::COMPONENT_REMOVED,
];

/// Reclassifies a component that was added or removed although operations of both contracts refer
/// to it: in one contract these references are dangling, so their target was not compared.
pub(crate) fn reclassify_dangling(change: &mut Change, old: &Uses, new: &Uses) {
    if change.through_reference || !COMPONENTS.contains(&change.rule) {
        return;
    }
    let is_used = |uses: &Uses| {
        change
            .main_location()
            .is_some_and(|at| !uses.of(&at.pointer).is_empty())
    };
    if is_used(old) && is_used(new) {
        change.rule = &document::REFERENCE_UNREAD;
        change.rust = change.rule.rust;
        change.notes.push(match change.new.is_empty() {
            true => "operations still refer to it".to_owned(),
            false => "operations already referred to it".to_owned(),
        });
    }
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
