//! The commands and their flags, with the help people read.

use std::ffi::OsString;
use std::path::PathBuf;

use bigmodel_rerank_codegen::Selector;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::workspace;

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or nothing to do
  1  a problem in the contract, drift, a conflict to resolve by hand, or a change that
     `review --fail-on` rejects
  2  invalid usage";

const GENERATE_HELP: &str = "\
What it owns:
  A file is the generator's when one of its first five lines says `@generated`.
  Such files are written when they differ and removed when the contract no longer
  gives them. DIR must be missing, empty, or a crate that `generate` wrote.

  A file without the marker is never touched. Where a generated file has to go,
  nothing at all is written; elsewhere it is named and the exit code is 1, because
  `--check` would report it too. `target/`, `Cargo.lock` and `.git*` do not count,
  and symbolic links are not followed.

Paths:
  Defaults are in this workspace; paths given are seen from the current directory.
  Every file quotes the command that regenerates it, with paths as they were given
  (of an absolute path only the last part). Spell them the same way for `--check`.

Examples:
  cargo xtask generate
      Accept the contract in spec/ into generated/
  cargo xtask generate --check
      Fail, with a diff, unless generated/ is what spec/ gives
  cargo xtask generate --spec other.yaml --crate-name other-api --out ../other-api
      A client crate for another contract";

const VENDOR_HELP: &str = "\
What it owns:
  The file `.vendored` in DIR lists what was written, with the SHA-256 of each file
  (`sha256sum --check .vendored` reads it). Vendoring again updates files that are
  still as they were written and removes those the contract no longer gives. Files
  it did not write are never touched. It refuses, writing nothing, when one of them
  stands where a vendored file has to go, when a vendored file was edited, and when
  DIR holds a crate of another name.

Examples:
  cargo xtask vendor ../my-app/vendor/bigmodel-rerank-api
      Copy the client crate into another project, or bring the copy up to date
  cargo xtask vendor ../my-app/vendor/bigmodel-rerank-api --force
      The same, giving up edits made to the copy";

const IMPORT_HELP: &str = "\
Examples:
  cargo xtask import page.md
      Show the document of the page
  cargo xtask import page.md --out new.yaml
      Write it to a file";

const CORPUS_HELP: &str = "\
A document that is refused, and a rule that is applied, are figures and no failure;
a crate that does not compile cleanly is one.

Examples:
  cargo xtask corpus contracts/
      Show what is exact, loose and skipped in each document
  cargo xtask corpus contracts/ --lint --out crates/ --json figures.json
      Compile, lint and document all crates, and keep them";

const REVIEW_HELP: &str = "\
The page:
  spec/rerank.yaml paraphrases the page, so their texts are compared by the figures in
  them. spec/page.sum has digests of the page's texts as they were last read; any text
  that changed since is reported. --mark-read writes that file, once the facts of the
  page are in the contract.

cargo-semver-checks:
  If it is installed, the report has its result too, and warns of a contradiction.

Examples:
  cargo xtask review
      Compare the edits in spec/ with the last commit
  cargo xtask review --base origin/main --fail-on breaking --html review.html
      Compare with a branch, fail on breaking changes, and write a page
  cargo xtask review old.yaml new.yaml --json
      Compare two contracts, and print JSON
  cargo xtask review --page page.md
      Compare the contract with the publisher's page";

