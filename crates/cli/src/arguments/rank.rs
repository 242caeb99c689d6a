//! `rerank QUERY [FILE…]`.

use std::path::{Path, PathBuf};

use bigmodel_rerank::Scale;
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use super::{ModelOptions, ServiceOptions, at_least_one, delimiter, number, price, tokens};

#[derive(Args, Debug)]
pub(crate) struct RankOptions {
    /// Query to rank the documents against; put `--` before it if it is also a subcommand.
    #[arg(required_unless_present = "queries")]
    pub(crate) query: Option<String>,

    /// Input files; standard input if none, or `-`.
    #[arg(value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,

    /// File of queries to rank by, instead of QUERY: one on each line, or JSON objects with
    /// `query` and optionally `id` and `documents` (texts, or objects with `text` and optionally
    /// `id`). BEIR's `text` and `_id` are read as `query` and `id`, and its `metadata` is ignored.
    /// Results are printed as they arrive, in the order of the queries, one JSON object on each
    /// line.
    #[arg(long, value_name = "FILE", help_heading = "Queries")]
    pub(crate) queries: Option<PathBuf>,

    /// Read each line of --queries as id, tab and query, as in MS MARCO's files.
    #[arg(long, requires = "queries", help_heading = "Queries")]
    pub(crate) query_ids: bool,

    /// File to keep scores in. Scores that it has are not requested again, so that an interrupted
    /// command can be run again without paying twice.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Queries",
        conflicts_with_all = ["local", "dry_run"]
    )]
    pub(crate) resume: Option<PathBuf>,

    /// Take each file as one document, named after the file.
    #[arg(long, help_heading = "Documents")]
    pub(crate) files: bool,

    /// Read each line as id, tab and document, as in MS MARCO's collection.tsv.
    #[arg(long, help_heading = "Documents", conflicts_with_all = ["files", "id"])]
    pub(crate) document_ids: bool,

    /// Read JSON Lines, and take this member as the document. If given several times, the members
    /// are joined with a space, and missing ones are left out: read a BEIR corpus with
    /// `--field title --field text --id _id`.
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Documents",
        conflicts_with_all = ["files", "document_ids"]
    )]
    pub(crate) field: Vec<String>,

    /// Read CSV with a header, and take this column as the document. If given several times, the
    /// columns are joined with a space.
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Documents",
        conflicts_with_all = ["files", "field", "document_ids"]
    )]
    pub(crate) column: Vec<String>,

    /// Delimiter of CSV columns: one character, or `tab`.
    #[arg(
        long,
        value_name = "CHARACTER",
        default_value = ",",
        value_parser = delimiter,
        requires = "column",
        help_heading = "Documents"
    )]
    pub(crate) delimiter: u8,

    /// Member or column that has the id of each document.
    #[arg(long, value_name = "NAME", help_heading = "Documents")]
    pub(crate) id: Option<String>,

    /// What to do with documents of more than 4096 characters: reject the call, rank by the first
    /// 4096 characters, or by the best of overlapping windows. With --local, any length is
    /// accepted.
    #[arg(long, value_enum, value_name = "HOW", default_value_t = LongDocuments::Reject, help_heading = "Documents")]
    pub(crate) long_documents: LongDocuments,

    /// Show only the COUNT best documents.
    #[arg(
        short = 'n',
        long,
        value_name = "COUNT",
        value_parser = at_least_one,
        allow_negative_numbers = true,
        help_heading = "Results"
    )]
    pub(crate) top: Option<usize>,

    /// Show only documents with at least this score, on the scale of --scale (normalized by
    /// default).
    #[arg(
        long,
        value_name = "SCORE",
        value_parser = number,
        allow_negative_numbers = true,
        help_heading = "Results"
    )]
    pub(crate) min_score: Option<f32>,

    /// Scale of all scores. By default scores are normalized, or raw if a query takes more than
    /// one request: normalized scores of different requests are not known to be comparable. JSON
    /// output has the scale.
    #[arg(long, value_enum, value_name = "SCALE", help_heading = "Results")]
    pub(crate) scale: Option<ScoreScale>,

    /// Short for `--scale raw`: the model's own scores, without bounds.
    #[arg(long, conflicts_with = "scale", help_heading = "Results")]
    pub(crate) raw_scores: bool,

    /// Output format; by default bars on a terminal, and lines of score, tab and text elsewhere.
    #[arg(long, value_enum, value_name = "FORM", help_heading = "Results")]
    pub(crate) output: Option<Output>,

    /// Rank on this machine, without a key or the network: by shared words, or with
    /// --model.
    #[arg(
        long,
        help_heading = "Ranking",
        conflicts_with_all = ["dry_run", "budget"]
    )]
    pub(crate) local: bool,

    /// Model to rank with: a code of the service [default: rerank], or with --local a cross-encoder
    /// or an embedding model in ONNX: a folder, an ONNX file in it, or a model of a hub, such as
    /// BAAI/bge-reranker-base or OWNER/NAME@REVISION, which is downloaded once. HF_ENDPOINT,
    /// HF_HOME, HF_TOKEN and HF_HUB_OFFLINE set the hub, the folder of downloads, the token and that
    /// only the folder is used.
    #[arg(
        long,
        value_name = "CODE|DIR|NAME",
        value_parser = NonEmptyStringValueParser::new(),
        help_heading = "Ranking"
    )]
    pub(crate) model: Option<String>,

    #[command(flatten)]
    pub(crate) model_options: ModelOptions,

    #[command(flatten)]
    pub(crate) service: ServiceOptions,

    /// If the service refuses documents, rank the others: requests are split until the refused
    /// documents are found. These are listed, and the exit code is 7.
    #[arg(long, conflicts_with = "local", help_heading = "Ranking")]
    pub(crate) skip_refused: bool,

    /// Most tokens that the command may take, as estimated; beyond that nothing is sent. Responses
    /// that --resume has kept count too.
    #[arg(
        long,
        value_name = "TOKENS",
        value_parser = tokens,
        allow_negative_numbers = true,
        help_heading = "Cost"
    )]
    pub(crate) budget: Option<usize>,

    /// Print what would be sent and what it would cost, and send nothing.
    #[arg(long, help_heading = "Cost")]
    pub(crate) dry_run: bool,

    /// Price of a million tokens, for --dry-run.
    #[arg(
        long,
        value_name = "YUAN",
        default_value_t = 0.8,
        value_parser = price,
        allow_negative_numbers = true,
        help_heading = "Cost"
    )]
    pub(crate) price: f64,
}

