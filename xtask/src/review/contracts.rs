//! Reads the two contracts of a review, from commits, files or a page, and generates their code.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use bigmodel_rerank_codegen::{
    Contract, Deny, Diagnostics, Generated, Input, Settings, Source, generate,
};
use bigmodel_rerank_import::import;
use bigmodel_rerank_review::Side;

use crate::cli::ReviewArgs;
use crate::contract;
use crate::documents;
use crate::workspace::{self, OVERLAY, Place, SPEC};

/// The name of a crate whose contract has none.
const DEFAULT_NAME: &str = "reviewed-api";

/// The old and the new contract.
pub(super) struct Contracts {
    pub(super) old: WithCode,
    pub(super) new: WithCode,
    /// The text on the page of the new contract that is not part of it.
    pub(super) other_text: String,
}

/// A contract, and the code generated from it.
pub(super) struct WithCode {
    contract: Contract,
    code: Result<Generated, Diagnostics>,
}

impl WithCode {
    fn read(input: &Input, deny: &Deny) -> anyhow::Result<Self> {
        let contract = Contract::read(input)?;
        let code = generated(&contract, input, deny);
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

fn generated(contract: &Contract, input: &Input, deny: &Deny) -> Result<Generated, Diagnostics> {
    let name = "/info/x-rust-crate/name";
    let is_named = input.overlay.is_some() || contract.value().pointer(name).is_some();
    let settings = Settings {
        crate_name: (!is_named).then(|| DEFAULT_NAME.to_owned()),
        regenerate: String::new(),
        deny: deny.clone(),
        ..Settings::default()
    };
    generate(input, &settings)
}

pub(super) fn read(args: &ReviewArgs) -> anyhow::Result<Contracts> {
    match (&args.old, &args.new, &args.page) {
        (Some(old), Some(new), _) => {
            let overlay = args.overlay.as_deref().map(Place::given);
            let read = |path: &Path| {
                let overlay = overlay.as_ref();
                let input = Input {
                    spec: documents::with_documents(
                        contract::read(&Place::given(path), "pass another file")?,
                        path,
                        None,
                    )?,
                    overlay: overlay
                        .map(|overlay| contract::read(overlay, "pass --overlay FILE"))
                        .transpose()?,
                };
                WithCode::read(&input, &Deny::default())
            };
            Ok(Contracts {
                old: read(old)?,
                new: read(new)?,
                other_text: String::new(),
            })
        }
        (_, _, Some(page)) => against_page(&Place::given(page)),
        _ => since(&args.base),
    }
}

/// Reads the contract in spec/ and its overlay.
fn ours() -> anyhow::Result<Input> {
    Ok(Input {
        spec: contract::read(&Place::given_or(None, SPEC), "pass another file")?,
        overlay: Some(contract::read(
            &Place::given_or(None, OVERLAY),
            "restore it",
        )?),
    })
}

/// Reads the published contract and the page. The overlay applies to the generated code of both,
/// but not to the contracts that are compared.
fn against_page(page: &Place) -> anyhow::Result<Contracts> {
    let page = contract::read(page, "pass another file")?;
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
    Ok(Contracts {
        old: WithCode {
            code: generated(&old, &ours, &Deny::all()),
            contract: old,
        },
        new: WithCode {
            code: generated(&new, &theirs, &Deny::all()),
            contract: new,
        },
        other_text: imported.other_text,
    })
}

/// Reads the contract in spec/ at a commit and now. As in a build, what is not exact is an error.
fn since(revision: &str) -> anyhow::Result<Contracts> {
    let commit = format!("{revision}^{{commit}}");
    let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    if git(&[&verify[..], &[&commit]].concat()).is_err() {
        bail!("unknown commit `{revision}`; pass a commit of this repository with --base");
    }
    let Some(spec) = at(revision, SPEC)? else {
        bail!("{revision} has no {SPEC}; pass another commit with --base");
    };
    let overlay = at(revision, OVERLAY)?;
    Ok(Contracts {
        old: WithCode::read(&Input { spec, overlay }, &Deny::all())?,
        new: WithCode::read(&ours()?, &Deny::all())?,
        other_text: String::new(),
    })
}

/// Reads a file of the workspace at a commit; `None` if it did not exist.
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
    // `./` is relative to the workspace, which may be a folder of the repository.
    let text = git(&["show", "--end-of-options", &format!("{revision}:./{path}")])?;
    Ok(Some(Source::new(name, text)))
}

fn git(arguments: &[&str]) -> anyhow::Result<String> {
    let done = Command::new("git")
        .args(arguments)
        .current_dir(workspace::root())
        .output()
        .context("cannot run git to read the old contract")?;
    if !done.status.success() {
        let message = String::from_utf8_lossy(&done.stderr);
        bail!("git {}: {}", arguments.join(" "), message.trim());
    }
    String::from_utf8(done.stdout).context("git printed invalid UTF-8")
}
