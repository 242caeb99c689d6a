//! The rules: what each kind of change means, as tables that read as documentation.
//!
//! Each row is one kind of change. For both directions it says who breaks and how. It also says
//! what the change does to the generated Rust code at most, what to do about it, and which rule
//! describes the inverse change.

pub(crate) mod calls;
pub(crate) mod document;
pub(crate) mod limits;
pub(crate) mod members;
mod rule;
pub(crate) mod schemas;
mod table;
pub(crate) mod texts;

pub use rule::{Effect, Rule};

/// Returns every rule, by subject.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        document::RULES,
        calls::RULES,
        members::RULES,
        schemas::RULES,
        limits::RULES,
        texts::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_named_after_the_ids_of_their_rules() {
        let tables = [
            (document::RULES, document::NAMES),
            (calls::RULES, calls::NAMES),
            (members::RULES, members::NAMES),
            (schemas::RULES, schemas::NAMES),
            (limits::RULES, limits::NAMES),
            (texts::RULES, texts::NAMES),
        ];
        for (rules, names) in tables {
            for (rule, name) in rules.iter().zip(names) {
                assert_eq!(rule.id.to_uppercase().replace('-', "_"), *name);
            }
        }
    }
}
