//! The rules: what each kind of change means, as tables that read as documentation.
//!
//! One row is one kind of change. It says for both directions who breaks and how, what the
//! generated Rust code makes of it at most, what to do next, and which row tells the same
//! change read backwards.

pub(crate) mod calls;
pub(crate) mod document;
pub(crate) mod limits;
pub(crate) mod members;
pub(crate) mod schemas;
pub(crate) mod words;

use crate::class::{Bump, Class, Direction};

/// What a change means in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// How grave it is.
    pub class: Class,
    /// Who breaks and how, or why nobody does: one sentence without a full stop.
    pub reason: &'static str,
}

/// One kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name, for programs.
    pub id: &'static str,
    /// What it is called in a report.
    pub name: &'static str,
    /// What it means where callers send it; `None` where it cannot stand.
    pub request: Option<Effect>,
    /// What it means where callers get it; `None` where it cannot stand.
    pub response: Option<Effect>,
    /// The most that the public API of the generated crate can ask for because of it.
    pub rust: Bump,
    /// What becomes of the generated code, in a clause.
    pub code: &'static str,
    /// What to do about it, in a clause.
    pub remedy: &'static str,
    /// The rule for the same change read backwards, by its id.
    pub mirror: &'static str,
}

impl Rule {
    /// What the change means in `direction`.
    pub fn effect(&self, direction: Direction) -> Option<Effect> {
        match direction {
            Direction::Request => self.request.or(self.response),
            Direction::Response => self.response.or(self.request),
        }
    }
}

/// Every rule, by what it is about.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        document::RULES,
        calls::RULES,
        members::RULES,
        schemas::RULES,
        limits::RULES,
        words::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

const fn breaking(reason: &'static str) -> Option<Effect> {
    effect(Class::Breaking, reason)
}

const fn additive(reason: &'static str) -> Option<Effect> {
    effect(Class::Additive, reason)
}

const fn unclassified(reason: &'static str) -> Option<Effect> {
    effect(Class::Unclassified, reason)
}

const fn documentation(reason: &'static str) -> Option<Effect> {
    effect(Class::Documentation, reason)
}

const fn effect(class: Class, reason: &'static str) -> Option<Effect> {
    Some(Effect { class, reason })
}

/// Rows of the table: each a constant with a name for the code, and all of them in `RULES`.
macro_rules! table {
    ($($(#[$doc:meta])* $name:ident = $rule:expr;)*) => {
        $($(#[$doc])* pub(crate) static $name: $crate::rules::Rule = $rule;)*
        /// The rules of this table, in its order.
        pub(super) static RULES: &[&$crate::rules::Rule] = &[$(&$name),*];
    };
}
use table;

/// A row whose change means the same read backwards, or whose mirror is `mirror`.
macro_rules! row {
    (
        $id:literal, $name:literal;
        $(both: $both:expr,)?
        $(request: $request:expr,)?
        $(response: $response:expr,)?
        rust: $rust:ident, $code:literal;
        next: $remedy:literal;
        mirror: $mirror:literal
    ) => {{
        #[allow(unused_mut, unused_assignments, reason = "which lines a row has differs")]
        const ROW: $crate::rules::Rule = {
            let mut request = None;
            let mut response = None;
            $(request = $both; response = $both;)?
            $(request = $request;)?
            $(response = $response;)?
            $crate::rules::Rule {
                id: $id,
                name: $name,
                request,
                response,
                rust: $crate::class::Bump::$rust,
                code: $code,
                remedy: $remedy,
                mirror: $mirror,
            }
        };
        ROW
    }};
}
use row;
