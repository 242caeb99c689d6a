//! `endpoint`: `rerank serve` under load and attack, and what other callers see of it.

use std::collections::BTreeMap;
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::Context as _;

use crate::child;
use crate::paths::Bench;
use crate::programs::{build, build_member};
use crate::records::Run;
use crate::report::Section;
use crate::serve::Served;
use crate::tables::number;

const ROUNDS: usize = 3;
/// How long the callers are measured while a load lasts.
const SECONDS: u64 = 10;
const QUICK_SECONDS: u64 = 1;
/// How long after a load the server's memory is looked at again.
const AFTER: Duration = Duration::from_secs(2);
const SERVER: &str = "rerank serve";
const CALLERS: [(&str, &str); 2] = [("same", "same address"), ("other", "other address")];

/// A load of the program in `bench/endpoint`.
struct Load {
    name: &'static str,
    about: &'static str,
    /// The largest body or response, in MiB.
    largest: f64,
}

const LOADS: [Load; 10] = [
    load("nothing", "no load", 0.0),
    load(
        "small",
        "64 callers, 10 documents of 200 characters, without pause",
        0.003,
    ),
    load(
        "longest",
        "8 callers, 128 documents of 4096 characters, without pause",
        0.5,
    ),
    load("idle", "2,100 connections that send nothing", 0.0),
    load(
        "half-sent",
        "2,100 connections that stop in a small body",
        0.003,
    ),
    load(
        "uploads",
        "64 connections that stop in a body of 8 MiB",
        8.0,
    ),
    load(
        "readers",
        "64 connections that do not read a response of 3 MiB",
        3.0,
    ),
    load(
        "nested",
        "16 callers, 8 MiB of nested lists, without pause",
        8.0,
    ),
    load(
        "expanding",
        "16 callers, 128 × 4096 of U+FDFA, without pause",
        1.5,
    ),
    load(
        "expanding-within",
        "16 callers, 28 × 4096 of U+FDFA, without pause",
        0.33,
    ),
];

const fn load(name: &'static str, about: &'static str, largest: f64) -> Load {
    Load {
        name,
        about,
        largest,
    }
}

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let rerank = build_member(bench, "rerank-cli", "rerank")?;
    let endpoint = build(bench, "endpoint", "bench-endpoint")?;
    let seconds = if bench.quick { QUICK_SECONDS } else { SECONDS };
    for round in 0..bench.rounds(ROUNDS) {
        eprintln!("  round {}", round + 1);
        for load in &LOADS {
            let served = Served::start(&rerank)?;
            let mut command = Command::new(&endpoint);
            command
                .args([served.address(), load.name])
                .arg(seconds.to_string());
            let figures = figures(&child::text(&mut command)?)?;
            thread::sleep(AFTER);
            run.add(load.about, SERVER, "MiB after", served.memory()?);
            run.add(load.about, SERVER, "peak MiB", served.stop()?);
            for (name, value) in figures {
                run.add(load.about, SERVER, &name, value);
            }
        }
    }
    Ok(())
}

/// Lines of `NAME VALUE`.
fn figures(text: &str) -> anyhow::Result<BTreeMap<String, f64>> {
    let figure = |line: &str| {
        let (name, value) = line.split_once(' ').context("a line without a value")?;
        Ok((name.to_owned(), value.parse()?))
    };
    text.lines().map(figure).collect()
}

pub(crate) fn report(run: &Run) -> Section {
    let get = |load: &Load, name: &str| run.median(load.about, SERVER, name);
    let cell = |load: &Load, name: &str| get(load, name).map_or("–".to_owned(), number);
    let mut text = format!(
        "\
A load from 127.0.0.1, and two callers that behave well beside it, from the same address and from
127.0.0.2. Each makes a small request (10 documents of 200 characters) and a look at `/healthz`,
on a new connection every time, for {SECONDS} s. The server has its default settings.

| load | connections | largest body, MiB | ranked a second | peak MiB | MiB after |
|---|---:|---:|---:|---:|---:|
"
    );
    for load in &LOADS {
        text += &format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            load.about,
            format_args!("{:.0}", get(load, "connections").unwrap_or_default()),
            number(load.largest),
            cell(load, "load.ranked_per_second"),
            cell(load, "peak MiB"),
            cell(load, "MiB after"),
        );
    }
    for (call, title) in [("rerank", "A small request"), ("health", "`/healthz`")] {
        text +=
            &format!("\n### {title}: median and longest, in milliseconds; not served\n\n| load |");
        text += &CALLERS
            .map(|(_, title)| format!(" {title} | not served |"))
            .concat();
        text += "\n|---|---:|---:|---:|---:|\n";
        for load in &LOADS {
            text += &format!("| {} |", load.about);
            for (caller, _) in CALLERS {
                let of = |figure: &str| format!("{caller}.{call}.{figure}");
                let count = |figure| get(load, &of(figure)).unwrap_or_default();
                let missing = count("refused") + count("failed");
                text += &format!(
                    " {}, {} | {} of {} |",
                    cell(load, &of("median")),
                    cell(load, &of("worst")),
                    format_args!("{missing:.0}"),
                    format_args!("{:.0}", missing + count("served")),
                );
            }
            text.push('\n');
        }
    }
    Section {
        title: "Endpoint",
        text,
        charts: Vec::new(),
    }
}
