//! Two contracts in, one report on what changed out: for a person, as JSON, as a page.
//!
#![doc = include_str!("../README.md")]

mod change;
mod class;
mod compare;
mod items;
mod label;
mod refs;
mod report;
mod review;
mod rules;
mod rust_api;
mod semver;
mod side;
mod texts;
mod uses;
mod verdict;
mod wording;

pub use change::{Change, Place};
pub use class::{Bump, Class, Direction};
pub use review::{Options, Review, review};
pub use rules::{Effect, Rule, rules};
pub use rust_api::ItemChange;
pub use semver::{SemverChecks, next_version};
pub use side::{Code, Side};
pub use texts::Texts;
pub use uses::Use;
pub use verdict::{Basis, Verdict, Versions};
pub use wording::Wording;