/// Chores of this workspace: generate the client crate, check it, copy it elsewhere; import
/// and review contracts.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the client crate the contract describes, or check that it is written
    ///
    /// Turns spec/rerank.yaml, corrected by spec/overlay.yaml, into the crate in
    /// generated/. Only files that differ are written.
    #[command(verbatim_doc_comment, after_long_help = format!("{GENERATE_HELP}\n\n{EXIT_CODES}"))]
    Generate(GenerateArgs),
    /// Copy the client crate into a directory of another project
    ///
    /// Writes the files `generate` would write into DIR and prints the dependency to
    /// add. The crate needs nothing from this workspace: it builds as a member of
    /// another one or on its own.
    #[command(verbatim_doc_comment, after_long_help = format!("{VENDOR_HELP}\n\n{EXIT_CODES}"))]
    Vendor(VendorArgs),
    /// Convert a documentation page into an OpenAPI document
    ///
    /// PAGE is the Markdown export of a page made with Mintlify. The document is written
    /// to standard output or to a file. Notes on what was dropped or reconstructed go to
    /// standard error, with line numbers of the page.
    #[command(verbatim_doc_comment, after_long_help = format!("{IMPORT_HELP}\n\n{EXIT_CODES}"))]
    Import(ImportArgs),
    /// Show what changed in the contract, who is affected and what to do
    ///
    /// Compares the contract in spec/ with that of a commit, with the publisher's page, or
    /// two contracts with each other. The report has each change with its location, the
    /// operations that it affects, its class in requests and in responses, and the version
    /// bumps that it requires, of the contract and of the Rust crate.
    #[command(verbatim_doc_comment, after_long_help = format!("{REVIEW_HELP}\n\n{EXIT_CODES}"))]
    Review(ReviewArgs),
    /// Put every OpenAPI document of a folder through the generator
    ///
    /// Prints a line for each document: operations, skipped ones, schemas, loose places, the
    /// share of exact schemas, time and peak memory. Ends with the table of rules.
    #[command(verbatim_doc_comment, after_long_help = format!("{CORPUS_HELP}\n\n{EXIT_CODES}"))]
    Corpus(CorpusArgs),
    /// Generate one document of a corpus, and print its figures as JSON
    #[command(hide = true)]
    CorpusOne(CorpusOneArgs),
    /// Measure this project beside its peers
    ///
    /// Builds and runs bench/runner, which has the options: NAME… for single parts,
    /// --quick to see that all works, --instructions for the hot paths. `--help` lists
    /// them. Results go to bench/RESULTS.md.
    #[command(verbatim_doc_comment, disable_help_flag = true)]
    Bench(BenchArgs),
}

/// Which contract to read, and what to call the crate.
#[derive(Args, Debug, Default)]
pub(crate) struct ContractArgs {
    /// OpenAPI contract [default: spec/rerank.yaml]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// Overlay on it [default: spec/overlay.yaml; none with another --spec]
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Option<PathBuf>,
    /// Folder with the documents that the contract refers to by URL: https://host/path as
    /// DIR/host/path
    ///
    /// Documents that it refers to by relative paths are read where they are.
    #[arg(long, value_name = "DIR", verbatim_doc_comment)]
    pub(crate) bundle: Option<PathBuf>,
    /// Rule, or class of rules (exact, loose, skipped, all), that is an error; may be repeated
    /// [default: all for spec/rerank.yaml, none with another --spec]
    #[arg(long, value_name = "RULE", verbatim_doc_comment)]
    pub(crate) deny: Vec<String>,
    /// Operations of the crate: tag:NAME, 'METHOD /path' or an operationId; may be repeated
    /// [default: all]
    ///
    /// Types that none of these operations needs are left out too.
    #[arg(long, value_name = "SELECTOR", verbatim_doc_comment)]
    pub(crate) only: Vec<Selector>,
    /// A feature of the crate for each tag, on by default: its operations and their own types
    #[arg(long)]
    pub(crate) features_by_tag: bool,
    /// Members that an example shows and its schema does not name are kept, in a map
    #[arg(long)]
    pub(crate) keep_shown_members: bool,
    /// Name of the crate [default: the contract's info.x-rust-crate]
    #[arg(long, value_name = "NAME")]
    pub(crate) crate_name: Option<String>,
}

/// The flags of `generate`.
#[derive(Args, Debug)]
pub(crate) struct GenerateArgs {
    #[command(flatten)]
    pub(crate) contract: ContractArgs,
    /// Directory of the crate [default: generated/]
    ///
    /// Required with another --spec, --overlay or --crate-name, with --only, and with
    /// --features-by-tag or --keep-shown-members, so that generated/ is not overwritten by accident.
    #[arg(long, verbatim_doc_comment, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing; show what differs and fail if anything does
    #[arg(long)]
    pub(crate) check: bool,
}

/// The flags of `vendor`.
#[derive(Args, Debug)]
pub(crate) struct VendorArgs {
    /// Directory of the copy; made if missing
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    #[command(flatten)]
    pub(crate) contract: ContractArgs,
    /// Overwrite vendored files that were edited since
    #[arg(long)]
    pub(crate) force: bool,
}

/// The arguments of the runner of the benchmarks.
#[derive(Args, Debug)]
pub(crate) struct BenchArgs {
    /// Parts and options, as `cargo xtask bench --help` lists them
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "NAME"
    )]
    pub(crate) arguments: Vec<OsString>,
}

