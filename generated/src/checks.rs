// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Checks of single limits, each in its own file.

mod counted;
mod items;
mod length;
mod number;
mod size;

pub(crate) use items::items;
pub(crate) use length::length;
pub(crate) use number::number;
