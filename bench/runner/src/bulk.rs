//! `bulk`: a large number of documents, ranked by the program `rerank` with `rerank serve`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::charts::{Bars, bars};
use crate::child::{Measured, measured};
use crate::paths::Bench;
use crate::programs::{build, build_member};
use crate::python;
use crate::records::Run;
use crate::report::Section;
use crate::serve::Served;
use crate::tables::Table;
use crate::texts::{Script, texts};

const ROUNDS: usize = 3;
const DOCUMENTS: usize = 100_000;
const CHARACTERS: usize = 200;
const REQUEST: usize = 128;
const CONCURRENCY: [usize; 5] = [1, 2, 4, 16, 64];
const SPEED: &str = "documents/s";
const OURS: &str = "ours: rerank";
const PYTHON: &str = "httpx loop";
const LIMIT: &str = "server's limit";
const PYTHON_FOLDER: &str = "calling/httpx";

struct Files {
    query: String,
    documents: PathBuf,
    /// The documents of one request, which is sent repeatedly.
    request: PathBuf,
}

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let rerank = build_member(bench, "rerank-cli", "rerank")?;
    let sender = build(bench, "calling/hyper", "calling-hyper")?;
    let python = python::interpreter(bench, PYTHON_FOLDER);
    if let Err(error) = &python {
        run.remark(format!("{PYTHON} was skipped: {error:#}"));
    }
    let count = if bench.quick { 5_000 } else { DOCUMENTS };
    let files = files(bench, count)?;
    for round in 0..bench.rounds(ROUNDS) {
        eprintln!("  round {}", round + 1);
        for concurrency in CONCURRENCY {
            let case = format!("{concurrency} at once");
            let served = Served::start(&rerank)?;
            let ours = program(&rerank, &served.url, &files, concurrency)?;
            record(run, &case, OURS, count, &ours);
            run.add(&case, OURS, "server's peak MiB", served.stop()?);
            let lines = ours.out.lines().count();
            ensure!(lines == count, "rerank ranked {lines} documents of {count}");
            if let Ok(python) = &python {
                let served = Served::start(&rerank)?;
                let theirs = python_loop(bench, python, &served.url, &files, concurrency)?;
                served.stop()?;
                record(run, &case, PYTHON, count, &theirs);
                same_best(&ours.out, &theirs.out)?;
            }
            let served = Served::start(&rerank)?;
            let speed = limit(&sender, &served.url, &files, concurrency, count / REQUEST)?;
            served.stop()?;
            run.add(&case, LIMIT, SPEED, speed);
        }
    }
    Ok(())
}

/// Writes all documents, one per line, and the documents of one request.
fn files(bench: &Bench, count: usize) -> anyhow::Result<Files> {
    let (query, texts) = texts(Script::Ascii, count, CHARACTERS);
    let texts: Vec<_> = texts.iter().map(|text| text.replace('\n', " ")).collect();
    let files = Files {
        documents: bench.work("bulk.txt"),
        request: bench.work("bulk.texts"),
        query,
    };
    fs::write(&files.documents, texts.join("\n") + "\n")?;
    let first = texts.iter().take(REQUEST).map(String::as_str);
    let request: Vec<_> = [files.query.as_str()].into_iter().chain(first).collect();
    fs::write(&files.request, request.join("\u{1e}"))?;
    Ok(files)
}

fn record(run: &mut Run, case: &str, contender: &str, count: usize, measured: &Measured) {
    run.add(case, contender, SPEED, count as f64 / measured.seconds);
    run.add(case, contender, "peak MiB", measured.peak_mib);
}

fn program(
    rerank: &Path,
    url: &str,
    files: &Files,
    concurrency: usize,
) -> anyhow::Result<Measured> {
    let mut command = Command::new(rerank);
    command.args(["--base-url", url, "--concurrency", &concurrency.to_string()]);
    command.args([
        "--timeout",
        "3600",
        "--raw-scores",
        "--output",
        "tsv",
        "--",
        &files.query,
    ]);
    command
        .arg(&files.documents)
        .env("ZHIPUAI_API_KEY", "0123456789abcdef.fedcba9876543210");
    measured(&mut command)
}

fn python_loop(
    bench: &Bench,
    python: &Path,
    url: &str,
    files: &Files,
    concurrency: usize,
) -> anyhow::Result<Measured> {
    let mut command = Command::new(python);
    command
        .arg(bench.folder.join("bulk/loop.py"))
        .args([url, &files.query]);
    measured(command.arg(&files.documents).arg(concurrency.to_string()))
}

/// Returns how many documents per second the server ranks for a client with almost no overhead.
fn limit(
    sender: &Path,
    url: &str,
    files: &Files,
    concurrency: usize,
    calls: usize,
) -> anyhow::Result<f64> {
    let mut command = Command::new(sender);
    command.arg(url).arg(&files.request);
    let calls = calls.max(concurrency);
    command.args([
        calls.to_string(),
        "0".to_owned(),
        concurrency.to_string(),
        "plain".to_owned(),
    ]);
    let text = crate::child::text(&mut command)?;
    let outcome: serde_json::Value = serde_json::from_str(&text)?;
    let nanoseconds = outcome["wall_ns"]
        .as_f64()
        .context("the sender printed no time")?;
    Ok((calls * REQUEST) as f64 / nanoseconds * 1e9)
}

/// Checks that both outputs have the same best scores. Lines begin with rank, score and index.
fn same_best(ours: &str, theirs: &str) -> anyhow::Result<()> {
    let best = |text: &str| -> Vec<String> {
        let lines = text.lines().take(10);
        let mut scores: Vec<_> = lines
            .filter_map(|line| line.split('\t').nth(1))
            .map(short)
            .collect();
        scores.sort();
        scores
    };
    ensure!(
        best(ours) == best(theirs),
        "different rankings: rerank {:?}, loop {:?}",
        best(ours),
        best(theirs)
    );
    Ok(())
}

/// Returns a score with the number of digits that both programs print.
fn short(score: &str) -> String {
    score
        .parse()
        .map_or(score.to_owned(), |score: f64| format!("{score:.3}"))
}

pub(crate) fn report(run: &Run) -> Section {
    let mut text = format!(
        "\
{DOCUMENTS} documents of {CHARACTERS} characters from a file, {REQUEST} per request, are ranked by
`rerank serve` on the same machine and printed. The Python loop sends, merges and prints the same.
The server's limit is its speed for a client that sends one request repeatedly.
"
    );
    for (metric, base) in [
        (SPEED, Some(LIMIT)),
        ("peak MiB", None),
        ("server's peak MiB", None),
    ] {
        let table = Table {
            metric,
            of: "requests",
            base,
            spread: metric == SPEED,
        };
        text += &format!(
            "\n### {metric}\n\n{}",
            table.render(run, &run.cases(metric))
        );
    }
    let rows = run.cases(SPEED).into_iter().flat_map(|case| {
        let row = move |one: &str| Some((format!("{one}, {case}"), run.median(case, one, SPEED)?));
        run.contenders(SPEED).into_iter().filter_map(row)
    });
    let chart = bars(&Bars {
        title: "Bulk ranking",
        axis: "documents/s; more is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    Section {
        title: "Bulk",
        text,
        charts: vec![("bulk", chart)],
    }
}
