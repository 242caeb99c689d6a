//! `rows`: tables, ranked by SQL with `rerank-tables`, beside a loop over the same scorer.

mod cluster;

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::child::{Measured, measured};
use crate::model::models;
use crate::paths::Bench;
use crate::programs::{build, build_manifest};
use crate::records::Run;
use crate::report::Section;
use crate::tables::Table;
use crate::texts::{Script, texts};
use cluster::Cluster;

const ROUNDS: usize = 3;
const LEXICAL_ROWS: usize = 1_000_000;
const MODEL_ROWS: usize = 20_000;
/// The rows that a cluster scores with the model.
const CLUSTER_ROWS: usize = 8_000;
/// The candidates of a query.
const CANDIDATES: usize = 100;
const CHARACTERS: usize = 400;
/// Less than the lexical table takes, so that its sort goes to disk.
const LITTLE: &str = "128MB";
const LEXICAL: &str = "lexical, 1,000,000 rows";
const MODEL: &str = "384×6, 20,000 rows";
const CLUSTER: &str = "384×6, 8,000 rows";
const START: &str = "lexical, 10 rows";
const OURS: &str = "ours: rerank-tables";
const OURS_SMALL: &str = "ours, 128 MB";
const BARE: &str = "bare loop";
const ONE: &str = "ours, one executor";
const TWO: &str = "ours, two executors";
const CPU: &str = "CPU s";
const SECONDS: &str = "seconds";
const RATE: &str = "rows/s";
const PEAK: &str = "peak MiB";
const SQL: &str =
    "SELECT id, row, rerank_score(query, text) OVER (PARTITION BY id) AS score FROM docs";

/// The id of a query and the number of a row, and its score, which programs write differently.
type Row = (String, f32);

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let manifest = bench.root.join("tables/Cargo.toml");
    eprintln!("  building tables");
    let ours = build_manifest(
        bench,
        &manifest,
        &["--package", "rerank-tables"],
        "rerank-tables",
    )?;
    let bare = build(bench, "rows/bare", "rows-bare")?;
    let model = models(bench)?.1.join("minilm");
    let scale = if bench.quick { 100 } else { 1 };
    let both = [(OURS, None), (OURS_SMALL, Some(LITTLE))];
    let cases = [
        (LEXICAL, LEXICAL_ROWS / scale, None, both.as_slice()),
        // The table fits into the memory, however little.
        (MODEL, MODEL_ROWS / scale, Some(model.as_path()), &both[1..]),
    ];
    for (case, rows, model, contenders) in cases {
        let table = table(bench, rows)?;
        // With a model, one round takes minutes.
        let rounds = if model.is_some() { 1 } else { ROUNDS };
        for round in 0..bench.rounds(rounds) {
            eprintln!("  {case}, round {}", round + 1);
            let (theirs, expected) = bare_loop(bench, &bare, &table, model)?;
            record(run, case, BARE, rows, &theirs);
            for (name, memory) in contenders {
                let options = Options {
                    model,
                    memory: *memory,
                    ..Options::default()
                };
                let (found, scores) = query(bench, &ours, &table, &options)?;
                ensure!(scores == expected, "{case}: the scores differ");
                record(run, case, name, rows, &found);
            }
        }
    }
    let few = table(bench, 10)?;
    for _ in 0..bench.rounds(ROUNDS) {
        let (found, _) = query(bench, &ours, &few, &Options::default())?;
        record(run, START, OURS, 10, &found);
    }
    let rows = CLUSTER_ROWS / scale;
    let table = table(bench, rows)?;
    for round in 0..bench.rounds(ROUNDS) {
        eprintln!("  {CLUSTER}, round {}", round + 1);
        for (name, executors) in [(ONE, 1), (TWO, 2)] {
            let cluster = Cluster::start(bench, &ours, &model, executors)?;
            let options = Options {
                model: Some(&model),
                memory: Some(LITTLE),
                cluster: Some(&cluster.address),
            };
            let (found, _) = query(bench, &ours, &table, &options)?;
            run.add(CLUSTER, name, SECONDS, found.seconds);
            run.add(CLUSTER, name, RATE, rows as f64 / found.seconds);
        }
    }
    Ok(())
}

