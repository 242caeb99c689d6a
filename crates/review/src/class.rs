//! How grave a change is: its class in one direction, and the version step it asks for.

use std::fmt;

/// What a change means for those on the wire in one direction, from least to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Only readers see it.
    Documentation,
    /// Something becomes possible or is promised; whoever was right before still is.
    Additive,
    /// No rule knows it: somebody has to read it.
    Unclassified,
    /// Somebody who was right before fails now.
    Breaking,
}

impl Class {
    /// Every class, the worst first: the order of the report.
    pub const ALL: [Self; 4] = [
        Self::Breaking,
        Self::Unclassified,
        Self::Additive,
        Self::Documentation,
    ];

    /// The word for it, in reports and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Documentation => "documentation only",
            Self::Additive => "additive",
            Self::Unclassified => "unclassified",
            Self::Breaking => "breaking",
        }
    }

    /// The version step that it asks for. What nobody has read yet counts as breaking.
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

/// The step to the next version, from least to most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// The same version serves.
    #[default]
    None,
    /// Nothing that programs see.
    Patch,
    /// Something new.
    Minor,
    /// Something breaks.
    Major,
}

impl Bump {
    /// The word for it, in reports and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The step in a sentence.
    pub(crate) fn step(self) -> &'static str {
        match self {
            Self::None => "no step",
            Self::Patch => "a patch step",
            Self::Minor => "a minor step",
            Self::Major => "a major step",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// On which side of a call a node of the contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// In what callers send.
    Request,
    /// In what they get.
    Response,
}

impl Direction {
    /// The word for it, in reports and in JSON.
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
