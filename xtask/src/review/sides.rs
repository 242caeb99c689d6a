//! The two contracts of a review: from commits, files or a page; and the code that they give.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use bigmodel_rerank_codegen::{
    Contract, Diagnostics, Generated, Input, Settings, Source, generate,
};
use bigmodel_rerank_import::import;
use bigmodel_rerank_review::Side;

use crate::cli::ReviewArgs;
use crate::contract;
use crate::workspace::{self, OVERLAY, Place, SPEC};

/// What a crate is called that its contract does not name.
const UNNAMED: &str = "reviewed-api";

/// The contract before and after.
pub(super) struct OldAndNew {
    pub(super) old: Compared,
    pub(super) new: Compared,
    /// What a page says beside its contract.
    pub(super) beside: String,
}

/// A contract, and what the generator makes of it.
pub(super) struct Compared {
    contract: Contract,
    code: Result<Generated, Diagnostics>,
}

impl Compared {
    fn of(input: &Input) -> anyhow::Result<Self> {
        let contract = Contract::read(input)?;
        let code = generated(&contract, input);
        Ok(Self { contract, code })
    }

    pub(super) fn contract(&self) -> &Contract {
        &self.contract
    }

    pub(super) fn generated(&self) -> Option<&Generated> {
        self.code.as_ref().ok()
    }

    pub(super) fn side(&self) -> Side<'_> {
        Side::with_code(&self.contract, self.code.as_ref())
    }
}

fn generated(contract: &Contract, input: &Input) -> Result<Generated, Diagnostics> {
    let name = "/info/x-rust-crate/name";
    let is_named = input.overlay.is_some() || contract.value().pointer(name).is_some();
    let settings = Settings {
        crate_name: (!is_named).then(|| UNNAMED.to_owned()),
        regenerate: String::new(),
        ..Settings::default()
    };
    generate(input, &settings)
}

pub(super) fn read(args: &ReviewArgs) -> anyhow::Result<OldAndNew> {
    match (&args.old, &args.new, &args.page) {
        (Some(old), Some(new), _) => {
            let overlay = args.overlay.as_deref().map(Place::given);
            let read = |path: &Path| {
                let overlay = overlay.as_ref();
                Compared::of(&Input {
                    spec: contract::read(&Place::given(path), "name another file")?,
                    overlay: overlay
                        .map(|overlay| contract::read(overlay, "pass --overlay FILE"))
                        .transpose()?,
                })
            };
            Ok(OldAndNew {
                old: read(old)?,
                new: read(new)?,
                beside: String::new(),
            })
        }
        (_, _, Some(page)) => against_page(&Place::given(page)),
        _ => since(&args.base),
    }
}

/// The contract in spec/, and its overlay.
fn ours() -> anyhow::Result<Input> {
    Ok(Input {
        spec: contract::read(&Place::given_or(None, SPEC), "name another file")?,
        overlay: Some(contract::read(
            &Place::given_or(None, OVERLAY),
            "it corrects the contract",
        )?),
    })
}

/// The contract as published against the page. The overlay corrects both alike: it has its
/// part in the code, and none in what is compared.
fn against_page(page: &Place) -> anyhow::Result<OldAndNew> {
    let page = contract::read(page, "name another file")?;
    let imported = import(&page)?;
    let ours = ours()?;
    let published = Input {
        overlay: None,
        ..ours.clone()
    };
    let theirs = Input {
        spec: Source::new(format!("{} (imported)", page.name), imported.yaml.clone()),
        ..ours.clone()
    };
    let old = Contract::read(&published)?;
    let new = imported.contract(&page.name);
    Ok(OldAndNew {
        old: Compared {
            code: generated(&old, &ours),
            contract: old,
        },
        new: Compared {
            code: generated(&new, &theirs),
            contract: new,
        },
        beside: imported.beside,
    })
}

/// What spec/ holds now against what it held at a commit.
fn since(revision: &str) -> anyhow::Result<OldAndNew> {
    let commit = format!("{revision}^{{commit}}");
    let found = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    if git(&[&found[..], &[&commit]].concat()).is_err() {
        bail!("no commit `{revision}` here; name one that git knows with --base");
    }
    let Some(spec) = at(revision, SPEC)? else {
        bail!("{revision} has no {SPEC}; name another commit with --base");
    };
    let overlay = at(revision, OVERLAY)?;
    Ok(OldAndNew {
        old: Compared::of(&Input { spec, overlay })?,
        new: Compared::of(&ours()?)?,
        beside: String::new(),
    })
}

/// A file of the workspace as it was at a commit.
fn at(revision: &str, path: &str) -> anyhow::Result<Option<Source>> {
    let listed = git(&[
        "ls-tree",
        "--name-only",
        "--end-of-options",
        revision,
        "--",
        path,
    ])?;
    if listed.trim().is_empty() {
        return Ok(None);
    }
    let name = format!("{revision}:{path}");
    // From this folder, which need not be the repository's own.
    let text = git(&["show", "--end-of-options", &format!("{revision}:./{path}")])?;
    Ok(Some(Source::new(name, text)))
}

fn git(arguments: &[&str]) -> anyhow::Result<String> {
    let done = Command::new("git")
        .args(arguments)
        .current_dir(workspace::root())
        .output()
        .context("cannot run git, which knows what the contract was")?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        bail!("git {}: {}", arguments.join(" "), said.trim());
    }
    String::from_utf8(done.stdout).context("git gave text that is not UTF-8")
}
