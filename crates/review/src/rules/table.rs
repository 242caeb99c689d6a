//! The notation of the tables of rules.

use super::rule::Effect;
use crate::severity::Class;

pub(super) const fn breaking(reason: &'static str) -> Option<Effect> {
    effect(Class::Breaking, reason)
}

pub(super) const fn additive(reason: &'static str) -> Option<Effect> {
    effect(Class::Additive, reason)
}

pub(super) const fn unclassified(reason: &'static str) -> Option<Effect> {
    effect(Class::Unclassified, reason)
}

pub(super) const fn documentation(reason: &'static str) -> Option<Effect> {
    effect(Class::Documentation, reason)
}

const fn effect(class: Class, reason: &'static str) -> Option<Effect> {
    Some(Effect { class, reason })
}

/// A table: a static for each rule, named after its id, and all of them in `RULES`.
macro_rules! table {
    ($($name:ident = $rule:expr;)*) => {
        $(pub(crate) static $name: $crate::rules::rule::Rule = $rule;)*
        /// The rules of this table, in order.
        pub(super) static RULES: &[&$crate::rules::rule::Rule] = &[$(&$name),*];
        /// The names of the statics, in the same order.
        #[cfg(test)]
        pub(super) static NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}
pub(super) use table;

/// A row of a table. `both` sets the effect in both directions.
macro_rules! row {
    (
        $id:literal, $name:literal;
        $(both: $both:expr,)?
        $(request: $request:expr,)?
        $(response: $response:expr,)?
        rust: $rust:ident, $code:literal;
        next: $remedy:literal $(, in responses $response_remedy:literal)?;
        inverse: $inverse:literal
    ) => {{
        #[allow(unused_mut, unused_assignments, reason = "a row has some of these lines only")]
        const ROW: $crate::rules::rule::Rule = {
            let mut request = None;
            let mut response = None;
            let mut response_remedy = None;
            $(request = $both; response = $both;)?
            $(request = $request;)?
            $(response = $response;)?
            $(response_remedy = Some($response_remedy);)?
            $crate::rules::rule::Rule {
                id: $id,
                name: $name,
                request,
                response,
                rust: $crate::severity::Bump::$rust,
                code: $code,
                remedy: $remedy,
                response_remedy,
                inverse: $inverse,
            }
        };
        ROW
    }};
}
pub(super) use row;