/// The flags of `corpus`.
#[derive(Args, Debug)]
pub(crate) struct CorpusArgs {
    /// Folder with OpenAPI documents (.yaml, .yml, .json)
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Compile each crate, with warnings as errors
    #[arg(long)]
    pub(crate) check: bool,
    /// Run clippy, with and without default features, and rustdoc on each crate too, with warnings as
    /// errors
    #[arg(long)]
    pub(crate) lint: bool,
    /// Read each example of a document with its type, write it again, and compare
    #[arg(long)]
    pub(crate) examples: bool,
    /// Keep the members that an example shows and its schema does not name, in a map
    #[arg(long)]
    pub(crate) keep_shown_members: bool,
    /// Folder to keep the crates in [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Write all figures to a JSON file too
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

impl CorpusArgs {
    /// Whether the crates are compiled.
    pub(crate) fn checks(&self) -> bool {
        self.check || self.lint
    }
}

/// The arguments of `corpus-one`.
#[derive(Args, Debug)]
pub(crate) struct CorpusOneArgs {
    /// OpenAPI document
    pub(crate) spec: PathBuf,
    /// Directory of the crate
    pub(crate) out: PathBuf,
    /// Name of the crate
    pub(crate) name: String,
    /// Keep the members that only examples show
    #[arg(long)]
    pub(crate) keep_shown_members: bool,
}

/// The flags of `import`.
#[derive(Args, Debug)]
pub(crate) struct ImportArgs {
    /// Markdown export of a documentation page
    #[arg(value_name = "PAGE")]
    pub(crate) page: PathBuf,
    /// Output file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// The flags of `review`.
#[derive(Args, Debug)]
pub(crate) struct ReviewArgs {
    /// Old contract
    #[arg(value_name = "OLD", requires = "new", conflicts_with_all = ["base", "page"])]
    pub(crate) old: Option<PathBuf>,
    /// New contract
    #[arg(value_name = "NEW")]
    pub(crate) new: Option<PathBuf>,
    /// Commit to compare spec/ with
    #[arg(
        long,
        value_name = "GIT-REV",
        default_value = "HEAD",
        conflicts_with = "page"
    )]
    pub(crate) base: String,
    /// Page to compare spec/rerank.yaml with, in the format of `import`
    #[arg(long, value_name = "PAGE")]
    pub(crate) page: Option<PathBuf>,
    /// Record in spec/page.sum that the page's texts were read
    #[arg(long, requires = "page", conflicts_with_all = ["json", "html", "fail_on"])]
    pub(crate) mark_read: bool,
    /// Overlay for both contracts
    #[arg(long, value_name = "FILE", requires = "new")]
    pub(crate) overlay: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    pub(crate) json: bool,
    /// Write the report to an HTML file too
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Exit with 1 if a change has at least this class; unclassified counts as breaking
    #[arg(long, value_name = "CLASS", default_value = "never")]
    pub(crate) fail_on: FailOn,
}

/// The class from which on a review fails.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOn {
    Never,
    Breaking,
    Additive,
    Documentation,
}

impl ContractArgs {
    /// Whether the contract is the one of this workspace, under its own name.
    pub(crate) fn is_default(&self) -> bool {
        self.is_default_spec()
            && self.crate_name.is_none()
            && self.only.is_empty()
            && !self.features_by_tag
            && !self.keep_shown_members
            && self
                .overlay
                .as_deref()
                .is_none_or(|path| workspace::is(path, workspace::OVERLAY))
    }

    /// Whether the contract, whatever its overlay, is the one of this workspace.
    pub(crate) fn is_default_spec(&self) -> bool {
        self.spec
            .as_deref()
            .is_none_or(|path| workspace::is(path, workspace::SPEC))
    }
}

/// The command asked for; leaves with exit code 2 when the command line makes no sense.
pub(crate) fn parse() -> Command {
    let command = Cli::parse().command;
    if let Command::Generate(args) = &command {
        require_out(args);
    }
    command
}

/// Another contract must say where it goes: generated/ belongs to the one in spec/.
fn require_out(args: &GenerateArgs) {
    if args.out.is_none() && !args.contract.is_default() {
        let mut cli = Cli::command();
        cli.build();
        let generate = cli.find_subcommand("generate").cloned();
        generate
            .unwrap_or(cli)
            .error(
                ErrorKind::MissingRequiredArgument,
                "generated/ belongs to the contract in spec/; pass --out DIR to put a crate \
                 made with another --spec, --overlay or --crate-name, with --only, --features-by-tag \
                 or --keep-shown-members, somewhere else",
            )
            .exit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_of_commands_and_flags_are_consistent() {
        Cli::command().debug_assert();
    }
}
