//! This project's contract and synthetic ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::contenders::OPENAPI;
use super::{Contender, OURS, PUBLISHED, SIZES, THIS};
use crate::child;
use crate::contracts::contract;
use crate::paths::Bench;

/// A contract, and an overlay that only our generator reads.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) contract: PathBuf,
    pub(super) overlay: Option<PathBuf>,
    /// The most rounds of openapi-generator, which takes seconds.
    pub(super) openapi_rounds: usize,
}

impl Case {
    pub(super) fn new(name: impl Into<String>, contract: PathBuf) -> Self {
        Self {
            name: name.into(),
            contract,
            overlay: None,
            openapi_rounds: usize::MAX,
        }
    }

    /// Returns the most rounds of a contender.
    pub(super) fn rounds_of(&self, contender: &str) -> usize {
        if contender == OPENAPI {
            self.openapi_rounds
        } else {
            usize::MAX
        }
    }
}

/// Returns this contract, prepared for other generators; the published one; and synthetic ones.
pub(super) fn all(bench: &Bench, contenders: &[Contender]) -> anyhow::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for ours in contenders.iter().filter(|one| one.name == OURS) {
        cases.push(Case::new(THIS, prepared(bench, &ours.program)?));
    }
    cases.push(Case {
        overlay: Some(bench.root.join("spec/overlay.yaml")),
        ..Case::new(PUBLISHED, bench.root.join("spec/rerank.yaml"))
    });
    for size in SIZES {
        let path = bench.work(&format!("made-up-{size}.yaml"));
        fs::write(&path, contract(size))?;
        cases.push(Case::new(format!("{size} operations"), path));
    }
    Ok(cases)
}

/// Writes this contract with the manual changes that other generators need.
pub(crate) fn prepared(bench: &Bench, ours: &Path) -> anyhow::Result<PathBuf> {
    let path = bench.work("prepared.json");
    let spec = bench.root.join("spec");
    let mut command = Command::new(ours);
    command
        .arg("prepare")
        .arg(&path)
        .args([spec.join("rerank.yaml"), spec.join("overlay.yaml")]);
    child::text(&mut command)?;
    Ok(path)
}
