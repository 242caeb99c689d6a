//! Generates the crate of one document in a process of its own, whose time and memory are then
//! those of the document, and whose end is nobody else's.

use std::fs;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use bigmodel_rerank_codegen::{Diagnostics, Generated, Input, Settings, generate};
use serde_json::{Value, json};

use super::examples;
use crate::cli::CorpusOneArgs;
use crate::contract;
use crate::documents;
use crate::tree;
use crate::workspace::Place;

/// Writes the crate, and prints the figures as JSON.
pub(crate) fn run(args: &CorpusOneArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let spec = contract::read(&Place::given(&args.spec), "pass another file")?;
    let spec = documents::with_documents(spec, &args.spec, None)?;
    let input = Input {
        spec,
        overlay: None,
    };
    let settings = Settings {
        crate_name: Some(args.name.clone()),
        regenerate: "cargo xtask corpus".to_owned(),
        keep_shown_members: args.keep_shown_members,
        ..Settings::default()
    };
    let begin = Instant::now();
    let result = generate(&input, &settings);
    let seconds = begin.elapsed().as_secs_f64();
    let mut figures = match &result {
        Ok(generated) => of_crate(generated),
        Err(diagnostics) => of_refusal(diagnostics),
    };
    if let Value::Object(figures) = &mut figures {
        figures.insert("seconds".to_owned(), json!(seconds));
        figures.insert("peak_kib".to_owned(), json!(peak_kib()));
    }
    if let Ok(generated) = &result {
        fs::create_dir_all(&args.out)
            .with_context(|| format!("cannot create {}", args.out.display()))?;
        let wanted = &generated.files;
        let found = tree::scan(&args.out)?;
        let plan = tree::plan(wanted, &found, |_, bytes| tree::is_marked(bytes));
        tree::apply(&args.out, &plan.changes)?;
        let path = args.out.join("examples.json");
        let text = examples::of_crate(generated).to_string();
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    writeln!(out, "{figures}")?;
    Ok(ExitCode::SUCCESS)
}

fn of_crate(generated: &Generated) -> Value {
    let notices: Vec<_> = generated
        .notices
        .iter()
        .map(|notice| {
            json!({
                "rule": notice.rule.id,
                "class": notice.rule.class.as_str(),
                "pointer": notice.diagnostic.pointer.as_str(),
                "line": notice.diagnostic.line,
                "message": notice.diagnostic.message,
            })
        })
        .collect();
    json!({
        "operations": generated.operations,
        "skipped": generated.skipped,
        "schemas": generated.schemas,
        "notices": notices,
    })
}

fn of_refusal(diagnostics: &Diagnostics) -> Value {
    let first = diagnostics.iter().next();
    json!({
        "problems": diagnostics.len(),
        "first": first.map(|first| format!("{}:{}: {}", first.file, first.line, first.message)),
    })
}

/// The most memory that this process has had, where the system tells.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
