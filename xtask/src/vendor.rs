//! `cargo xtask vendor`: a copy of the crate in a directory of another project.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};

use crate::cli::VendorArgs;
use crate::command_line::{self, Paths};
use crate::contract;
use crate::manifest::{self, Manifest};
use crate::report;
use crate::tree::{self, Change, Entry, Plan, Tree, Wanted};
use crate::workspace::{self, Place};

/// Writes the copy or brings it up to date, and says how to depend on it.
pub(crate) fn run(args: &VendorArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    if workspace::is(&args.dir, workspace::GENERATED) {
        bail!("generated/ is written by `cargo xtask generate`; vendor into another directory");
    }
    let place = Place::given(&args.dir);
    let header = command_line::vendor(args, Paths::Portable);
    let made = contract::compile(&args.contract, header)?.generated;
    tree::check_wanted(&made.files)?;
    let mut tree = tree::scan(&place.path)?;
    let old_text = tree.remove(manifest::FILE);
    let old = old_text
        .as_ref()
        .map(|entry| read_manifest(&place, entry))
        .transpose()?;
    refuse_other_crate(&place, &made.crate_name, old.as_ref(), &tree)?;

    let mut plan = plan(&made.files, &tree, old.as_ref(), args.force);
    refuse(&place, &plan, &tree, old.as_ref())?;
    // Last of all, so that an interrupted run can be run again.
    let new_text = Manifest::of(&made.crate_name, &made.files).to_text();
    let summary = report::summary(&place, &plan);
    plan.changes
        .extend(manifest_change(old_text.as_ref(), &new_text));
    tree::apply(&place.path, &plan.changes)?;

    report::changes(&place, &plan.changes, out)?;
    writeln!(out, "{summary}")?;
    writeln!(out, "{}", dependency(&made.crate_name, args))?;
    Ok(ExitCode::SUCCESS)
}

fn read_manifest(place: &Place, entry: &Entry) -> anyhow::Result<Manifest> {
    entry
        .bytes()
        .ok_or_else(|| anyhow!("not a file"))
        .and_then(|bytes| Manifest::parse(&String::from_utf8_lossy(bytes)))
        .with_context(|| {
            format!(
                "{} is not what `cargo xtask vendor` writes; restore it or remove it",
                place.file(manifest::FILE)
            )
        })
}

/// A directory that holds another crate is not a copy to bring up to date.
fn refuse_other_crate(
    place: &Place,
    name: &str,
    old: Option<&Manifest>,
    tree: &Tree,
) -> anyhow::Result<()> {
    let found = old
        .map(|manifest| manifest.crate_name.clone())
        .or_else(|| package_name(tree));
    match found {
        Some(found) if found != name => bail!(
            "{} holds the crate `{found}`, not `{name}`; vendor into another directory, \
             or remove that one first; nothing was written",
            place.dir()
        ),
        _ => Ok(()),
    }
}

/// The first `name = "…"` of `Cargo.toml`: by custom the package's.
fn package_name(tree: &Tree) -> Option<String> {
    let text = String::from_utf8_lossy(tree.get("Cargo.toml")?.bytes()?);
    text.lines().find_map(|line| {
        let value = line.strip_prefix("name")?.trim_start().strip_prefix('=')?;
        value.split('"').nth(1).map(str::to_owned)
    })
}

/// Ours are files as the manifest has them; by force also those edited since.
fn plan<'a>(wanted: &'a Wanted, tree: &'a Tree, old: Option<&Manifest>, force: bool) -> Plan<'a> {
    tree::plan(wanted, tree, |path, bytes| {
        let as_written = old.is_some_and(|old| old.is_as_written(path, bytes));
        let edited = old.is_some_and(|old| old.lists(path))
            || wanted.contains_key(path) && tree::is_marked(bytes);
        as_written || force && edited
    })
}

/// Stops before anything is written over an edit or a file of somebody else.
fn refuse(
    place: &Place,
    plan: &Plan<'_>,
    tree: &Tree,
    old: Option<&Manifest>,
) -> anyhow::Result<()> {
    let is_edited = |path: &&str| {
        let bytes = tree.get(*path).and_then(Entry::bytes);
        bytes.is_some_and(|bytes| tree::is_marked(bytes) || old.is_some_and(|old| old.lists(path)))
    };
    let (mut edited, foreign): (Vec<&str>, Vec<&str>) =
        plan.in_the_way.iter().partition(|path| is_edited(path));
    // The contract no longer gives these, so they are in nobody's way; but they were ours.
    let lists = |path: &&&str| old.is_some_and(|old| old.lists(path));
    edited.extend(plan.foreign.iter().filter(lists));
    if !foreign.is_empty() {
        bail!(
            "not written by `cargo xtask vendor`, but where it has to write:\n{}\
             move them away or choose another directory; nothing was written",
            report::list(place, &foreign)
        );
    }
    if !edited.is_empty() {
        bail!(
            "edited since, or not vendored with this command:\n{}\
             pass --force to give up what they say now, or save it elsewhere first; \
             nothing was written",
            report::list(place, &edited)
        );
    }
    Ok(())
}

fn manifest_change<'a>(old: Option<&'a Entry>, new: &'a str) -> Option<Change<'a>> {
    let before = old.and_then(Entry::bytes);
    (before != Some(new.as_bytes())).then_some(Change {
        path: manifest::FILE,
        before,
        after: Some(new),
    })
}

/// What to put into a `Cargo.toml`.
fn dependency(name: &str, args: &VendorArgs) -> String {
    // A path in TOML has forward slashes on every system.
    let dir = args.dir.display().to_string().replace('\\', "/");
    format!(
        "\nTo use it, with the path as seen from your Cargo.toml:\n\n\
         [dependencies]\n{name} = {{ path = \"{dir}\" }}"
    )
}
