//! The parts in the order of measurement and report.

use crate::paths::Bench;
use crate::records::Run;
use crate::report::Section;
use crate::{
    bulk, calling, depending, endpoint, examples, generating, json, model, ranking, rebuilding,
    review, rows,
};

pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) measure: fn(&Bench, &mut Run) -> anyhow::Result<()>,
    pub(crate) report: fn(&Run) -> Section,
}

pub(crate) const ALL: &[Part] = &[
    Part {
        name: "calling",
        about: "a call: CPU time, instructions, throughput, latency, memory",
        measure: calling::measure,
        report: calling::report,
    },
    Part {
        name: "depending",
        about: "what a dependency costs: clean build, crates, size of the program",
        measure: depending::measure,
        report: depending::report,
    },
    Part {
        name: "generating",
        about: "from contract to crate: time, memory, growth, compilation of the crates",
        measure: generating::measure,
        report: generating::report,
    },
    Part {
        name: "examples",
        about: "examples of published documents, read and written with the generated types",
        measure: examples::measure,
        report: examples::report,
    },
    Part {
        name: "rebuilding",
        about: "`cargo build` after a change of the contract, and without one",
        measure: rebuilding::measure,
        report: rebuilding::report,
    },
    Part {
        name: "bulk",
        about: "100,000 documents with the program `rerank`",
        measure: bulk::measure,
        report: bulk::report,
    },
    Part {
        name: "endpoint",
        about: "`rerank serve` under load and attack: memory, what others see of it",
        measure: endpoint::measure,
        report: endpoint::report,
    },
    Part {
        name: "ranking",
        about: "the lexical scorer: documents/s, memory, quality",
        measure: ranking::measure,
        report: ranking::report,
    },
    Part {
        name: "model",
        about: "models: processor time, memory, load, quality",
        measure: model::measure,
        report: model::report,
    },
    Part {
        name: "rows",
        about: "rows of tables by SQL, on one machine and on a cluster",
        measure: rows::measure,
        report: rows::report,
    },
    Part {
        name: "review",
        about: "import and review of contracts of up to 500 operations",
        measure: review::measure,
        report: review::report,
    },
    Part {
        name: "json",
        about: "JSON: serde_json and alternatives",
        measure: json::measure,
        report: json::report,
    },
];
