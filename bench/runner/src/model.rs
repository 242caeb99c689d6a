//! `model`: models as this project runs them, beside ONNX Runtime and candle.

mod aims;
mod contenders;
mod http;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::ensure;

use crate::charts::{Bars, bars};
use crate::paths::Bench;
use crate::programs::{build_member, cores};
use crate::ranking::quality;
use crate::records::Run;
use crate::report::Section;
use crate::tables::Table;
pub(crate) use contenders::models;
use contenders::{Contender, OURS, SINGLE, Setup};
use http::Server;
use texts::{QUERY, Sentences, mixed};

const ROUNDS: usize = 5;
/// The processor time of a measurement, with at least one iteration.
const SECONDS: f64 = 3.0;
const CPU: &str = "CPU ms/document";
const PEAK: &str = "peak MiB";
const LOAD: &str = "load s";
const FILE: &str = "file MiB";
const SPEEDUP: &str = "speedup";
const FIXED: &str = "384×6, 128 tokens";
const MIXED: &str = "384×6, mixed lengths";
const WIDE: &str = "768×12, mixed lengths";
const INT8: &str = "384×6 in 8 bits, 128 tokens";
const TWO: &str = "384×6, mixed lengths, two threads";
const SOME: &str = "384×6, 128 documents";
const MANY: &str = "384×6, 1,024 documents";
const HTTP: &str = "ours, over HTTP";
const F32: &str = "onnx/model.onnx";
const I8: &str = "onnx/model_int8.onnx";
const E5: &str = "384×12, 250,000 pieces, mixed lengths";
const WIDE_E5: &str = "768×12, 250,000 pieces, mixed lengths";
const OURS_E5: &str = "ours, multilingual";
/// The sets that a model for English is measured on.
const ENGLISH: [&str; 3] = ["hard-english", "unseen-english", "ordinary-english"];
const SETS: [&str; 10] = [
    "hard-english",
    "hard-chinese",
    "hard-mixed",
    "hard-other",
    "unseen-english",
    "unseen-chinese",
    "unseen-mixed",
    "unseen-other",
    "ordinary-english",
    "ordinary-chinese",
];

/// Texts to score with a model.
struct Case<'a> {
    name: &'static str,
    setup: Setup<'a>,
    documents: Vec<String>,
    path: PathBuf,
}

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let (python, models) = models(bench)?;
    let mut all = Contender::all(bench, run);
    all.extend(Contender::onnx_runtime(bench, run, &python));
    let rerank = build_member(bench, "rerank-cli", "rerank")?;
    let sentences = Sentences::read(bench)?;
    let (small, wide) = (models.join("minilm"), models.join("wide"));
    let case = |name, folder, file, tokens, lengths: Vec<usize>| {
        let setup = Setup {
            folder,
            file,
            tokens,
            threads: 1,
        };
        Case::new(bench, name, setup, sentences.texts(lengths))
    };
    let mixed_case = case(MIXED, &small, F32, 512, mixed(64))?;
    let f32_case = case(FIXED, &small, F32, 128, vec![900; 64])?;
    for case in [
        &f32_case,
        &mixed_case,
        &case(WIDE, &wide, F32, 512, mixed(32))?,
    ] {
        compare(bench, run, &all, case, &rerank)?;
    }
    let int8: Vec<_> = all
        .iter()
        .filter(|one| [OURS, SINGLE].contains(&one.name))
        .collect();
    let int8_case = case(INT8, &small, I8, 128, vec![900; 64])?;
    for _ in 0..bench.rounds(ROUNDS) {
        for one in &int8 {
            record(run, &int8_case, one, 1)?;
        }
    }
    let ours = all.iter().find(|one| one.name == OURS);
    let ours = ours.ok_or_else(|| anyhow::anyhow!("crates/model does not build"))?;
    two_threads(bench, run, ours, &mixed_case)?;
    for (name, count) in [(SOME, 128), (MANY, 1024)] {
        let case = case(name, &small, F32, 512, vec![200; count])?;
        let outcome = ours.speed(case.setup, &case.path, 1)?;
        run.add(name, OURS, PEAK, outcome.peak_kib / 1024.0);
    }
    for set in ENGLISH {
        let setup = mixed_case.setup;
        for one in &int8 {
            judge(bench, run, set, one, one.name, setup)?;
        }
        judge(
            bench,
            run,
            set,
            ours,
            "ours, int8",
            Setup { file: I8, ..setup },
        )?;
    }
    let folder = models.join("multilingual");
    let e5_case = case(E5, &folder, F32, 512, mixed(64))?;
    record_size(run, &e5_case)?;
    for _ in 0..bench.rounds(ROUNDS) {
        record(run, &e5_case, ours, 1)?;
    }
    for set in SETS {
        judge(bench, run, set, ours, OURS_E5, e5_case.setup)?;
    }
    let folder = models.join("multilingual-wide");
    let wide_case = case(WIDE_E5, &folder, F32, 512, mixed(32))?;
    record_size(run, &wide_case)?;
    record(run, &wide_case, ours, 1)?;
    Ok(())
}

impl<'a> Case<'a> {
    fn new(
        bench: &Bench,
        name: &'static str,
        setup: Setup<'a>,
        documents: Vec<String>,
    ) -> anyhow::Result<Self> {
        let path = bench
            .work("model.texts")
            .with_extension(name.replace([' ', ','], ""));
        let texts = std::iter::once(QUERY).chain(documents.iter().map(String::as_str));
        fs::write(&path, texts.collect::<Vec<_>>().join("\u{1e}"))?;
        Ok(Self {
            name,
            setup,
            documents,
            path,
        })
    }
}

