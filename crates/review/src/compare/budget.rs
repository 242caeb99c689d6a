//! The limit of work for following references.

/// The limit of nested nodes to compare, references included.
const LEVEL_LIMIT: usize = 2_000;
/// The limit of pairs of nodes to compare because references lead to them.
const PAIR_LIMIT: usize = 4_000;
/// The limit of references to follow below other references.
const FOLLOWED_LIMIT: usize = 12_000;

/// How much was spent on following references.
#[derive(Debug, Default)]
pub(super) struct Budget {
    level: usize,
    pairs: usize,
    followed: usize,
    /// Whether the report says that references were skipped.
    pub(super) is_reported: bool,
}

impl Budget {
    pub(super) fn enter(&mut self) {
        self.level += 1;
    }

    pub(super) fn leave(&mut self) {
        self.level = self.level.saturating_sub(1);
    }

    /// Counts a reference below another one.
    pub(super) fn follow(&mut self) {
        self.followed += 1;
    }

    /// Counts a pair of nodes that references lead to.
    pub(super) fn add_pair(&mut self) {
        self.pairs += 1;
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.followed > FOLLOWED_LIMIT || self.pairs >= PAIR_LIMIT
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.level > LEVEL_LIMIT
    }
}
