//! Runs the program in a clean environment.

#![allow(
    dead_code,
    reason = "each user of this folder is a crate of its own and uses a part"
)]

pub(crate) mod hub;
mod served;

use std::process::Command;

pub(crate) use bigmodel_rerank_test_support::http;
pub(crate) use served::Served;

/// Variables that must not reach the program from the environment of the tests.
const VARIABLES: [&str; 12] = [
    "RERANK_SERVE_API_KEYS",
    "RERANK_BASE_URL",
    "ZHIPUAI_API_KEY",
    "ZAI_API_KEY",
    "ZHIPU_API_KEY",
    "HF_ENDPOINT",
    "HF_HOME",
    "HF_HUB_CACHE",
    "HF_HUB_OFFLINE",
    "HF_TOKEN",
    "HF_TOKEN_PATH",
    "XDG_CACHE_HOME",
];

/// The program with these arguments.
pub(crate) fn rerank(arguments: &[&str]) -> Command {
    started_by(Command::new(env!("CARGO_BIN_EXE_rerank")), arguments)
}

/// The program with SIGHUP not ignored, as from a terminal, even if the tests run under `nohup`.
#[cfg(target_os = "linux")]
pub(crate) fn rerank_from_terminal(arguments: &[&str]) -> Command {
    let mut env = Command::new("env");
    env.args(["--default-signal=HUP", env!("CARGO_BIN_EXE_rerank")]);
    started_by(env, arguments)
}

#[cfg(not(target_os = "linux"))]
pub(crate) use rerank as rerank_from_terminal;

fn started_by(mut command: Command, arguments: &[&str]) -> Command {
    command.args(arguments);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command
}
