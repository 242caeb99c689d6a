//! `cargo xtask review`: what changed in a contract, what breaks, and what to do.

mod semver_checks;
mod sides;

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use bigmodel_rerank_review::{Class, Options, Review, Texts, Wording, review};

use crate::cli::{FailOn, ReviewArgs};
use crate::tree;
use crate::workspace::{self, PAGE_TEXTS, Place};
use sides::OldAndNew;

/// What stands at the head of the file of texts.
const HEAD: &str = "\
# The texts of the publisher's page as they were last read: a digest and the place of each.
# Written by `cargo xtask review --page PAGE --mark-read`.
";

/// Prints the report, and says by the exit code whether it is as bad as that.
pub(crate) fn run(args: &ReviewArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    if let Some(file) = &args.html {
        refuse_inputs(args, file)?;
    }
    let sides = sides::read(args)?;
    if args.mark_read {
        return mark_read(&sides, out);
    }
    let review = review(
        &sides.old.side(),
        &sides.new.side(),
        &options(args, &sides)?,
    );
    if let Some(file) = &args.html {
        Place::given(file).write(&review.to_html())?;
    }
    let printed = match args.json {
        true => writeln!(out, "{:#}", review.to_json()),
        false => writeln!(out, "{}", review.text().trim_end()),
    };
    match printed {
        // Whoever reads has seen enough; the exit code says the rest.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    Ok(match fails(args.fail_on, &review) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

/// The report goes over none of the files that it is about.
fn refuse_inputs(args: &ReviewArgs, html: &Path) -> anyhow::Result<()> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let page = real(html);
    let inputs = [&args.old, &args.new, &args.page, &args.overlay];
    let mut inputs = inputs.into_iter().flatten();
    if page.is_some() && inputs.any(|input| real(input) == page) {
        bail!(
            "{} is what is reviewed; name another file for the report",
            html.display()
        );
    }
    Ok(())
}

fn options(args: &ReviewArgs, sides: &OldAndNew) -> anyhow::Result<Options> {
    let semver_checks = Some(semver_checks::ask(&sides.old, &sides.new)?);
    Ok(match &args.page {
        None => Options {
            semver_checks,
            ..Options::default()
        },
        Some(page) => Options {
            wording: Wording::OwnWords,
            read: Some(texts_read()?),
            beside: sides.beside.clone(),
            semver_checks,
            next: next_of_page(&Place::given(page)),
        },
    })
}

/// The texts that were read.
fn texts_read() -> anyhow::Result<Texts> {
    let file = workspace::root().join(PAGE_TEXTS);
    let text = fs::read_to_string(&file).with_context(|| {
        format!(
            "cannot read {PAGE_TEXTS}, which says what was read of the page; once the page is \
             read, --mark-read writes it"
        )
    })?;
    text.parse().map_err(|problem: String| {
        anyhow!("{PAGE_TEXTS}: {problem}; write it anew with --mark-read")
    })
}

fn mark_read(sides: &OldAndNew, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let texts = Texts::of(sides.new.contract().value()).beside(&sides.beside);
    tree::write(workspace::root(), PAGE_TEXTS, &format!("{HEAD}{texts}"))
        .with_context(|| format!("cannot write {PAGE_TEXTS}"))?;
    writeln!(out, "wrote {PAGE_TEXTS}")?;
    Ok(ExitCode::SUCCESS)
}

/// The commands by which what a page says is carried over.
fn next_of_page(page: &Place) -> Vec<String> {
    let page = &page.shown;
    vec![
        "cargo xtask review".to_owned(),
        "cargo xtask generate".to_owned(),
        "INSTA_UPDATE=always cargo test --no-fail-fast".to_owned(),
        "git diff generated tests/snapshots".to_owned(),
        format!("cargo xtask review --page {page} --mark-read"),
    ]
}

/// Whether there is a change of the class, or a worse one.
fn fails(on: FailOn, review: &Review) -> bool {
    let least = match on {
        FailOn::Never => return false,
        // What nobody has judged may break.
        FailOn::Breaking => Class::Unclassified,
        FailOn::Additive => Class::Additive,
        FailOn::Documentation => Class::Documentation,
    };
    review
        .changes
        .iter()
        .any(|change| change.gravity() >= least)
}
