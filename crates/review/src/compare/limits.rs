//! Limits: whether a limit was tightened or loosened.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

use super::differ::Differ;
use super::difference::Pointers;
use super::sides::Sides;
use super::walk::flag;
use crate::rules::{Rule, document, limits};

/// What a change of a limit means.
#[derive(Clone, Copy)]
enum Sense {
    /// A lower bound: a larger number is tighter.
    Minimum,
    /// An upper bound: a larger number is looser.
    Maximum,
    /// A flag: true is tighter than false. Numbers, as in OpenAPI 3.1, are not compared.
    Exclusive,
    /// A flag: true is tighter than false.
    Flag,
    /// A pattern: two of them cannot be compared.
    Pattern,
    /// A divisor: a multiple of it is tighter.
    Multiple,
}

const LIMITS: [(&str, Sense); 13] = [
    ("minLength", Sense::Minimum),
    ("maxLength", Sense::Maximum),
    ("minItems", Sense::Minimum),
    ("maxItems", Sense::Maximum),
    ("minProperties", Sense::Minimum),
    ("maxProperties", Sense::Maximum),
    ("minimum", Sense::Minimum),
    ("maximum", Sense::Maximum),
    ("exclusiveMinimum", Sense::Exclusive),
    ("exclusiveMaximum", Sense::Exclusive),
    ("uniqueItems", Sense::Flag),
    ("pattern", Sense::Pattern),
    ("multipleOf", Sense::Multiple),
];

impl Differ<'_> {
    pub(super) fn limits(
        &mut self,
        at: &Pointers,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
    ) {
        for (key, sense) in LIMITS {
            if let Some(sides) = Sides::differing(old, new, key) {
                let is_count = !matches!(key, "minimum" | "multipleOf");
                let rule = rule(sense, is_count, sides);
                self.record_value(rule, &at.key(key), sides);
            }
        }
    }
}

fn rule(sense: Sense, is_count: bool, sides: Sides<'_>) -> &'static Rule {
    let values = (sides.old_value(), sides.new_value());
    match (sense, values) {
        (Sense::Exclusive, (Some(Value::Number(_)), _) | (_, Some(Value::Number(_)))) => {
            &document::UNKNOWN_CHANGED
        }
        (Sense::Flag | Sense::Exclusive, (old, new)) => match (flag(old), flag(new)) {
            (Some(old), Some(new)) => by_order(new.cmp(&old)),
            _ => &document::MALFORMED_CHANGED,
        },
        // A count is never below zero.
        (Sense::Minimum, (None, Some(bound)) | (Some(bound), None))
            if is_count && is_zero(bound) =>
        {
            &document::SPELLED_OUT
        }
        (_, (None, _)) => &limits::LIMIT_TIGHTENED,
        (_, (_, None)) => &limits::LIMIT_LOOSENED,
        (sense, (Some(Value::Number(old)), Some(Value::Number(new)))) => match sense {
            Sense::Minimum => compare(new, old).map_or(&limits::LIMIT_CHANGED, by_order),
            Sense::Maximum => compare(old, new).map_or(&limits::LIMIT_CHANGED, by_order),
            Sense::Multiple => by_multiple(old, new),
            _ => &limits::LIMIT_CHANGED,
        },
        _ => &limits::LIMIT_CHANGED,
    }
}

/// Returns the rule for a limit that became tighter (`Greater`), stayed the same, or became looser.
fn by_order(tighter: Ordering) -> &'static Rule {
    match tighter {
        Ordering::Greater => &limits::LIMIT_TIGHTENED,
        Ordering::Equal => &document::SPELLED_OUT,
        Ordering::Less => &limits::LIMIT_LOOSENED,
    }
}

fn by_multiple(old: &Number, new: &Number) -> &'static Rule {
    let (Some(old), Some(new)) = (whole(old), whole(new)) else {
        // Fractions are inexact, and so are their remainders.
        return &document::UNKNOWN_CHANGED;
    };
    if old == new {
        &document::SPELLED_OUT
    } else if new.checked_rem(old) == Some(0) {
        &limits::LIMIT_TIGHTENED
    } else if old.checked_rem(new) == Some(0) {
        &limits::LIMIT_LOOSENED
    } else {
        &limits::LIMIT_CHANGED
    }
}

fn is_zero(bound: &Value) -> bool {
    bound.as_f64() == Some(0.0)
}

/// Compares two numbers; `None` if they are fractions that may differ by less than a float shows.
fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => {
            let order = a.as_f64()?.partial_cmp(&b.as_f64()?)?;
            (order != Ordering::Equal).then_some(order)
        }
    }
}

/// Returns a whole number. A float above 2^53 is inexact and does not count.
fn whole(number: &Number) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let signed = number.as_i64().map(i128::from);
    let known = signed.or_else(|| number.as_u64().map(i128::from));
    known.or_else(|| {
        let float = number.as_f64()?;
        let exact = float.fract() == 0.0 && float.abs() < EXACT;
        exact.then(|| format!("{float:.0}").parse().ok()).flatten()
    })
}
