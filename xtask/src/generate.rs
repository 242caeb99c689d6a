//! `cargo xtask generate`: the crate of a contract, written or checked.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use crate::cli::GenerateArgs;
use crate::command_line::{self, Paths};
use crate::contract;
use crate::drift;
use crate::manifest;
use crate::report;
use crate::tree::{self, Entry, Plan, Tree, Wanted};
use crate::workspace::{self, Place};

/// The file without which a directory is not a crate.
const CARGO_TOML: &str = "Cargo.toml";

/// Brings the directory to what the contract gives, or says how far it is from that. Without a
/// contract or a directory, the crates of other clients' forms follow.
pub(crate) fn run(args: &GenerateArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let place = Place::given_or(args.out.as_deref(), workspace::GENERATED);
    let header = command_line::generate(args, Paths::Portable);
    let made = contract::compile(&args.contract, header)?;
    let repair = command_line::generate(args, Paths::AsGiven);
    let mut code = bring(&place, &made, args, &repair, false, out)?;
    if args.contract.is_default() && args.out.is_none() {
        for form in workspace::forms()? {
            let place = Place::given_or(None, &format!("{}/{form}", workspace::FORMS));
            let made = contract::compile_form(&form, command_line::GENERATE)?;
            let repair = command_line::GENERATE;
            // The contract's crate is what people look for in the output.
            if bring(&place, &made, args, repair, true, out)? != ExitCode::SUCCESS {
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

/// Writes one crate, or checks it. `skip_unchanged` is silent about a crate without a difference.
fn bring(
    place: &Place,
    made: &contract::Crate,
    args: &GenerateArgs,
    repair: &str,
    skip_unchanged: bool,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let wanted = &made.generated.files;
    tree::check_wanted(wanted)?;
    let tree = tree::scan(&place.path)?;
    let plan = plan(wanted, &tree);
    if skip_unchanged && plan.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    if args.check {
        drift::report(place, &plan, &made.origin, repair, out)
    } else {
        refuse(place, &tree, &plan)?;
        // Ours may be renamed by its contract; elsewhere another name is another crate.
        if args.out.is_some() {
            refuse_another(place, &tree, &made.generated.crate_name)?;
        }
        tree::apply(&place.path, &plan.changes)?;
        finish(place, &plan, out)
    }
}

/// Ours are marked files at the paths we write, and all marked files of a crate we wrote.
fn plan<'a>(wanted: &'a Wanted, tree: &'a Tree) -> Plan<'a> {
    let is_our_crate = is_our_crate(tree);
    tree::plan(wanted, tree, |path, bytes| {
        tree::is_marked(bytes) && (is_our_crate || wanted.contains_key(path))
    })
}

/// Other tools write `@generated` as well; only in a crate of ours does it mean us.
fn is_our_crate(tree: &Tree) -> bool {
    tree.get(CARGO_TOML)
        .and_then(Entry::bytes)
        .is_some_and(tree::is_marked)
}

/// Stops before anything is written into a directory that belongs to somebody else.
fn refuse(place: &Place, tree: &Tree, plan: &Plan<'_>) -> anyhow::Result<()> {
    let dir = place.dir();
    if tree.contains_key(manifest::FILE) {
        bail!(
            "{dir} is a vendored copy; update it with `cargo xtask vendor`, or remove {} first",
            place.file(manifest::FILE)
        );
    }
    if !plan.in_the_way.is_empty() {
        bail!(
            "not written by the generator, but where it has to write:\n{}\
             move them away or choose another --out; nothing was written",
            report::list(place, &plan.in_the_way)
        );
    }
    if !is_our_crate(tree) && !plan.foreign.is_empty() {
        bail!(
            "{dir} is not a crate the generator wrote (no {CARGO_TOML} marked `@generated`), \
             and holds:\n{}\
             empty it or choose another --out; nothing was written",
            report::list(place, &plan.foreign)
        );
    }
    Ok(())
}

/// Stops before the crate of one contract replaces that of another.
fn refuse_another(place: &Place, tree: &Tree, name: &str) -> anyhow::Result<()> {
    let manifest = tree.get(CARGO_TOML).and_then(Entry::bytes);
    let manifest = String::from_utf8_lossy(manifest.unwrap_or_default());
    let found = manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = ")?.split('"').nth(1));
    match found {
        Some(found) if found != name => bail!(
            "{} holds the crate {found}, and this contract gives {name}; \
             choose another --out, or remove the directory; nothing was written",
            place.dir()
        ),
        _ => Ok(()),
    }
}

/// Says what was done, and what is left to do by hand.
fn finish(place: &Place, plan: &Plan<'_>, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    report::changes(place, &plan.changes, out)?;
    for path in &plan.foreign {
        writeln!(
            out,
            "left alone {}: not written by the generator; remove it by hand",
            place.file(path)
        )?;
    }
    writeln!(out, "{}", report::summary(place, plan))?;
    Ok(if plan.foreign.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
