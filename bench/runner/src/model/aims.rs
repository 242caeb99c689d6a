//! What the models of this project are meant to reach, and what they reach.

use super::contenders::{BARE, OURS, PADDED, SINGLE};
use super::{CPU, FILE, FIXED, HTTP, INT8, MANY, MIXED, PEAK, SOME, SPEEDUP, TWO, WIDE_E5};
use crate::records::Run;
use crate::tables::ratio;

/// Renders a row for each aim that was measured.
pub(super) fn table(run: &Run) -> String {
    let of = |case: &str, contender: &str, metric: &str| run.median(case, contender, metric);
    let share = |one: Option<f64>, other: Option<f64>| Some(one? / other?);
    let cpu = |case, contender| of(case, contender, CPU);
    let quality = |contender: &str| of("hard-english", contender, "nDCG@10");
    let rows = [
        (
            "CPU of ONNX Runtime, one text a run, 384×6, 128 tokens",
            "≤ 1.10",
            share(cpu(FIXED, OURS), cpu(FIXED, SINGLE)),
        ),
        (
            "CPU of its padded batches, 384×6, mixed lengths",
            "≤ 0.45",
            share(cpu(MIXED, OURS), cpu(MIXED, PADDED)),
        ),
        (
            "CPU of a bare loop of runs, a whole request over HTTP",
            "≤ 1.05",
            share(cpu(MIXED, HTTP), cpu(MIXED, BARE)),
        ),
        (
            "peak memory by size of the file, 384×6",
            "≤ 2.1",
            share(of(MIXED, OURS, PEAK), of(MIXED, OURS, FILE)),
        ),
        (
            "peak memory by size of the file, 768×12, 250,000 pieces",
            "≤ 1.4",
            share(of(WIDE_E5, OURS, PEAK), of(WIDE_E5, OURS, FILE)),
        ),
        (
            "peak memory of 1,024 documents by that of 128",
            "≤ 1.10",
            share(of(MANY, OURS, PEAK), of(SOME, OURS, PEAK)),
        ),
        (
            "speed of two threads by that of one",
            "≥ 1.8",
            of(TWO, OURS, SPEEDUP),
        ),
        (
            "speed of 8 bits by that of 32, 128 tokens",
            "≥ 1.3",
            share(cpu(FIXED, OURS), cpu(INT8, OURS)),
        ),
        (
            "nDCG@10 of 8 bits less that of 32, hard-english",
            "within 0.01",
            quality("ours, int8")
                .zip(quality(OURS))
                .map(|(int8, f32)| int8 - f32),
        ),
        (
            "nDCG@10, hard-english, all-MiniLM-L6-v2",
            "≥ 0.86",
            quality(OURS),
        ),
        (
            "nDCG@10, hard-chinese, multilingual-e5-small",
            "≥ 0.83",
            of("hard-chinese", super::OURS_E5, "nDCG@10"),
        ),
    ];
    let mut text = "| aim | | measured |\n|---|---|---:|\n".to_owned();
    for (name, aim, found) in rows {
        let found = found.map_or("–".to_owned(), ratio);
        text += &format!("| {name} | {aim} | {found} |\n");
    }
    text
}
