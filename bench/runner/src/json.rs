//! `json`: what would write a request and read an answer with the least work.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use crate::charts::{Bars, bars};
use crate::places::Bench;
use crate::programs::{build, on_core};
use crate::records::Run;
use crate::report::Section;
use crate::tables::Table;
use crate::{callgrind, calling, child};

const WRITERS: [&str; 6] = [
    BASE,
    "serde_json, room made",
    "sonic-rs",
    "sonic-rs, room made",
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
    for works in calling::json_works(bench)? {
        let who: &[&str] = if works.task == "write" {
            &WRITERS
        } else {
            &READERS
        };
        for round in 0..bench.rounds(ROUNDS) {
            for place in 0..who.len() {
                let one = who[(place + round) % who.len()];
                let count = if bench.quick { 4 } else { works.count };
                let each = time(&program, &works.arguments(one, count))?;
                run.add(&works.case, one, "µs", each / 1e3);
            }
        }
        for one in who.iter().filter(|_| counting.is_ok()) {
            let each = callgrind::of_each(&program, 10, |count| works.arguments(one, count))?;
            run.add(&works.case, one, "instructions", each);
        }
    }
    Ok(())
}

/// What is done, and how often.
pub(crate) struct Works {
    pub(crate) case: String,
    pub(crate) task: &'static str,
    pub(crate) file: String,
    pub(crate) count: usize,
}

impl Works {
    fn arguments(&self, who: &str, count: usize) -> Vec<String> {
        vec![
            self.task.to_owned(),
            who.to_owned(),
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
    let (requests, answers): (Vec<&str>, Vec<&str>) =
        cases.iter().partition(|case| case.starts_with("request"));
    let mut text = "\
Bodies alone, without HTTP: a request written, an answer read. `json-escape-simd` and `safe scan`
write the members by hand over a writer of strings, one a library, the other 32 bytes at a time
without `unsafe`; the others take the generated types by serde. Those with room made begin with as
much memory as the body will take, roughly. Readers over UTF-8 check the whole body once, and give
`serde_json` a text in place of bytes.
"
    .to_owned();
    for (what, cases) in [
        ("Writing a request", &requests),
        ("Reading an answer", &answers),
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
        title: "Writing a request of 128 × 4000 ASCII characters",
        axis: "instructions; less is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    Section {
        title: "JSON",
        text,
        charts: vec![("json", chart)],
    }
}
