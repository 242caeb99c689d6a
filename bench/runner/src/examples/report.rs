//! The section of RESULTS.md.

use super::{DOCUMENT, DOCUMENTS};
use crate::charts::{Bars, bars};
use crate::generating::OURS;
use crate::records::Run;
use crate::report::Section;
use crate::tables::count;

pub(crate) fn report(run: &Run) -> Section {
    let cases = run.cases("examples");
    let mut section = Section {
        title: "Examples",
        text: String::new(),
        charts: Vec::new(),
    };
    if cases.is_empty() {
        return section;
    }
    section.text = format!(
        "\
{} of the {DOCUMENTS} published documents with the most examples. An example is one in a component schema,
or in a media type that refers to a component schema; those that are invalid against their schema do
not count. Each is read with the type of that schema and written again. Cells are: examples that come
back equal as JSON (a null may come back absent) / examples whose type was found, that is, has the
name of the schema apart from case and punctuation, and can be read and written. – is no crate, or
one that does not compile. oas3-gen makes types that are only read or only written; its documents got
an operation for each component schema that sends and returns it.

{}
Ours and each peer, on the examples whose types both have:

{}",
        cases.len(),
        by_document(run, &cases),
        pairs(run, &cases)
    );
    let mut rows = Vec::new();
    for peer in peers(run) {
        let percent =
            |metric| 100.0 * sum(run, &cases, peer, metric) / sum(run, &cases, peer, "common");
        rows.push((peer.to_owned(), percent("equal of common")));
        rows.push((format!("{OURS}, same examples"), percent("ours of common")));
    }
    let chart = bars(&Bars {
        title: "Examples of published documents that come back equal",
        axis: "percent of the examples whose types both have; more is better",
        rows: &rows,
    });
    section.charts.push(("examples", chart));
    section
}

fn peers(run: &Run) -> Vec<&str> {
    let mut peers = run.contenders("found");
    peers.retain(|peer| *peer != OURS);
    peers
}

/// Returns the sum over the documents that a contender carries.
fn sum(run: &Run, cases: &[&str], who: &str, metric: &str) -> f64 {
    let values = cases
        .iter()
        .filter_map(|case| run.median(case, who, metric));
    values.sum()
}

fn by_document(run: &Run, cases: &[&str]) -> String {
    let peers = peers(run);
    let mut text = format!(
        "| document | valid | invalid | {OURS} | {} |\n",
        peers.join(" | ")
    );
    text += &format!("|---|---:|---:|---:|{}\n", "---:|".repeat(peers.len()));
    for case in cases {
        let of = |metric| count(run.median(case, DOCUMENT, metric).unwrap_or_default());
        text += &format!("| {case} | {} | {} |", of("examples"), of("invalid"));
        for who in std::iter::once(&OURS).chain(&peers) {
            let cell = |metric| run.median(case, who, metric).map(count);
            text += &match (cell("equal"), cell("found")) {
                (Some(equal), Some(found)) => format!(" {equal} / {found} |"),
                _ => " – |".to_owned(),
            };
        }
        text.push('\n');
    }
    text
}

fn pairs(run: &Run, cases: &[&str]) -> String {
    let mut text =
        "| peer | documents | examples | peer | ours |\n|---|---:|---:|---:|---:|\n".to_owned();
    for peer in peers(run) {
        let documents = cases
            .iter()
            .filter_map(|case| run.median(case, peer, "common"));
        let documents = documents.filter(|common| *common > 0.0).count();
        let of = |metric| sum(run, cases, peer, metric);
        let common = of("common");
        let cell = |equal: f64| format!("{} ({:.1} %)", count(equal), 100.0 * equal / common);
        text += &format!(
            "| {peer} | {documents} | {} | {} | {} |\n",
            count(common),
            cell(of("equal of common")),
            cell(of("ours of common"))
        );
    }
    text
}
