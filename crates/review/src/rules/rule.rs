//! A rule: one kind of change.

use crate::severity::{Bump, Class, Direction};

/// What a change means in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The severity in this direction.
    pub class: Class,
    /// Who breaks and how, or why nobody does, in a sentence without a full stop.
    pub reason: &'static str,
}

/// One kind of change. Rules are equal if their ids are.
#[derive(Debug)]
pub struct Rule {
    /// The stable name, for programs.
    pub id: &'static str,
    /// The name in reports.
    pub name: &'static str,
    /// The effect on requests; `None` if the change cannot occur there.
    pub request: Option<Effect>,
    /// The effect on responses; `None` if the change cannot occur there.
    pub response: Option<Effect>,
    /// The largest bump that the public API of the generated crate can require because of it.
    pub rust: Bump,
    /// The effect on the generated code, in a clause.
    pub code: &'static str,
    /// What to do about it, in a clause.
    pub remedy: &'static str,
    /// What to do about it in responses, if that is something else.
    pub response_remedy: Option<&'static str>,
    /// The id of the rule for the inverse change.
    pub inverse: &'static str,
}

impl Rule {
    /// Returns the effect of the change in `direction`.
    pub fn effect(&self, direction: Direction) -> Option<Effect> {
        match direction {
            Direction::Request => self.request.or(self.response),
            Direction::Response => self.response.or(self.request),
        }
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}
