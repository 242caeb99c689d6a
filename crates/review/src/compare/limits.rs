//! Limits: whether a new one leaves more room or less.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

use super::{At, Walk, flag};
use crate::rules::{Rule, document, limits};

/// What a larger number means for a limit.
#[derive(Clone, Copy)]
enum Sense {
    /// At least: more is tighter.
    Least,
    /// At most: more is looser.
    Most,
    /// Yes is tighter than no; a number, as in OpenAPI 3.1, is not compared.
    Exclusive,
    /// Yes is tighter than no.
    Strict,
    /// Two of them cannot be compared.
    Pattern,
    /// A multiple is tighter.
    Multiple,
}

const LIMITS: [(&str, Sense); 13] = [
    ("minLength", Sense::Least),
    ("maxLength", Sense::Most),
    ("minItems", Sense::Least),
    ("maxItems", Sense::Most),
    ("minProperties", Sense::Least),
    ("maxProperties", Sense::Most),
    ("minimum", Sense::Least),
    ("maximum", Sense::Most),
    ("exclusiveMinimum", Sense::Exclusive),
    ("exclusiveMaximum", Sense::Exclusive),
    ("uniqueItems", Sense::Strict),
    ("pattern", Sense::Pattern),
    ("multipleOf", Sense::Multiple),
];

impl<'a> Walk<'a> {
    pub(super) fn limits(&mut self, at: &At, old: &Map<String, Value>, new: &Map<String, Value>) {
        for (key, sense) in LIMITS {
            let both = (old.get(key), new.get(key));
            if both.0 != both.1 {
                let counts = !matches!(key, "minimum" | "multipleOf");
                let rule = rule(sense, counts, both);
                self.tell_value(rule, &at.key(key), both);
            }
        }
    }
}

fn rule(sense: Sense, counts: bool, both: (Option<&Value>, Option<&Value>)) -> &'static Rule {
    let mut values = [both.0, both.1].into_iter().flatten();
    match (sense, both) {
        (Sense::Exclusive, _) if values.any(Value::is_number) => &document::UNKNOWN,
        (Sense::Strict | Sense::Exclusive, (old, new)) => match (flag(old), flag(new)) {
            (Some(old), Some(new)) => by_order(new.cmp(&old)),
            _ => &document::MALFORMED,
        },
        // Nothing has fewer than none.
        (Sense::Least, (None, Some(bound)) | (Some(bound), None)) if counts && is_zero(bound) => {
            &document::SPELLED_OUT
        }
        (_, (None, _)) => &limits::TIGHTENED,
        (_, (_, None)) => &limits::LOOSENED,
        (sense, (Some(Value::Number(old)), Some(Value::Number(new)))) => match sense {
            Sense::Least => compare(new, old).map_or(&limits::CHANGED, by_order),
            Sense::Most => compare(old, new).map_or(&limits::CHANGED, by_order),
            Sense::Multiple => by_multiple(old, new),
            _ => &limits::CHANGED,
        },
        _ => &limits::CHANGED,
    }
}

/// The rule for a limit that is tighter (`Greater`), the same, or looser than it was.
fn by_order(tighter: Ordering) -> &'static Rule {
    match tighter {
        Ordering::Greater => &limits::TIGHTENED,
        Ordering::Equal => &document::SPELLED_OUT,
        Ordering::Less => &limits::LOOSENED,
    }
}

fn by_multiple(old: &Number, new: &Number) -> &'static Rule {
    let (Some(old), Some(new)) = (whole(old), whole(new)) else {
        // Fractions are not exact here, and neither is what remains of them.
        return &document::UNKNOWN;
    };
    if old == new {
        &document::SPELLED_OUT
    } else if new.checked_rem(old) == Some(0) {
        &limits::TIGHTENED
    } else if old.checked_rem(new) == Some(0) {
        &limits::LOOSENED
    } else {
        &limits::CHANGED
    }
}

fn is_zero(bound: &Value) -> bool {
    bound.as_f64() == Some(0.0)
}

/// Exact where both are whole; otherwise two that look the same may differ.
fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => {
            let order = a.as_f64()?.partial_cmp(&b.as_f64()?)?;
            (order != Ordering::Equal).then_some(order)
        }
    }
}

/// The number, if it is whole and known exactly, which a float beyond 2^53 is not.
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
