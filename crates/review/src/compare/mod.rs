//! Compares two contracts. Every difference is recorded, with the rule for it.
//!
//! The differ walks both documents together, member by member, guided by the grammar of OpenAPI.
//! What the grammar does not have is recorded by a rule without a class.

mod budget;
mod composition;
mod differ;
mod difference;
mod discriminator;
mod external_refs;
mod fallback;
mod grammar;
mod limits;
mod lists;
mod one_sided;
mod parameters;
mod properties;
mod references;
mod renames;
mod required;
mod schema;
mod scopes;
mod security;
mod servers;
mod sides;
mod subtype;
mod texts;
mod walk;

pub(crate) use differ::Differ;
pub(crate) use difference::Difference;
