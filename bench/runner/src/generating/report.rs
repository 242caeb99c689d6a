//! The section of RESULTS.md.

use super::{SIZES, contenders, report_published};
use crate::charts::{Bars, bars};
use crate::records::Run;
use crate::report::Section;
use crate::tables::{Table, number, ratio};

const HEAD: &str = "\
Time from input files to output files, including checks and formatting if a generator has them.
*This contract* is the corrected contract with an operation id and without the second response type.
Our generator also reads it as published, with its overlay. All generators have their default
settings for a client; openapi-to-rust writes a module without a manifest. Each run includes the
start of Java, as on the command line.
";

pub(crate) fn report(run: &Run) -> Section {
    let own = own_cases(run);
    let mut text = HEAD.to_owned();
    for (title, metric) in [
        ("Wall time, ms", "ms"),
        ("CPU time, ms", "CPU ms"),
        ("Peak memory, MiB", "peak MiB"),
    ] {
        let table = Table {
            metric,
            of: "contract",
            base: Some(contenders::PROGENITOR),
            spread: metric != "peak MiB",
        };
        text += &format!("\n### {title}\n\n{}", table.render(run, &own));
    }
    text += &growth(run);
    let rows = own.iter().flat_map(|case| {
        let row =
            move |who: &str| Some((format!("{who}, {case}"), run.median(case, who, "CPU ms")?));
        run.contenders("ms").into_iter().filter_map(row)
    });
    let chart = bars(&Bars {
        title: "From contract to crate",
        axis: "milliseconds of CPU time; less is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    let mut charts = vec![("generating", chart)];
    if !run.cases("KB").is_empty() {
        text += &report_published::text(run);
        charts.push(("generating-published", report_published::chart(run)));
    }
    Section {
        title: "Generating",
        text,
        charts,
    }
}

/// Returns this contract and the synthetic ones.
fn own_cases(run: &Run) -> Vec<&str> {
    // Lines are counted only in crates of published documents.
    let published = run.cases("lines");
    let mut cases = run.cases("ms");
    cases.retain(|case| !published.contains(case));
    cases
}

fn growth(run: &Run) -> String {
    let mut text = "\n### Growth\n\nFrom 50 to 500 operations:\n\n".to_owned();
    for who in run.contenders("CPU ms") {
        let of = |size| run.median(&format!("{size} operations"), who, "CPU ms");
        let [small, large] = SIZES.map(of);
        if let (Some(small), Some(large)) = (small, large) {
            let each = (large - small) / (SIZES[1] - SIZES[0]) as f64;
            text += &format!(
                "- {who}: ×{} CPU time, {} ms per additional operation\n",
                ratio(large / small),
                number(each)
            );
        }
    }
    text
}
