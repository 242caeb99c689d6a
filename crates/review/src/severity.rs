//! The severity of a change: its class in one direction, and the version bump that it requires.

use std::fmt;

/// What a change means on the wire in one direction, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It affects readers of the documentation only.
    Documentation,
    /// Something becomes possible or is guaranteed, and everything that worked still works.
    Additive,
    /// There is no rule for it, and somebody has to read it.
    Unclassified,
    /// Something that worked fails.
    Breaking,
}

impl Class {
    /// Every class, the worst first, as in reports.
    pub const ALL: [Self; 4] = [
        Self::Breaking,
        Self::Unclassified,
        Self::Additive,
        Self::Documentation,
    ];

    /// Returns the name of the class in reports and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Documentation => "documentation only",
            Self::Additive => "additive",
            Self::Unclassified => "unclassified",
            Self::Breaking => "breaking",
        }
    }

    /// Returns the version bump that the class requires. Unclassified counts as breaking.
    pub fn bump(self) -> Bump {
        match self {
            Self::Documentation => Bump::Patch,
            Self::Additive => Bump::Minor,
            Self::Unclassified | Self::Breaking => Bump::Major,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A version bump, from smallest to largest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// The version stays.
    #[default]
    None,
    /// Nothing that programs notice.
    Patch,
    /// Something new.
    Minor,
    /// Something breaks.
    Major,
}

impl Bump {
    /// Returns the name of the bump in reports and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// Returns the bump with an article, for sentences.
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::None => "no bump",
            Self::Patch => "a patch bump",
            Self::Minor => "a minor bump",
            Self::Major => "a major bump",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The side of a call that a node of the contract belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// What callers send.
    Request,
    /// What callers receive.
    Response,
}

impl Direction {
    /// Returns the name of the direction in reports and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
