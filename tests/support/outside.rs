//! Cargo in folders outside this workspace, with what the workspace has downloaded already.

#![allow(
    dead_code,
    reason = "each user of this file is a crate of its own and uses a part"
)]

use std::path::Path;
use std::process::{Command, Output};

/// What cargo prints in a folder, where it must succeed without a warning.
pub(crate) fn cargo(folder: &Path, args: &[&str]) -> String {
    // One folder for all, so that what the packages depend on is built once.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vendoring");
    let output = offline_first(|command| {
        command
            .current_dir(folder)
            .args(args)
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("RUSTFLAGS", "-D warnings")
    });
    assert_success(&output);
    String::from_utf8(output.stdout).unwrap()
}

/// Runs cargo without the network and, where that is not enough, with it.
pub(crate) fn offline_first(set_up: impl Fn(&mut Command) -> &mut Command) -> Output {
    let run = |offline| {
        let mut command = Command::new(env!("CARGO"));
        let command = set_up(&mut command).env("CARGO_NET_OFFLINE", offline);
        command.output().unwrap()
    };
    let output = run("true");
    let messages = String::from_utf8_lossy(&output.stderr);
    if output.status.success() || !messages.contains("offline") {
        return output;
    }
    run("false")
}

/// Fails with what cargo said.
pub(crate) fn assert_success(output: &Output) {
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
}
