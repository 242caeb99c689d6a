//! `json`: libraries that serialize a request and deserialize a response.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use crate::charts::{Bars, bars};
use crate::paths::Bench;
use crate::programs::{build, on_core};
use crate::records::Run;
use crate::report::Section;
use crate::tables::Table;
use crate::{callgrind, calling, child};

const WRITERS: [&str; 6] = [
    BASE,
    "serde_json, preallocated",
    "sonic-rs",
    "sonic-rs, preallocated",
    "json-escape-simd",
    "safe scan",
];
const READERS: [&str; 5] = [
    BASE,
    "serde_json over std's UTF-8",
    "serde_json over simdutf8",
    "sonic-rs",
    "simd-json",
];
const BASE: &str = "serde_json";
const ROUNDS: usize = 7;

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let program = build(bench, "json", "bench-json")?;
    for package in [
        BASE,
        "sonic-rs",
        "simd-json",
        "json-escape-simd",
        "simdutf8",
    ] {
        run.versions
            .insert(package.to_owned(), calling::locked(bench, "json", package));
    }
    let counting = callgrind::version();
    if let Err(error) = &counting {
        run.remark(format!("{error:#}"));
    }
    for job in calling::json_jobs(bench)? {
        let contenders: &[&str] = if job.task == "write" {
            &WRITERS
        } else {
            &READERS
        };
        for round in 0..bench.rounds(ROUNDS) {
            for index in 0..contenders.len() {
                let one = contenders[(index + round) % contenders.len()];
                let count = if bench.quick { 4 } else { job.count };
                let each = time(&program, &job.arguments(one, count))?;
                run.add(&job.case, one, "µs", each / 1e3);
            }
        }
        for one in contenders.iter().filter(|_| counting.is_ok()) {
            let each = callgrind::instructions_per_iteration(&program, 10, |count| {
                job.arguments(one, count)
            })?;
            run.add(&job.case, one, "instructions", each);
        }
    }
    Ok(())
}

/// A task, its input, and the number of iterations.
pub(crate) struct Job {
    pub(crate) case: String,
    pub(crate) task: &'static str,
    pub(crate) file: String,
    pub(crate) count: usize,
}

impl Job {
    fn arguments(&self, contender: &str, count: usize) -> Vec<String> {
        vec![
            self.task.to_owned(),
            contender.to_owned(),
            self.file.clone(),
            count.to_string(),
        ]
    }
}

fn time(program: &Path, arguments: &[String]) -> anyhow::Result<f64> {
    let mut command: Command = on_core(0, program);
    let text = child::text(command.args(arguments))?;
    text.parse()
        .with_context(|| format!("bench-json printed {text}"))
}

pub(crate) fn report(run: &Run) -> Section {
    let cases = run.cases("µs");
    let (requests, responses): (Vec<&str>, Vec<&str>) =
        cases.iter().partition(|case| case.starts_with("request"));
    let mut text = "\
Bodies only, without HTTP: a request is serialized, a response is deserialized. `json-escape-simd`
and `safe scan` write the members by hand and use a string writer: a library, and a scan of blocks of
32 bytes without `unsafe`. The others use the generated types with serde. *Preallocated* writers
begin with a buffer of about the final size. The readers with UTF-8 validation validate the body once
and pass text to `serde_json`.
"
    .to_owned();
    for (what, cases) in [
        ("Serializing a request", &requests),
        ("Deserializing a response", &responses),
    ] {
        for metric in ["instructions", "µs"] {
            let table = Table {
                metric,
                of: "body",
                base: Some(BASE),
                spread: metric == "µs",
            };
            text += &format!("\n### {what}, {metric}\n\n{}", table.render(run, cases));
        }
    }
    let large = requests
        .iter()
        .find(|case| case.contains("128 × 4000 ASCII"));
    let rows = large.into_iter().flat_map(|case| {
        WRITERS
            .iter()
            .filter_map(|one| Some(((*one).to_owned(), run.median(case, one, "instructions")?)))
    });
    let chart = bars(&Bars {
        title: "Serializing a request of 128 × 4000 ASCII characters",
        axis: "instructions; less is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    Section {
        title: "JSON",
        text,
        charts: vec![("json", chart)],
    }
}
