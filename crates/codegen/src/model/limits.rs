//! What values are allowed, besides their types.

use std::fmt;

use serde_json::{Number, Value};

/// Constraints that `validate()` enforces.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Limits {
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<i64>,
    /// The only values allowed, for numbers and booleans.
    pub(crate) one_of: Vec<Value>,
}

impl Limits {
    /// The limits of both; `None` where no single limit says what the two say, or where the two
    /// contradict each other.
    pub(crate) fn and(&self, other: &Self) -> Option<Self> {
        let mut merged = self.merged(other)?;
        merged.drop_contradictions().is_empty().then_some(merged)
    }

    /// The limits of both, which may contradict each other; `None` where no single limit says what
    /// the two say.
    pub(crate) fn merged(&self, other: &Self) -> Option<Self> {
        let one_of = match (self.one_of.as_slice(), other.one_of.as_slice()) {
            ([], listed) | (listed, []) => listed.to_vec(),
            (first, second) => {
                let common = first.iter().filter(|value| second.contains(value));
                let common: Vec<_> = common.cloned().collect();
                (!common.is_empty()).then_some(common)?
            }
        };
        Some(Self {
            min_length: self.min_length.max(other.min_length),
            max_length: least(self.max_length, other.max_length),
            pattern: same(self.pattern.as_ref(), other.pattern.as_ref())
                .ok()?
                .cloned(),
            min_items: self.min_items.max(other.min_items),
            max_items: least(self.max_items, other.max_items),
            unique_items: self.unique_items || other.unique_items,
            min_properties: self.min_properties.max(other.min_properties),
            max_properties: least(self.max_properties, other.max_properties),
            minimum: tighter(self.minimum.as_ref(), other.minimum.as_ref(), |a, b| a > b),
            maximum: tighter(self.maximum.as_ref(), other.maximum.as_ref(), |a, b| a < b),
            multiple_of: same(self.multiple_of.as_ref(), other.multiple_of.as_ref())
                .ok()?
                .copied(),
            one_of,
        })
    }

    /// Drops pairs of limits that no value can meet, and returns them.
    pub(crate) fn drop_contradictions(&mut self) -> Vec<Contradiction> {
        let mut dropped = Vec::new();
        let sizes = [
            ("minLength", &mut self.min_length, &mut self.max_length),
            ("minItems", &mut self.min_items, &mut self.max_items),
            (
                "minProperties",
                &mut self.min_properties,
                &mut self.max_properties,
            ),
        ];
        for (keyword, smallest, largest) in sizes {
            if let (Some(low), Some(high)) = (*smallest, *largest)
                && low > high
            {
                dropped.push(Contradiction::crossed(keyword, &low, &high));
                (*smallest, *largest) = (None, None);
            }
        }
        if let (Some(low), Some(high)) = (&self.minimum, &self.maximum)
            && let (Some(least), Some(most)) = (low.value.as_f64(), high.value.as_f64())
        {
            if least > most {
                dropped.push(Contradiction::crossed("minimum", &least, &most));
                (self.minimum, self.maximum) = (None, None);
            } else if least == most && (low.exclusive || high.exclusive) {
                dropped.push(Contradiction {
                    keyword: "minimum",
                    message: format!(
                        "no value lies between `minimum` and `maximum`, both {}",
                        low.value
                    ),
                    help: "correct one of the two, or let both be inclusive",
                });
                (self.minimum, self.maximum) = (None, None);
            }
        }
        dropped
    }
}

/// Two limits that no value can meet.
pub(crate) struct Contradiction {
    /// The lower limit.
    pub(crate) keyword: &'static str,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

impl Contradiction {
    fn crossed(keyword: &'static str, low: &dyn fmt::Display, high: &dyn fmt::Display) -> Self {
        Self {
            keyword,
            message: format!("`{keyword}` is {low}, above the maximum of {high}: no value fits"),
            help: "correct one of the two",
        }
    }
}

fn least(first: Option<u64>, second: Option<u64>) -> Option<u64> {
    first.into_iter().chain(second).min()
}

/// Two limits that no single one expresses.
struct Clash;

/// Returns the limit that is set; if both are, they must be equal.
fn same<'a, T: PartialEq>(
    first: Option<&'a T>,
    second: Option<&'a T>,
) -> Result<Option<&'a T>, Clash> {
    match (first, second) {
        (Some(a), Some(b)) if a != b => Err(Clash),
        _ => Ok(first.or(second)),
    }
}

/// The bound that leaves less room; of equal ones, the exclusive.
fn tighter(
    first: Option<&Bound>,
    second: Option<&Bound>,
    is_tighter: fn(f64, f64) -> bool,
) -> Option<Bound> {
    let (Some(a), Some(b)) = (first, second) else {
        return first.or(second).cloned();
    };
    let (x, y) = (a.value.as_f64()?, b.value.as_f64()?);
    let first_wins = is_tighter(x, y) || (x == y && a.exclusive);
    Some(if first_wins { a } else { b }.clone())
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bound {
    pub(crate) value: Number,
    pub(crate) exclusive: bool,
}
