//! What values are allowed, besides their types.

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
    /// The limits of both; `None` where no single limit says what the two say.
    pub(crate) fn and(&self, other: &Self) -> Option<Self> {
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
