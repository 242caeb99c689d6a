//! `cargo xtask review`: shows what changed in a contract, who is affected and what to do.

mod contracts;
mod next_steps;
mod semver_checks;

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use bigmodel_rerank_review::{Class, Options, Review, TextDigests, Wording, review};

use crate::cli::{FailOn, ReviewArgs};
use crate::tree;
use crate::workspace::{self, PAGE_TEXTS, Place};
use contracts::Contracts;

/// The header of the file of digests.
const HEADER: &str = "\
# The texts of the publisher's page as they were last read: a digest and the pointer of each.
# Written by `cargo xtask review --page PAGE --mark-read`.
";

/// Prints the report. The exit code is 1 if a change has the class of `--fail-on` or a worse one.
pub(crate) fn run(args: &ReviewArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    if let Some(file) = &args.html {
        protect_inputs(args, file)?;
    }
    let contracts = contracts::read(args)?;
    if args.mark_read {
        return mark_read(&contracts, out);
    }
    let review = review(
        &contracts.old.side(),
        &contracts.new.side(),
        &options(args, &contracts)?,
    );
    if let Some(file) = &args.html {
        Place::given(file).write(&review.to_html())?;
    }
    let printed = match args.json {
        true => writeln!(out, "{:#}", review.to_json()),
        false => writeln!(out, "{}", review.text().trim_end()),
    };
    match printed {
        // The reader has seen enough, and the exit code has the result.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    Ok(match fails(args.fail_on, &review) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

/// Fails if the report would overwrite one of its inputs.
fn protect_inputs(args: &ReviewArgs, html: &Path) -> anyhow::Result<()> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let page = real(html);
    let inputs = [&args.old, &args.new, &args.page, &args.overlay];
    let mut inputs = inputs.into_iter().flatten();
    if page.is_some() && inputs.any(|input| real(input) == page) {
        bail!(
            "{} is an input of the review; choose another file for the report",
            html.display()
        );
    }
    Ok(())
}

fn options(args: &ReviewArgs, contracts: &Contracts) -> anyhow::Result<Options> {
    let semver_checks = Some(semver_checks::run(&contracts.old, &contracts.new)?);
    Ok(match &args.page {
        None => Options {
            semver_checks,
            next_steps: next_steps::of_commit(),
            ..Options::default()
        },
        Some(page) => Options {
            wording: Wording::Paraphrased,
            read_texts: Some(read_texts()?),
            other_text: contracts.other_text.clone(),
            semver_checks,
            next_steps: next_steps::of_page(&Place::given(page)),
        },
    })
}

/// Reads the digests of the texts that people have read.
fn read_texts() -> anyhow::Result<TextDigests> {
    let file = workspace::root().join(PAGE_TEXTS);
    let text = fs::read_to_string(&file).with_context(|| {
        format!(
            "cannot read {PAGE_TEXTS}, the record of the texts that were read; read the page, and \
             write the file with --mark-read"
        )
    })?;
    text.parse()
        .map_err(|problem: String| anyhow!("{PAGE_TEXTS}: {problem}; rewrite it with --mark-read"))
}

fn mark_read(contracts: &Contracts, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let texts =
        TextDigests::new(contracts.new.contract().value()).with_other_text(&contracts.other_text);
    tree::write(workspace::root(), PAGE_TEXTS, &format!("{HEADER}{texts}"))
        .with_context(|| format!("cannot write {PAGE_TEXTS}"))?;
    writeln!(out, "wrote {PAGE_TEXTS}")?;
    Ok(ExitCode::SUCCESS)
}

/// Whether a change has this class or a worse one.
fn fails(on: FailOn, review: &Review) -> bool {
    let least = match on {
        FailOn::Never => return false,
        // An unclassified change may be breaking.
        FailOn::Breaking => Class::Unclassified,
        FailOn::Additive => Class::Additive,
        FailOn::Documentation => Class::Documentation,
    };
    review
        .changes
        .iter()
        .any(|change| change.severity() >= least)
}
