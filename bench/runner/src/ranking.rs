//! `ranking`: the lexical scorer and other scorers by words, including tokenization.

pub(crate) mod quality;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use serde::Deserialize;

use crate::charts::{Bars, bars};
use crate::paths::Bench;
use crate::programs::{build, cores, on_core};
use crate::python;
use crate::records::Run;
use crate::report::Section;
use crate::tables::Table;
use crate::texts::{Script, texts};
use crate::{calling, child};
use quality::Labelled;

const DOCUMENTS: usize = 128;
const CHARACTERS: usize = 4096;
const ROUNDS: usize = 7;
/// Duration of the measurement of one contender in a round, with at least two iterations.
const SECONDS: f64 = 1.0;
const SPEED: &str = "documents/s";
const PYTHON: &str = "ranking/python";
const IN_PYTHON: [&str; 3] = ["rank-bm25", "rank-bm25, jieba", "bm25s"];
const SETS: [&str; 4] = ["hard-english", "hard-chinese", "hard-mixed", "hard-other"];
const OURS: &str = "ours";

struct Contender {
    name: &'static str,
    program: PathBuf,
    first: Vec<String>,
}

#[derive(Deserialize)]
struct Outcome {
    seconds: f64,
    peak_kib: f64,
}

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let contenders = contenders(bench, run);
    for script in Script::ALL {
        let (query, documents) = texts(script, DOCUMENTS, CHARACTERS);
        let path = bench
            .work(&format!("ranking-{}", script.name()))
            .with_extension("texts");
        fs::write(&path, [vec![query], documents].concat().join("\u{1e}"))?;
        for on in 1..=cores().min(2) {
            let case = format!(
                "{}, {on} core{}",
                script.name(),
                if on == 1 { "" } else { "s" }
            );
            eprintln!("  {case}");
            let mut counts = Vec::new();
            for one in &contenders {
                let once = one.rank(on, &path, 1)?.seconds;
                let count = if bench.quick { 2.0 } else { SECONDS / once };
                counts.push((count as usize).clamp(2, 100));
            }
            for round in 0..bench.rounds(ROUNDS) {
                for index in 0..contenders.len() {
                    let index = (index + round) % contenders.len();
                    let (one, count) = (&contenders[index], counts[index]);
                    let outcome = one.rank(on, &path, count)?;
                    let documents = (DOCUMENTS * count) as f64;
                    run.add(&case, one.name, SPEED, documents / outcome.seconds);
                    run.add(&case, one.name, "peak MiB", outcome.peak_kib / 1024.0);
                }
            }
        }
    }
    for set in SETS {
        let path = bench
            .root
            .join("crates/engine/tests/labelled")
            .join(set)
            .with_extension("jsonl");
        let labelled = quality::read(&path)?;
        for one in &contenders {
            judge(run, set, one, &path, &labelled)?;
        }
    }
    Ok(())
}

fn contenders(bench: &Bench, run: &mut Run) -> Vec<Contender> {
    let mut contenders = Vec::new();
    for (name, folder, package) in [
        (OURS, "engine", "bigmodel-rerank-engine"),
        ("tantivy", "tantivy", "tantivy"),
    ] {
        let path = format!("ranking/{folder}");
        match build(bench, &path, &format!("ranking-{folder}")) {
            Ok(program) => {
                run.versions
                    .insert(package.to_owned(), calling::locked(bench, &path, package));
                contenders.push(Contender {
                    name,
                    program,
                    first: Vec::new(),
                });
            }
            Err(error) => run.remark(format!("{name} was skipped: {error:#}")),
        }
    }
    match python::interpreter(bench, PYTHON) {
        Ok(program) => {
            run.versions
                .insert("Python".to_owned(), python::python_version());
            for package in ["rank-bm25", "bm25s", "jieba", "numpy"] {
                run.versions
                    .insert(package.to_owned(), python::version(bench, PYTHON, package));
            }
            let script = bench
                .folder
                .join(PYTHON)
                .join("rank.py")
                .display()
                .to_string();
            for name in IN_PYTHON {
                let first = vec![script.clone(), name.to_owned()];
                contenders.push(Contender {
                    name,
                    program: program.clone(),
                    first,
                });
            }
        }
        Err(error) => run.remark(format!("the Python contenders are left out: {error:#}")),
    }
    contenders
}

impl Contender {
    /// Ranks the same candidates `count` times on `on` cores.
    fn rank(&self, on: usize, texts: &Path, count: usize) -> anyhow::Result<Outcome> {
        let texts = texts.display().to_string();
        let arguments = ["speed".to_owned(), texts, count.to_string()];
        let printed = child::text(self.command(on).args(arguments))?;
        Ok(serde_json::from_str(&printed)?)
    }

    /// Returns the command with its first arguments, on one core or on all.
    fn command(&self, on: usize) -> Command {
        let mut command = match on {
            1 => on_core(0, &self.program),
            _ => Command::new(&self.program),
        };
        command.args(&self.first);
        command
    }
}

fn judge(
    run: &mut Run,
    set: &str,
    one: &Contender,
    path: &std::path::Path,
    labelled: &[Labelled],
) -> anyhow::Result<()> {
    let text = child::text(one.command(1).arg("quality").arg(path))?;
    let orders = text.lines().map(serde_json::from_str::<Vec<usize>>);
    let orders: Vec<_> = orders
        .collect::<Result<_, _>>()
        .with_context(|| one.name.to_owned())?;
    let quality = quality::judge(labelled, &orders)?;
    run.add(set, one.name, "nDCG@10", quality.ndcg);
    run.add(set, one.name, "MRR", quality.mrr);
    Ok(())
}

pub(crate) fn report(run: &Run) -> Section {
    let mut text = format!(
        "\
{DOCUMENTS} candidates of {CHARACTERS} characters, ranked from their texts in every iteration.
`rank-bm25` splits at white space or uses jieba; `bm25s` has its own tokenizer, stop words and
PyStemmer; `tantivy` indexes in memory with its English stemmer. Only our scorer and jieba segment
Chinese text. The others treat whole sentences as words, so they do little work and find little.

The labelled set has 90 deliberately hard queries. It was written for this project
([crates/engine/tests/labelled](../crates/engine/tests/labelled)), and the scorer's weights were
tuned on it.
"
    );
    let mut add = |title: &str, metric: &str, base, spread| {
        let table = Table {
            metric,
            of: "set",
            base,
            spread,
        };
        text += &format!("\n### {title}\n\n{}", table.render(run, &run.cases(metric)));
    };
    add(
        "Documents per second (× relative to ours; above 1 is faster)",
        SPEED,
        Some(OURS),
        true,
    );
    add("Peak memory, MiB", "peak MiB", Some(OURS), false);
    add("nDCG@10 on the labelled set", "nDCG@10", None, false);
    add("MRR on the labelled set", "MRR", None, false);
    let rows = run.contenders(SPEED).into_iter();
    let rows =
        rows.filter_map(|one| Some((one.to_owned(), run.median("ASCII, 1 core", one, SPEED)?)));
    let chart = bars(&Bars {
        title: "Ranking speed, 4096 ASCII characters per document, one core",
        axis: "documents/s; more is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    Section {
        title: "Ranking",
        text,
        charts: vec![("ranking", chart)],
    }
}
