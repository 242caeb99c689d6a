//! The program as the tests run it.

#![allow(
    dead_code,
    reason = "each user of this folder is a crate of its own and uses a part"
)]

#[path = "../../../server/tests/server/support/http.rs"]
pub(crate) mod http;
mod served;

use std::process::Command;

pub(crate) use served::Served;

/// Variables that the tests' own environment must not set.
const VARIABLES: [&str; 5] = [
    "RERANK_SERVE_API_KEYS",
    "RERANK_BASE_URL",
    "ZHIPUAI_API_KEY",
    "ZAI_API_KEY",
    "ZHIPU_API_KEY",
];

/// The program with these arguments.
pub(crate) fn rerank(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rerank"));
    command.args(arguments);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command
}
