//! What runs models: this project, rten alone, ONNX Runtime and candle.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use serde::Deserialize;

use crate::paths::Bench;
use crate::programs::{build, on_core};
use crate::records::Run;
use crate::{calling, child, python};

pub(super) const OURS: &str = "ours";
pub(super) const BARE: &str = "rten, bare loop";
pub(super) const SINGLE: &str = "ONNX Runtime, single";
pub(super) const PADDED: &str = "ONNX Runtime, padded";
pub(super) const SORTED: &str = "ONNX Runtime, sorted";
const PYTHON: &str = "model/python";

/// A program that runs models.
pub(super) struct Contender {
    pub(super) name: &'static str,
    program: PathBuf,
    first: Vec<String>,
}

/// A model, and how it is loaded.
#[derive(Clone, Copy)]
pub(super) struct Setup<'a> {
    pub(super) folder: &'a Path,
    pub(super) file: &'a str,
    /// The most tokens of a text.
    pub(super) tokens: usize,
    pub(super) threads: usize,
}

/// What a run printed.
#[derive(Deserialize)]
pub(super) struct Outcome {
    pub(super) load: f64,
    pub(super) seconds: f64,
    pub(super) cpu: f64,
    pub(super) peak_kib: f64,
    pub(super) scores: Vec<f64>,
}

impl Contender {
    /// Returns all contenders that can be built, and records their versions.
    pub(super) fn all(bench: &Bench, run: &mut Run) -> Vec<Self> {
        let mut contenders = Vec::new();
        let mut versions = vec![
            ("rten", "model/bare", "rten"),
            ("tokenizers", "model/bare", "tokenizers"),
        ];
        for (name, folder) in [(OURS, "ours"), (BARE, "bare"), ("candle", "candle")] {
            let path = format!("model/{folder}");
            match build(bench, &path, &format!("model-{folder}")) {
                Ok(program) => contenders.push(Self {
                    name,
                    program,
                    first: Vec::new(),
                }),
                Err(error) => run.remark(format!("{name} was skipped: {error:#}")),
            }
        }
        versions.push(("candle", "model/candle", "candle-core"));
        for (name, path, package) in versions {
            let version = calling::locked(bench, path, package);
            run.versions.insert(name.to_owned(), version);
        }
        contenders
    }

    /// Returns ONNX Runtime in its three ways.
    pub(super) fn onnx_runtime(bench: &Bench, run: &mut Run, python: &Path) -> [Self; 3] {
        let package = "onnxruntime";
        let version = python::version(bench, PYTHON, package);
        run.versions.insert(package.to_owned(), version);
        run.versions
            .insert("Python".to_owned(), python::python_version());
        let script = bench.folder.join(PYTHON).join("run.py");
        [(SINGLE, "single"), (PADDED, "padded"), (SORTED, "sorted")].map(|(name, how)| Self {
            name,
            program: python.to_owned(),
            first: vec![script.display().to_string(), how.to_owned()],
        })
    }

    /// Scores the same texts `count` times.
    pub(super) fn speed(
        &self,
        setup: Setup<'_>,
        texts: &Path,
        count: usize,
    ) -> anyhow::Result<Outcome> {
        let mut command = self.command("speed", setup);
        let printed = child::text(command.arg(texts).arg(count.to_string()));
        let printed = printed.context(self.name)?;
        Ok(serde_json::from_str(&printed)?)
    }

    /// Returns the order of the candidates of each query.
    pub(super) fn orders(
        &self,
        setup: Setup<'_>,
        labelled: &Path,
    ) -> anyhow::Result<Vec<Vec<usize>>> {
        let printed = child::text(self.command("quality", setup).arg(labelled));
        let printed = printed.context(self.name)?;
        let orders = printed.lines().map(serde_json::from_str);
        orders.collect::<Result<_, _>>().context(self.name)
    }

    /// One thread has a core for itself.
    fn command(&self, task: &str, setup: Setup<'_>) -> Command {
        let mut command = match setup.threads {
            1 => on_core(0, &self.program),
            _ => Command::new(&self.program),
        };
        command
            .args(&self.first)
            .arg(task)
            .arg(setup.folder)
            .arg(setup.file)
            .args([setup.tokens, setup.threads].map(|number| number.to_string()));
        // candle takes its threads from here.
        command.env("RAYON_NUM_THREADS", setup.threads.to_string());
        command
    }
}

/// Returns the interpreter of the Python contenders, and the folder with the models, which it writes.
pub(crate) fn models(bench: &Bench) -> anyhow::Result<(PathBuf, PathBuf)> {
    let python = python::interpreter(bench, PYTHON)?;
    let folder = bench.work("models");
    if !folder
        .join("multilingual/config_sentence_transformers.json")
        .exists()
    {
        eprintln!("  writing the models");
        let script = bench.folder.join(PYTHON).join("make_model.py");
        child::text(Command::new(&python).arg(script).arg(&folder))?;
    }
    Ok((python, folder))
}
