//! `cargo xtask review`: what changed in a contract, what breaks, and what to do.

mod semver_checks;
mod sides;

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use bigmodel_rerank_review::{Class, Options, Review, Texts, Wording, review};

use crate::cli::{FailOn, ReviewArgs};
use crate::workspace::{self, PAGE_TEXTS, Place};
use sides::OldAndNew;

/// What stands at the head of the file of texts.
const HEAD: &str = "\
# The texts of the publisher's page as they were last read: a digest and the place of each.
# Written by `cargo xtask review --page PAGE --mark-read`.
";

/// Prints the report, and says by the exit code whether it is as bad as that.
pub(crate) fn run(args: &ReviewArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
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
        let place = Place::given(file);
        fs::write(&place.path, review.to_html())
            .with_context(|| format!("cannot write {}", place.shown))?;
    }
    match args.json {
        true => writeln!(out, "{:#}", review.to_json())?,
        false => writeln!(out, "{}", review.text().trim_end())?,
    }
    Ok(match fails(args.fail_on, &review) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
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
            read: texts_read()?,
            semver_checks,
            next: next_of_page(&Place::given(page)),
        },
    })
}

/// The texts that were read; none where nobody has recorded any.
fn texts_read() -> anyhow::Result<Option<Texts>> {
    let file = workspace::root().join(PAGE_TEXTS);
    if !file.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {PAGE_TEXTS}"))?;
    let texts = text.parse();
    texts.map(Some).map_err(|problem: String| {
        anyhow!("{PAGE_TEXTS}: {problem}; write it anew with --mark-read")
    })
}

fn mark_read(sides: &OldAndNew, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let texts = Texts::of(sides.new.contract().value());
    let file = workspace::root().join(PAGE_TEXTS);
    fs::write(file, format!("{HEAD}{texts}"))
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
        FailOn::Breaking => Class::Breaking,
        FailOn::Unclassified => Class::Unclassified,
        FailOn::Additive => Class::Additive,
        FailOn::Documentation => Class::Documentation,
    };
    review
        .changes
        .iter()
        .any(|change| change.gravity() >= least)
}
