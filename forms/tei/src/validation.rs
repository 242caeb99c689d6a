// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Validation against the limits of the contract, before anything is sent.
//!
//! [`Validate::validate`] reports every broken limit at once, each with the path of its
//! field. Lengths count characters (Unicode scalar values), not bytes.

use std::fmt;

/// A value with limits that the contract sets.
pub trait Validate {
    /// Adds every limit that the value at `at` breaks.
    #[doc(hidden)]
    fn check(&self, at: At<'_>, broken: &mut Violations);

    /// Checks every limit.
    ///
    /// # Errors
    ///
    /// If any limit is broken: all of them, in the order of the fields.
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

/// The path to a value inside the value that is validated.
#[doc(hidden)]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Violation {
    /// The path of the field, as in `documents[17]`; empty for the value as a whole.
    pub field: String,
    /// The size or value found, as in `4103 characters`.
    pub found: String,
    /// The limit that is broken.
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// The text is part of a path, where empty, `.` or `..` would name another resource.
    PathSegment,
    /// The text is part of a header.
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Adds a broken limit of the value at `at`.
    #[doc(hidden)]
    pub fn push(&mut self, at: At<'_>, found: impl fmt::Display, limit: Limit) {
        self.0.push(Violation {
            field: at.to_string(),
            found: found.to_string(),
            limit,
        });
    }

    /// Returns each broken limit, in the order of the fields.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// Returns the number of broken limits.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no limit is broken.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
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

/// A text that is not one of the values that the contract lists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownValue(String);

impl UnknownValue {
    /// An error about `value`.
    #[doc(hidden)]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// Returns the text.
    pub fn value(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not one of the values that the contract lists",
            self.0
        )
    }
}

impl std::error::Error for UnknownValue {}

/// The limits on the sizes of a type's fields, by their names in JSON; `documents[]` is each item
/// of `documents`.
///
/// The lookups are `const`: a limit of the contract can be a constant of the code that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SizeLimits(&'static [(&'static str, Limit)]);

/// A kind of limit.
#[derive(Clone, Copy)]
enum Kind {
    MinLength,
    MaxLength,
    MinItems,
    MaxItems,
    MinProperties,
    MaxProperties,
}

impl SizeLimits {
    /// The limits of one type.
    #[doc(hidden)]
    pub const fn new(limits: &'static [(&'static str, Limit)]) -> Self {
        Self(limits)
    }

    /// Returns each limit with the name of its field.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, &'static Limit)> {
        self.0.iter().map(|(field, limit)| (*field, limit))
    }

    /// Returns the fewest characters of a field, if there is such a limit.
    pub const fn min_length(self, field: &str) -> Option<usize> {
        self.find(field, Kind::MinLength)
    }

    /// Returns the most characters of a field, if there is such a limit.
    pub const fn max_length(self, field: &str) -> Option<usize> {
        self.find(field, Kind::MaxLength)
    }

    /// Returns the fewest items of a field, if there is such a limit.
    pub const fn min_items(self, field: &str) -> Option<usize> {
        self.find(field, Kind::MinItems)
    }

    /// Returns the most items of a field, if there is such a limit.
    pub const fn max_items(self, field: &str) -> Option<usize> {
        self.find(field, Kind::MaxItems)
    }

    /// Returns the fewest members of a field, if there is such a limit.
    pub const fn min_properties(self, field: &str) -> Option<usize> {
        self.find(field, Kind::MinProperties)
    }

    /// Returns the most members of a field, if there is such a limit.
    pub const fn max_properties(self, field: &str) -> Option<usize> {
        self.find(field, Kind::MaxProperties)
    }

    const fn find(self, field: &str, kind: Kind) -> Option<usize> {
        let mut limits = self.0;
        while let [(name, limit), rest @ ..] = limits {
            if is_same(name.as_bytes(), field.as_bytes()) {
                match (kind, limit) {
                    (Kind::MinLength, Limit::MinLength(size))
                    | (Kind::MaxLength, Limit::MaxLength(size))
                    | (Kind::MinItems, Limit::MinItems(size))
                    | (Kind::MaxItems, Limit::MaxItems(size))
                    | (Kind::MinProperties, Limit::MinProperties(size))
                    | (Kind::MaxProperties, Limit::MaxProperties(size)) => return Some(*size),
                    _ => {}
                }
            }
            limits = rest;
        }
        None
    }
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    loop {
        match (one, other) {
            ([], []) => return true,
            ([a, more @ ..], [b, others @ ..]) if *a == *b => {
                one = more;
                other = others;
            }
            _ => return false,
        }
    }
}
