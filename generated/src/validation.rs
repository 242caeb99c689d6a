// @generated from an OpenAPI contract, inputs sha256:ded4312981462104.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Limits of the contract, checked here before anything is sent.
//!
//! [`Validate::validate`] reports every broken limit at once, each with the path of its
//! field. Lengths count characters (Unicode scalar values), not bytes.

use std::fmt;

/// A value with limits that the contract sets.
pub trait Validate {
    /// Adds every limit that the value, which stands at `at`, breaks.
    fn check(&self, at: At<'_>, broken: &mut Violations);

    /// Checks every limit.
    ///
    /// # Errors
    ///
    /// All broken limits, in the order of the fields.
    fn validate(&self) -> Result<(), Violations> {
        let mut broken = Violations::default();
        self.check(At::Root, &mut broken);
        if broken.is_empty() {
            Ok(())
        } else {
            Err(broken)
        }
    }
}

/// Where a value stands in the one that is validated.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// The value itself.
    Root,
    /// A named field, or a member of a map.
    Field(&'a At<'a>, &'a str),
    /// An item of a list.
    Item(&'a At<'a>, usize),
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Self::Root, name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// One broken limit.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Violation {
    /// The path of the field, as in `documents[17]`; empty for the value as a whole.
    pub field: String,
    /// What was found, as in `4103 characters`.
    pub found: String,
    /// The limit that it breaks.
    pub limit: Limit,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        write!(f, "{}, {}", self.found, self.limit)
    }
}

/// A limit that the contract sets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// The fewest characters.
    MinLength(usize),
    /// The most characters.
    MaxLength(usize),
    /// The fewest items.
    MinItems(usize),
    /// The most items.
    MaxItems(usize),
    /// The fewest members.
    MinProperties(usize),
    /// The most members.
    MaxProperties(usize),
    /// The smallest number.
    Minimum(String),
    /// The largest number.
    Maximum(String),
    /// The number that the value must be above.
    ExclusiveMinimum(String),
    /// The number that the value must be below.
    ExclusiveMaximum(String),
    /// The number that the value must be a multiple of.
    MultipleOf(i64),
    /// The regular expression (ECMA-262) that the text must match.
    Pattern(&'static str),
    /// The only values allowed.
    OneOf(&'static str),
    /// No two items may be the same.
    UniqueItems,
    /// The text stands in a path: empty, `.` or `..` would name another resource.
    PathSegment,
    /// The text stands in a header.
    HeaderValue,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MinLength(limit) | Self::MinItems(limit) | Self::MinProperties(limit) => {
                write!(f, "at least {limit}")
            }
            Self::MaxLength(limit) | Self::MaxItems(limit) | Self::MaxProperties(limit) => {
                write!(f, "at most {limit}")
            }
            Self::Minimum(limit) => write!(f, "at least {limit}"),
            Self::Maximum(limit) => write!(f, "at most {limit}"),
            Self::ExclusiveMinimum(limit) => write!(f, "must be above {limit}"),
            Self::ExclusiveMaximum(limit) => write!(f, "must be below {limit}"),
            Self::MultipleOf(divisor) => write!(f, "must be a multiple of {divisor}"),
            Self::Pattern(pattern) => write!(f, "must match {pattern}"),
            Self::OneOf(allowed) => write!(f, "must be one of {allowed}"),
            Self::UniqueItems => f.write_str("all must differ"),
            Self::PathSegment => f.write_str("which would name another resource in a path"),
            Self::HeaderValue => f.write_str("which no header can carry"),
        }
    }
}

/// Every limit that a value breaks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Adds a broken limit of the value at `at`.
    pub fn push(&mut self, at: At<'_>, found: impl fmt::Display, limit: Limit) {
        self.0.push(Violation {
            field: at.to_string(),
            found: found.to_string(),
            limit,
        });
    }

    /// Each broken limit, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }

    /// How many limits are broken.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no limit is broken.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

fn counted(found: usize, noun: &str) -> String {
    format!("{found} {noun}{}", if found == 1 { "" } else { "s" })
}

pub(crate) fn min_length(text: &str, limit: usize, at: At<'_>, broken: &mut Violations) {
    let found = text.chars().count();
    if found < limit {
        broken.push(at, counted(found, "character"), Limit::MinLength(limit));
    }
}

pub(crate) fn max_length(text: &str, limit: usize, at: At<'_>, broken: &mut Violations) {
    // A text never has more characters than bytes: most need no counting.
    if text.len() <= limit {
        return;
    }
    let found = text.chars().count();
    if found > limit {
        broken.push(at, counted(found, "character"), Limit::MaxLength(limit));
    }
}

pub(crate) fn max_items(found: usize, limit: usize, at: At<'_>, broken: &mut Violations) {
    if found > limit {
        broken.push(at, counted(found, "item"), Limit::MaxItems(limit));
    }
}

pub(crate) fn minimum<T>(value: T, limit: T, at: At<'_>, broken: &mut Violations)
where
    T: PartialOrd + fmt::Display,
{
    if value < limit {
        broken.push(at, value, Limit::Minimum(limit.to_string()));
    }
}
