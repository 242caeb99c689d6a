//! The steps after a review, as commands of this workspace.

use bigmodel_rerank_review::Step;

use crate::workspace::Place;

/// Returns the steps that accept a change of the contract.
pub(super) fn of_commit() -> Vec<Step> {
    commands(&[
        "cargo xtask generate",
        "cargo test --no-fail-fast --test drift --test snapshots --test mirror --test exchanges",
        "INSTA_UPDATE=always cargo test --no-fail-fast",
        "git diff generated tests/snapshots",
    ])
}

/// Returns the steps that bring a change of the page into the contract.
pub(super) fn of_page(page: &Place) -> Vec<Step> {
    let instruction = "Put the changes into spec/rerank.yaml, in our own words.";
    let mark_read = format!("cargo xtask review --page {} --mark-read", page.shown);
    let mut steps = vec![Step::Instruction(instruction.to_owned())];
    steps.extend(commands(&[
        "cargo xtask review",
        "cargo xtask generate",
        "INSTA_UPDATE=always cargo test --no-fail-fast",
        "git diff generated tests/snapshots",
        &mark_read,
    ]));
    steps
}

fn commands(commands: &[&str]) -> Vec<Step> {
    let command = |command: &&str| Step::Command((*command).to_owned());
    commands.iter().map(command).collect()
}
