//! The flattened form: the fence holds the data that the page of one operation is rendered from.

mod alternatives;
mod content;
mod operation;
mod parameters;
mod schema;
mod security;
mod synthetic_example;

pub(crate) use operation::operation;
