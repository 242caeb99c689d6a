//! The program as a process.

mod cluster;
mod errors;
mod faults;
mod local;
mod support;
