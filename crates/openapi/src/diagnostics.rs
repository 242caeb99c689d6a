//! All problems of one run, and how they are printed.

use std::fmt;

use crate::Diagnostic;
use crate::grouping::group_alike;

/// How many diagnostics that say the same are printed one by one.
const MOST_ALIKE: usize = 3;

/// All problems of one run, in the order of the files' lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Sorts problems by file and line, and drops repeated ones.
    pub fn new(mut all: Vec<Diagnostic>) -> Self {
        all.sort();
        all.dedup();
        Self(all)
    }

    /// Each problem, in the order of the files' lines.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// How many problems there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no problem.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for group in group_alike(&self.0) {
            let first = group.first;
            writeln!(f, "{first}")?;
            if group.count() > MOST_ALIKE {
                let places = group.others.iter().take(MOST_ALIKE);
                let places: Vec<_> = places.map(|other| other.line.to_string()).collect();
                let (more, path) = (group.others.len(), group.json_path());
                writeln!(
                    f,
                    " note: {more} more like this, on lines {}, …",
                    places.join(", ")
                )?;
                writeln!(
                    f,
                    "       an overlay action that targets {path} may settle all"
                )?;
            } else {
                for other in &group.others {
                    writeln!(f, "\n{other}")?;
                }
            }
            writeln!(f)?;
        }
        match self.0.len() {
            1 => write!(f, "1 problem; nothing was written"),
            n => write!(f, "{n} problems; nothing was written"),
        }
    }
}

impl std::error::Error for Diagnostics {}