/// Writes a table in CSV: id, query, row, text. The candidates of a query follow each other.
fn table(bench: &Bench, rows: usize) -> anyhow::Result<PathBuf> {
    let path = bench.work(&format!("rows-{rows}.csv"));
    let (_, queries) = texts(Script::Ascii, rows.div_ceil(CANDIDATES), 40);
    let (_, texts) = texts(Script::Ascii, rows, CHARACTERS);
    let mut out = BufWriter::new(File::create(&path)?);
    writeln!(out, "id,query,row,text")?;
    let field = |text: &str| text.replace(['\n', '"'], " ");
    for (row, text) in texts.iter().enumerate() {
        let id = row / CANDIDATES;
        let query = queries.get(id).map(String::as_str).unwrap_or_default();
        writeln!(out, "{id},\"{}\",{row},\"{}\"", field(query), field(text))?;
    }
    out.flush()?;
    Ok(path)
}

/// Scores the table in a loop.
fn bare_loop(
    bench: &Bench,
    program: &Path,
    table: &Path,
    model: Option<&Path>,
) -> anyhow::Result<(Measured, Vec<Row>)> {
    let out = bench.work("rows-bare.csv");
    let scorer = model.unwrap_or(Path::new("lexical"));
    let found = measured(Command::new(program).arg(scorer).arg(table).arg(&out))?;
    Ok((found, scores(&out)?))
}

/// How a query runs.
#[derive(Default)]
struct Options<'a> {
    model: Option<&'a Path>,
    /// The memory for sorting, if it is not the default.
    memory: Option<&'a str>,
    cluster: Option<&'a str>,
}

/// Scores the table with SQL.
fn query(
    bench: &Bench,
    program: &Path,
    table: &Path,
    options: &Options<'_>,
) -> anyhow::Result<(Measured, Vec<Row>)> {
    let out = bench.work("rows-ours");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    let mut command = Command::new(program);
    command.args(["run", SQL, "--format", "csv"]);
    command
        .arg("--table")
        .arg(format!("docs={}", table.display()));
    command.arg("--out").arg(&out);
    if let Some(model) = options.model {
        command.arg("--model").arg(model);
    }
    for (option, value) in [("--memory", options.memory), ("--cluster", options.cluster)] {
        if let Some(value) = value {
            command.args([option, value]);
        }
    }
    let found = measured(&mut command)?;
    Ok((found, scores(&out.join("part-00000.csv"))?))
}

/// Reads a result, in the order of its rows.
fn scores(path: &Path) -> anyhow::Result<Vec<Row>> {
    let text = fs::read_to_string(path)?;
    let rows = text.lines().skip(1).map(|line| {
        let fields = line.rsplit_once(',');
        let (row, score) = fields.with_context(|| format!("`{line}` is not a row with a score"))?;
        Ok((row.to_owned(), score.parse()?))
    });
    let mut rows = rows.collect::<anyhow::Result<Vec<Row>>>()?;
    rows.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    Ok(rows)
}

fn record(run: &mut Run, case: &str, contender: &str, rows: usize, found: &Measured) {
    run.add(case, contender, CPU, found.cpu_seconds);
    run.add(case, contender, SECONDS, found.seconds);
    run.add(case, contender, RATE, rows as f64 / found.seconds);
    run.add(case, contender, PEAK, found.peak_mib);
}

pub(crate) fn report(run: &Run) -> Section {
    let mut text = format!(
        "\
Rows of a CSV file, {CANDIDATES} candidates of {CHARACTERS} characters for each query, are scored and
written to a CSV file: by a loop that reads the candidates of a query, calls the scorer (with one
thread for the model) and writes the scores, and by `rerank-tables run`, which does not know that the
candidates of a query follow each other, on all cores. All write the same scores. With
`--memory {LITTLE}` the sort of the lexical table goes to disk. The cluster is a scheduler and executors
with one thread each, on this machine. 384×6 is all-MiniLM-L6-v2.
"
    );
    for (metric, base) in [
        (CPU, Some(BARE)),
        (SECONDS, None),
        (RATE, None),
        (PEAK, None),
    ] {
        let table = Table {
            metric,
            of: "rows",
            base,
            spread: metric != PEAK,
        };
        text += &format!(
            "\n### {metric}\n\n{}",
            table.render(run, &run.cases(metric))
        );
    }
    Section {
        title: "Rows of tables",
        text,
        charts: Vec::new(),
    }
}
