//! A command line as text: for the headers of files, and for the reader to run.

use std::path::Path;

use crate::cli::{ContractArgs, GenerateArgs, VendorArgs};
use crate::workspace;

/// The command that accepts the contract of this workspace.
pub(crate) const GENERATE: &str = "cargo xtask generate";

/// How a command line spells its paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paths {
    /// As given: the command can be run again from here.
    AsGiven,
    /// As given, but of absolute paths only the last part: they mean nothing elsewhere.
    Portable,
}

/// The `generate` that writes what `args` ask for. Never says `--check`.
pub(crate) fn generate(args: &GenerateArgs, paths: Paths) -> String {
    let out_is_default = args
        .out
        .as_deref()
        .is_none_or(|out| workspace::is(out, workspace::GENERATED));
    if args.contract.is_default() && out_is_default {
        return GENERATE.to_owned();
    }
    let mut words = vec![GENERATE.to_owned()];
    words.extend(contract(&args.contract, paths));
    if let Some(out) = &args.out {
        words.extend(flag("--out", out, paths));
    }
    words.join(" ")
}

/// The command a vendored copy quotes: the workspace's own for the workspace's own crate,
/// so that the copy has the same bytes as generated/.
pub(crate) fn vendor(args: &VendorArgs, paths: Paths) -> String {
    if args.contract.is_default() {
        return GENERATE.to_owned();
    }
    let mut words = vec!["cargo xtask vendor".to_owned(), spell(&args.dir, paths)];
    words.extend(contract(&args.contract, paths));
    words.join(" ")
}

fn contract(args: &ContractArgs, paths: Paths) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(spec) = &args.spec {
        words.extend(flag("--spec", spec, paths));
    }
    if let Some(overlay) = &args.overlay {
        words.extend(flag("--overlay", overlay, paths));
    }
    if let Some(bundle) = &args.bundle {
        words.extend(flag("--bundle", bundle, paths));
    }
    for rule in &args.deny {
        words.extend(["--deny".to_owned(), quote(rule)]);
    }
    if args.features_by_tag {
        words.push("--features-by-tag".to_owned());
    }
    if args.keep_shown_members {
        words.push("--keep-shown-members".to_owned());
    }
    for selector in &args.only {
        words.extend(["--only".to_owned(), quote(&selector.to_string())]);
    }
    if let Some(name) = &args.crate_name {
        words.extend(["--crate-name".to_owned(), quote(name)]);
    }
    words
}

fn flag(name: &str, path: &Path, paths: Paths) -> [String; 2] {
    [name.to_owned(), spell(path, paths)]
}

fn spell(path: &Path, paths: Paths) -> String {
    let spelled = match path.file_name() {
        Some(last) if paths == Paths::Portable && path.is_absolute() => Path::new(last),
        _ => path,
    };
    quote(&spelled.display().to_string())
}

/// `word` as a shell reads it back.
fn quote(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:+,=@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(spec: Option<&str>, out: Option<&str>) -> GenerateArgs {
        GenerateArgs {
            contract: ContractArgs {
                spec: spec.map(Into::into),
                ..ContractArgs::default()
            },
            out: out.map(Into::into),
            check: true,
        }
    }

    #[test]
    fn without_flags_it_is_the_bare_command() {
        assert_eq!(
            generate(&args(None, None), Paths::Portable),
            "cargo xtask generate"
        );
    }

    #[test]
    fn relative_paths_stay_as_given() {
        assert_eq!(
            generate(&args(Some("a/b.yaml"), Some("../c d")), Paths::Portable),
            "cargo xtask generate --spec a/b.yaml --out '../c d'"
        );
    }

    #[cfg(unix)]
    #[test]
    fn absolute_paths_are_cut_to_their_last_part_in_headers() {
        let args = args(Some("/a/b.yaml"), Some("/c/d"));
        assert_eq!(
            generate(&args, Paths::Portable),
            "cargo xtask generate --spec b.yaml --out d"
        );
    }

    #[cfg(unix)]
    #[test]
    fn absolute_paths_stay_whole_in_a_command_to_run() {
        let args = args(Some("/a/b.yaml"), Some("/c/d"));
        assert_eq!(
            generate(&args, Paths::AsGiven),
            "cargo xtask generate --spec /a/b.yaml --out /c/d"
        );
    }
}
