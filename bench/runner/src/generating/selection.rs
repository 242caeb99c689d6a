//! The operations of one tag of the largest document, as a crate of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::contenders::CRATE;
use super::published::{Document, facts, lines, record_diagnostics, time_checks};
use super::{Contender, OPENAPI_TO_RUST, OURS};
use crate::child::measured;
use crate::paths::Bench;
use crate::records::Run;

const ROUNDS: usize = 3;
/// Between the document and the tag in the name of a case.
pub(super) const ONLY: &str = ", only ";

/// Measures the tag with the most operations, and the one in the middle.
pub(super) fn measure(
    bench: &Bench,
    run: &mut Run,
    contenders: &[Contender],
    document: &Document,
) -> anyhow::Result<()> {
    let Some(facts) = facts(contenders, &document.path) else {
        return Ok(());
    };
    for (tag, operations) in tags(&facts) {
        let case = format!("{}{ONLY}{tag}: {operations} operations", document.name);
        eprintln!("  {case}");
        let mut compiling = Vec::new();
        for contender in contenders {
            let Some(out) = generate(bench, run, contender, document, &tag, &case)? else {
                continue;
            };
            run.add(&case, contender.name, "lines", lines(&out)? as f64);
            contender.complete(&out)?;
            if record_diagnostics(bench, run, &case, contender, &out)? {
                compiling.push((contender.name, out));
            }
        }
        time_checks(bench, run, &case, &compiling)?;
    }
    Ok(())
}

/// Returns two tags with the number of their operations: the largest, and the median one.
fn tags(facts: &Value) -> Vec<(String, u64)> {
    let tags = facts["tags"].as_object().into_iter().flatten();
    let mut tags: Vec<_> = tags
        .map(|(tag, count)| (tag.clone(), count.as_u64().unwrap_or_default()))
        .collect();
    tags.sort_by_key(|(_, count)| *count);
    let Some(last) = tags.len().checked_sub(1) else {
        return Vec::new();
    };
    vec![tags[last].clone(), tags[last / 2].clone()]
}

/// Generates the operations of a tag with the generators that select by tag.
fn generate(
    bench: &Bench,
    run: &mut Run,
    contender: &Contender,
    document: &Document,
    tag: &str,
    case: &str,
) -> anyhow::Result<Option<PathBuf>> {
    let mut out = bench.work(&contender.folder());
    for _ in 0..bench.rounds(ROUNDS) {
        out = bench.empty_folder(&contender.folder())?;
        let mut command = Command::new(&contender.program);
        match contender.name {
            OURS => {
                command.args(["only", &format!("tag:{tag}"), CRATE]);
                command.arg(&out).arg(&document.path);
            }
            OPENAPI_TO_RUST => {
                let settings = out.join("openapi-to-rust.toml");
                fs::write(&settings, selecting(&document.path, tag))?;
                command.args(["generate", "--config"]).arg(settings);
            }
            _ => return Ok(None),
        }
        let found = measured(&mut command)?;
        run.add(case, contender.name, "ms", found.seconds * 1e3);
        run.add(case, contender.name, "CPU ms", found.cpu_seconds * 1e3);
        run.add(case, contender.name, "peak MiB", found.peak_mib);
    }
    Ok(Some(out))
}

/// Returns the configuration of openapi-to-rust for the operations of a tag.
fn selecting(document: &Path, tag: &str) -> String {
    format!(
        "[generator]\nspec_path = {:?}\noutput_dir = \"src/generated\"\nmodule_name = \"api\"\n\n\
         [features]\nenable_async_client = true\n\n\
         [client]\noperations = [{:?}]\nprune_models = true\n",
        document.display().to_string(),
        format!("tag:{tag}"),
    )
}