/// Measures all contenders in turn, once their scores are known to be the same.
fn compare(
    bench: &Bench,
    run: &mut Run,
    all: &[Contender],
    case: &Case<'_>,
    rerank: &Path,
) -> anyhow::Result<()> {
    eprintln!("  {}", case.name);
    record_size(run, case)?;
    let server = Server::start(rerank, case.setup, QUERY, &case.documents)?;
    let mut expected = None;
    let mut counts = Vec::new();
    for one in all {
        let outcome = one.speed(case.setup, &case.path, 1)?;
        let expected = expected.get_or_insert_with(|| outcome.scores.clone());
        let pairs = outcome.scores.iter().zip(expected.iter());
        let apart = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        ensure!(
            outcome.scores.len() == case.documents.len() && apart < 1e-3,
            "{}: the scores of {} are {apart} apart",
            case.name,
            one.name
        );
        let count = if bench.quick {
            1.0
        } else {
            SECONDS / outcome.cpu
        };
        counts.push((count.ceil() as usize).clamp(1, 50));
    }
    for round in 0..bench.rounds(ROUNDS) {
        for index in 0..all.len() {
            let index = (index + round) % all.len();
            record(run, case, &all[index], counts[index])?;
        }
        let cpu = server.cpu(counts[0])?;
        let scored = (counts[0] * case.documents.len()) as f64;
        run.add(case.name, HTTP, CPU, cpu * 1000.0 / scored);
    }
    Ok(())
}

/// Records the size of the graph.
fn record_size(run: &mut Run, case: &Case<'_>) -> anyhow::Result<()> {
    let size = fs::metadata(case.setup.folder.join(case.setup.file))?.len();
    run.add(case.name, OURS, FILE, size as f64 / f64::from(1 << 20));
    Ok(())
}

fn record(run: &mut Run, case: &Case<'_>, one: &Contender, count: usize) -> anyhow::Result<()> {
    let outcome = one.speed(case.setup, &case.path, count)?;
    let scored = (count * case.documents.len()) as f64;
    run.add(case.name, one.name, CPU, outcome.cpu * 1000.0 / scored);
    run.add(case.name, one.name, PEAK, outcome.peak_kib / 1024.0);
    run.add(case.name, one.name, LOAD, outcome.load);
    Ok(())
}

/// Measures how much faster two threads are than one.
fn two_threads(
    bench: &Bench,
    run: &mut Run,
    ours: &Contender,
    case: &Case<'_>,
) -> anyhow::Result<()> {
    if cores() < 2 {
        run.remark("two threads were not measured: the machine has one core");
        return Ok(());
    }
    let setup = Setup {
        threads: 2,
        ..case.setup
    };
    for _ in 0..bench.rounds(ROUNDS) {
        let one = ours.speed(case.setup, &case.path, 1)?.seconds;
        let two = ours.speed(setup, &case.path, 1)?.seconds;
        run.add(TWO, OURS, SPEEDUP, one / two);
    }
    Ok(())
}

fn judge(
    bench: &Bench,
    run: &mut Run,
    set: &str,
    one: &Contender,
    name: &str,
    setup: Setup<'_>,
) -> anyhow::Result<()> {
    let folder = bench.root.join("crates/engine/tests/labelled");
    let path = folder.join(set).with_extension("jsonl");
    let quality = quality::judge(&quality::read(&path)?, &one.orders(setup, &path)?)?;
    run.add(set, name, "nDCG@10", quality.ndcg);
    run.add(set, name, "MRR", quality.mrr);
    Ok(())
}

pub(crate) fn report(run: &Run) -> Section {
    let mut text = "\
One query and 64 documents (32 with the wide models) of 40 to 1,800 characters, or of 128 tokens, are
scored again and again: tokenized, run, pooled by the mean and compared by the cosine. All contenders
get the same graph (candle the same weights), one thread on one core, and return the same scores.
384×6 is all-MiniLM-L6-v2; 384×12 is multilingual-e5-small, whose weights were in 4 bits once, with
NFKC in the place of its normalizer; the wide models have the vocabularies of these, and random
weights. `single` runs a text at a time, `padded` batches of 32 in the order of the request, padded to
the longest, as servers of models usually do, and `sorted` such batches of similar lengths. *Over
HTTP* is the processor time of `rerank serve` for whole requests.
"
    .to_owned();
    let mut add = |title: &str, metric: &str, cases: &[&str], base| {
        let table = Table {
            metric,
            of: "model",
            base,
            spread: metric == CPU,
        };
        text += &format!("\n### {title}\n\n{}", table.render(run, cases));
    };
    let speed = [FIXED, MIXED, WIDE, E5, INT8];
    add(
        "Processor time of a document, ms (× relative to ours)",
        CPU,
        &speed,
        Some(OURS),
    );
    add(
        "Peak memory, MiB",
        PEAK,
        &[FIXED, MIXED, WIDE, E5, WIDE_E5, INT8, SOME, MANY],
        Some(OURS),
    );
    add("Time to load, s", LOAD, &speed, None);
    add(
        "nDCG@10 on the labelled sets: all-MiniLM-L6-v2, which is for English, and multilingual-e5-small",
        "nDCG@10",
        &SETS,
        None,
    );
    text += &format!("\n### Aims\n\n{}", aims::table(run));
    let rows = run.contenders(CPU).into_iter();
    let rows = rows.filter_map(|one| Some((one.to_owned(), run.median(MIXED, one, CPU)?)));
    let chart = bars(&Bars {
        title: "Processor time of a document, all-MiniLM-L6-v2, mixed lengths",
        axis: "ms; less is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    Section {
        title: "Models",
        text,
        charts: vec![("model", chart)],
    }
}
