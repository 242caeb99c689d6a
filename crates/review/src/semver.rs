//! Version arithmetic, and the result of `cargo-semver-checks`.

use crate::severity::Bump;

/// The result of `cargo-semver-checks` for the two crates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SemverChecks {
    /// Whether the program is installed.
    pub installed: bool,
    /// The bump that it requires; `None` if it failed.
    pub required: Option<Bump>,
    /// Its output.
    pub text: String,
}

/// Returns the next version by the rules of Cargo: before 1.0.0 a breaking change raises the second
/// number, and any other change the third. `None` if `version` is invalid.
pub fn next_version(version: &str, bump: Bump) -> Option<String> {
    let core = version.split(['-', '+']).next()?;
    let numbers: Option<Vec<u64>> = core.split('.').map(|part| part.parse().ok()).collect();
    let [major, minor, patch] = numbers?.try_into().ok()?;
    let (major, minor, patch): (u64, u64, u64) = (major, minor, patch);
    let next = match (bump, major) {
        (Bump::None, _) => (major, minor, patch),
        (Bump::Major, 0) => (0, minor.checked_add(1)?, 0),
        (Bump::Minor | Bump::Patch, 0) => (0, minor, patch.checked_add(1)?),
        (Bump::Major, _) => (major.checked_add(1)?, 0, 0),
        (Bump::Minor, _) => (major, minor.checked_add(1)?, 0),
        (Bump::Patch, _) => (major, minor, patch.checked_add(1)?),
    };
    Some(format!("{}.{}.{}", next.0, next.1, next.2))
}

/// Whether `version` is at least the next one after `old` for this bump.
pub(crate) fn is_sufficient(old: &str, version: &str, bump: Bump) -> Option<bool> {
    let numbers = |version: &str| -> Option<Vec<u64>> {
        let core = version.split(['-', '+']).next()?;
        core.split('.').map(|part| part.parse().ok()).collect()
    };
    let (actual, required) = (numbers(version)?, numbers(&next_version(old, bump)?)?);
    let is_unchanged = bump == Bump::None && version == old;
    // A pre-release comes before the version that it is named after.
    let is_released = !version.split('+').next()?.contains('-');
    Some(is_unchanged || actual > required || actual == required && is_released)
}

#[cfg(test)]
mod tests {
    use super::{Bump, is_sufficient, next_version};

    #[test]
    fn before_one_a_breaking_change_raises_the_second_number() {
        let next = |version, bump| next_version(version, bump).unwrap_or_default();
        assert_eq!(next("0.1.2", Bump::Major), "0.2.0");
        assert_eq!(next("0.1.2", Bump::Minor), "0.1.3");
        assert_eq!(next("1.2.3", Bump::Major), "2.0.0");
        assert_eq!(next("1.2.3", Bump::Minor), "1.3.0");
        assert_eq!(next("unversioned", Bump::Major), "");
        assert_eq!(next("0.18446744073709551615.0", Bump::Major), "");
    }

    #[test]
    fn a_version_is_sufficient_from_the_next_one_on() {
        assert_eq!(is_sufficient("0.1.0", "0.1.0", Bump::Patch), Some(false));
        assert_eq!(is_sufficient("0.1.0", "0.2.0", Bump::Major), Some(true));
        assert_eq!(is_sufficient("0.1.0", "0.10.0", Bump::Major), Some(true));
        let early = "2.0.0-alpha.1";
        assert_eq!(is_sufficient("1.2.3", early, Bump::Major), Some(false));
        assert_eq!(is_sufficient("1.2.3", early, Bump::Minor), Some(true));
        assert_eq!(is_sufficient(early, early, Bump::None), Some(true));
        assert_eq!(is_sufficient("1.2.3", "2.0.0+a-b", Bump::Major), Some(true));
    }
}
