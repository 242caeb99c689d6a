//! Compares two contracts and reports what changed, as text, JSON or a page.
//!
#![doc = include_str!("../README.md")]

mod change;
mod classify;
mod compare;
mod crate_bump;
mod departures;
mod items;
mod label;
mod location;
mod next_steps;
mod options;
mod reference_graph;
mod report;
mod review;
mod rules;
mod run;
mod rust_api;
mod semver;
mod severity;
mod side;
mod text_digests;
mod uses;
mod verdict;
mod wording;

pub use change::Change;
pub use departures::Departure;
pub use location::NodeLocation;
pub use options::{Options, Step};
pub use review::Review;
pub use rules::{Effect, Rule, rules};
pub use run::review;
pub use rust_api::ItemChange;
pub use semver::{SemverChecks, next_version};
pub use severity::{Bump, Class, Direction};
pub use side::{Code, Side};
pub use text_digests::TextDigests;
pub use uses::Use;
pub use verdict::{Basis, Verdict, Versions};
pub use wording::Wording;
