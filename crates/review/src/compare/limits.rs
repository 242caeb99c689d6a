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
    /// Yes is tighter than no; a number is a bound, as in OpenAPI 3.1.
    Exclusive(bool),
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
    ("exclusiveMinimum", Sense::Exclusive(true)),
    ("exclusiveMaximum", Sense::Exclusive(false)),
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
    let sense = match (sense, both) {
        (Sense::Exclusive(least), (old, new)) => {
            if [old, new].into_iter().flatten().all(Value::is_boolean) {
                Sense::Strict
            } else if least {
                Sense::Least
            } else {
                Sense::Most
            }
        }
        (sense, _) => sense,
    };
    match (sense, both) {
        (Sense::Strict, (old, new)) => match (flag(old), flag(new)) {
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
            _ => by_multiple(old, new),
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
    let (Some(old), Some(new)) = (old.as_f64(), new.as_f64()) else {
        return &limits::CHANGED;
    };
    if old == new {
        &document::SPELLED_OUT
    } else if (new / old).fract() == 0.0 {
        &limits::TIGHTENED
    } else if (old / new).fract() == 0.0 {
        &limits::LOOSENED
    } else {
        &limits::CHANGED
    }
}

fn is_zero(bound: &Value) -> bool {
    bound.as_f64() == Some(0.0)
}

/// Exact where both are whole, which a float beyond 2^53 is not.
fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    let whole = |number: &Number| {
        let signed = number.as_i64().map(i128::from);
        signed.or_else(|| number.as_u64().map(i128::from))
    };
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
    }
}
