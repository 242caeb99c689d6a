//! From the flags to the generated files: reads the contract and runs the generator.

use std::fs;
use std::io::ErrorKind;

use anyhow::{Context, bail};
use bigmodel_rerank_codegen::{Deny, Generated, Input, Settings, Source, generate};

use crate::cli::ContractArgs;
use crate::documents;
use crate::notices;
use crate::workspace::{self, Place};

/// The files of a contract, the crate's name, and what they were made from.
pub(crate) struct Crate {
    pub(crate) generated: Generated,
    /// The contract and its overlay, to be named in a sentence.
    pub(crate) origin: String,
}

/// Generates the crate; `regenerate` is the command its headers quote.
pub(crate) fn compile(args: &ContractArgs, regenerate: String) -> anyhow::Result<Crate> {
    let spec = Place::given_or(args.spec.as_deref(), workspace::SPEC);
    let overlay = overlay_of(args);
    let input = Input {
        spec: documents::with_documents(
            read(&spec, "pass --spec FILE")?,
            &spec.path,
            args.bundle.as_deref(),
        )?,
        overlay: match &overlay {
            Some(overlay) => Some(read(overlay, "pass --overlay FILE")?),
            None => None,
        },
    };
    let mut settings = Settings {
        crate_name: args.crate_name.clone(),
        regenerate,
        deny: deny(args)?,
        only: args.only.clone(),
        features_by_tag: args.features_by_tag,
        keep_shown_members: args.keep_shown_members,
        ..Settings::default()
    };
    // Another contract's crate comes from another place, under its own terms.
    if args.is_default_spec() {
        env!("CARGO_PKG_REPOSITORY").clone_into(&mut settings.repository);
        settings.license_texts = workspace::license_texts()?;
    }
    let generated = generate(&input, &settings)?;
    eprint!("{}", notices::report(&generated));
    Ok(Crate {
        generated,
        origin: origin(&spec, overlay.as_ref()),
    })
}

/// Generates the crate of another client's form; `regenerate` is the command its headers quote.
pub(crate) fn compile_form(form: &str, regenerate: &str) -> anyhow::Result<Crate> {
    let spec = Place::given_or(None, &workspace::form_spec(form));
    let input = Input {
        spec: read(&spec, "restore it")?,
        overlay: None,
    };
    let settings = Settings {
        regenerate: regenerate.to_owned(),
        deny: Deny::all(),
        repository: env!("CARGO_PKG_REPOSITORY").to_owned(),
        license_texts: workspace::license_texts()?,
        ..Settings::default()
    };
    Ok(Crate {
        generated: generate(&input, &settings)?,
        origin: origin(&spec, None),
    })
}

/// The rules that are errors: those given, and for our contract all.
fn deny(args: &ContractArgs) -> anyhow::Result<Deny> {
    if args.deny.is_empty() && args.is_default_spec() {
        return Ok(Deny::all());
    }
    let mut deny = Deny::default();
    for name in &args.deny {
        deny.add(name).context("invalid --deny")?;
    }
    Ok(deny)
}

/// The overlay given; or else ours, which corrects our contract and no other.
fn overlay_of(args: &ContractArgs) -> Option<Place> {
    if args.overlay.is_none() && !args.is_default_spec() {
        return None;
    }
    Some(Place::given_or(args.overlay.as_deref(), workspace::OVERLAY))
}

/// Reads a contract, an overlay or a page; `remedy` is what to do where there is none.
pub(crate) fn read(place: &Place, remedy: &str) -> anyhow::Result<Source> {
    match fs::read_to_string(&place.path) {
        Ok(text) => Ok(Source::new(&place.shown, text)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("{} does not exist; {remedy}", place.shown)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}; {remedy}", place.shown)),
    }
}

fn origin(spec: &Place, overlay: Option<&Place>) -> String {
    match overlay {
        Some(overlay) => format!("{} with {}", spec.shown, overlay.shown),
        None => spec.shown.clone(),
    }
}
