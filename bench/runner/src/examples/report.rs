//! The section of RESULTS.md.

use super::{DOCUMENT, DOCUMENTS};
use crate::charts::{Bars, bars};
use crate::records::Run;
use crate::report::Section;
use crate::tables::count;

pub(crate) fn report(run: &Run) -> Section {
    let cases = run.cases("examples");
    let contenders = run.contenders("found");
    let mut text = format!(
        "\
Of the published documents, the {DOCUMENTS} with the most examples of which all generators make
crates that compile. An example is one in a component schema, or in a media type that refers to a
component schema; those that are invalid against their schema do not count. Each is read with the
type of that name and written again. Cells are: examples that come back equal as JSON (a null may
come back absent) / examples whose type was found, that is, has the name of the schema apart from
case and punctuation, and can be read and written. oas3-gen makes types that are only read or only
written; its documents got an operation for each component schema that sends and returns it.

| document | valid | invalid | {} |
|---|---:|---:|{}
",
        contenders.join(" | "),
        "---:|".repeat(contenders.len())
    );
    let sum = |who: &str, metric| {
        let values = cases
            .iter()
            .filter_map(|case| run.median(case, who, metric));
        values.sum::<f64>()
    };
    for case in &cases {
        let of = |who: &str, metric| count(run.median(case, who, metric).unwrap_or_default());
        text += &format!(
            "| {case} | {} | {} |",
            of(DOCUMENT, "examples"),
            of(DOCUMENT, "invalid")
        );
        for who in &contenders {
            text += &format!(" {} / {} |", of(who, "equal"), of(who, "found"));
        }
        text.push('\n');
    }
    text += &format!(
        "| **all** | {} | {} |",
        count(sum(DOCUMENT, "examples")),
        count(sum(DOCUMENT, "invalid"))
    );
    for who in &contenders {
        text += &format!(
            " {} / {} |",
            count(sum(who, "equal")),
            count(sum(who, "found"))
        );
    }
    let common = sum(DOCUMENT, "common");
    text += &format!(
        "\n\nOf the {} valid examples whose types are found in all crates, these come back equal:\n\n",
        count(common)
    );
    let share = |who: &str| 100.0 * sum(who, "equal of common") / common.max(1.0);
    for who in &contenders {
        text += &format!(
            "- {who}: {} ({:.1} %)\n",
            count(sum(who, "equal of common")),
            share(who)
        );
    }
    let rows: Vec<_> = contenders
        .iter()
        .map(|who| ((*who).to_owned(), share(who)))
        .collect();
    let chart = bars(&Bars {
        title: "Examples of published documents that come back equal",
        axis: "percent of the examples whose types all generators have; more is better",
        rows: &rows,
    });
    let charts = if cases.is_empty() {
        Vec::new()
    } else {
        vec![("examples", chart)]
    };
    Section {
        title: "Examples",
        text: if cases.is_empty() {
            String::new()
        } else {
            text
        },
        charts,
    }
}