/// The scale of scores.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ScoreScale {
    /// Scores up to 1.
    Normalized,
    /// The model's own scores, without bounds.
    Raw,
}

/// What to do with long documents.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LongDocuments {
    Reject,
    Truncate,
    Split,
}

/// The output format.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Output {
    /// Ranked bars.
    Bars,
    /// Score, tab and text; the text after its name if --id or --files gives one.
    Plain,
    /// Rank, score, index, id, file, line and text, separated by tabs; empty if a document has
    /// none.
    Tsv,
    /// One object for the whole ranking.
    Json,
    /// One JSON object for each result; with --queries, for each query.
    Jsonl,
    /// A TREC run, as `rerank eval` reads it.
    Trec,
}

impl RankOptions {
    /// Returns the code of the model at the service.
    pub(crate) fn model_code(&self) -> &str {
        self.model.as_deref().unwrap_or("rerank")
    }

    /// Returns the scale that the options pin.
    pub(crate) fn scale(&self) -> Option<Scale> {
        match (self.scale, self.raw_scores) {
            (Some(ScoreScale::Raw), _) | (None, true) => Some(Scale::Raw),
            (Some(ScoreScale::Normalized), _) => Some(Scale::Normalized),
            // A threshold needs a known scale.
            (None, false) => self.min_score.map(|_| Scale::Normalized),
        }
    }

    /// Returns the document files. With --queries there is no QUERY before them.
    pub(crate) fn documents(&self) -> Vec<&Path> {
        let first = self.query.as_deref().filter(|_| self.queries.is_some());
        let paths = self.paths.iter().map(PathBuf::as_path);
        first.map(Path::new).into_iter().chain(paths).collect()
    }
}
