//! `rerank QUERY [FILE…]`.

#![allow(
    rustdoc::bare_urls,
    reason = "the comments are the program's help, and are read on a terminal"
)]

use std::path::{Path, PathBuf};

use bigmodel_rerank::Scale;
use clap::{Args, ValueEnum};

use super::{at_least_one, concurrency, delimiter, number, price, seconds, tokens};

#[derive(Args, Debug)]
pub(crate) struct RankOptions {
    /// Query to rank the documents against; put `--` before it if it is also a subcommand.
    #[arg(required_unless_present = "queries")]
    pub(crate) query: Option<String>,

    /// Input files; standard input if none, or `-`.
    #[arg(value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,

    /// Rank by each query of this file, in place of QUERY: one a line, or JSON objects with
    /// `query` and perhaps `id` and `documents` (texts, or objects with `text` and perhaps
    /// `id`). BEIR's `text` and `_id` are read as `query` and `id`, and its `metadata` is ignored.
    /// Results are a JSON object a line, as they come and in the order of the queries.
    #[arg(long, value_name = "FILE", help_heading = "Queries")]
    pub(crate) queries: Option<PathBuf>,

    /// Each line of --queries is an id, a tab and the query, as in MS MARCO's files.
    #[arg(long, requires = "queries", help_heading = "Queries")]
    pub(crate) query_ids: bool,

    /// Keep scores in this file as they arrive, and do not request those again that are there: a
    /// command that was interrupted is run again, and nothing is paid for twice.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Queries",
        conflicts_with_all = ["local", "dry_run"]
    )]
    pub(crate) resume: Option<PathBuf>,

    /// Each file is a document, and gives it its name.
    #[arg(long, help_heading = "Documents")]
    pub(crate) files: bool,

    /// Each line is an id, a tab and the document, as in MS MARCO's collection.tsv.
    #[arg(long, help_heading = "Documents", conflicts_with_all = ["files", "id"])]
    pub(crate) document_ids: bool,

    /// Each line is a JSON object, and this member of it is the document. Given several times,
    /// the members are joined with a space, and missing ones are left out: a corpus of BEIR is
    /// read with `--field title --field text --id _id`.
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Documents",
        conflicts_with_all = ["files", "document_ids"]
    )]
    pub(crate) field: Vec<String>,

    /// The files are CSV with a header, and this column has the documents. Given several times,
    /// the columns are joined with a space.
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Documents",
        conflicts_with_all = ["files", "field", "document_ids"]
    )]
    pub(crate) column: Vec<String>,

    /// What separates the columns of --column: one character, or `tab`.
    #[arg(
        long,
        value_name = "CHARACTER",
        default_value = ",",
        value_parser = delimiter,
        requires = "column",
        help_heading = "Documents"
    )]
    pub(crate) delimiter: u8,

    /// The member or column that names each document in results.
    #[arg(long, value_name = "NAME", help_heading = "Documents")]
    pub(crate) id: Option<String>,

    /// What is done about documents of more than 4096 characters: refuse the call, rank by the
    /// first 4096 characters, or by the best of overlapping windows. Ranking here takes any.
    #[arg(long, value_enum, value_name = "HOW", default_value_t = LongDocuments::Reject, help_heading = "Documents")]
    pub(crate) long_documents: LongDocuments,

    /// Show only the COUNT best.
    #[arg(
        short = 'n',
        long,
        value_name = "COUNT",
        value_parser = at_least_one,
        allow_negative_numbers = true,
        help_heading = "Results"
    )]
    pub(crate) top: Option<usize>,

    /// Show only documents with at least this score, which is on the scale of --scale, or
    /// normalized without it.
    #[arg(
        long,
        value_name = "SCORE",
        value_parser = number,
        allow_negative_numbers = true,
        help_heading = "Results"
    )]
    pub(crate) min_score: Option<f32>,

    /// Scale of all scores. By default scores are normalized, and raw if a query takes more than
    /// one request: normalized scores of different requests are not known to compare. JSON says
    /// which it was.
    #[arg(long, value_enum, value_name = "SCALE", help_heading = "Results")]
    pub(crate) scale: Option<ScoreScale>,

    /// Short for `--scale raw`: scores as the model gives them, without bounds.
    #[arg(long, conflicts_with = "scale", help_heading = "Results")]
    pub(crate) raw_scores: bool,

    /// How results are printed; bars on a terminal and lines of score, tab and text elsewhere.
    #[arg(long, value_enum, value_name = "FORM", help_heading = "Results")]
    pub(crate) output: Option<Output>,

    /// Rank here, by shared words, without a key and without the network.
    #[arg(
        long,
        help_heading = "Ranking",
        conflicts_with_all = ["dry_run", "budget"]
    )]
    pub(crate) local: bool,

    /// Base URL of the service: https://api.z.ai/api, a gateway, or http://127.0.0.1:8321/api for
    /// `rerank serve`. A path that ends in /paas/v4 or /paas/v4/rerank is recognized.
    #[arg(
        long,
        value_name = "URL",
        env = "RERANK_BASE_URL",
        // A query in it may be a credential.
        hide_env_values = true,
        help_heading = "Ranking"
    )]
    pub(crate) base_url: Option<String>,

    /// File with the API key; takes precedence over the environment.
    #[arg(long, value_name = "FILE", help_heading = "Ranking")]
    pub(crate) api_key_file: Option<PathBuf>,

    /// Send a token signed with the key's secret in place of the key.
    #[arg(long, help_heading = "Ranking")]
    pub(crate) jwt: bool,

    /// Model to rank with.
    #[arg(
        long,
        value_name = "CODE",
        default_value = "rerank",
        help_heading = "Ranking"
    )]
    pub(crate) model: String,

    /// How many requests are in flight at once, at most.
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 4,
        value_parser = concurrency,
        allow_negative_numbers = true,
        help_heading = "Ranking"
    )]
    pub(crate) concurrency: usize,

    /// Seconds that a query may take, retries included.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 120,
        value_parser = seconds,
        allow_negative_numbers = true,
        help_heading = "Ranking"
    )]
    pub(crate) timeout: u64,

    /// Seconds after which a request that has no response is given up and sent again. The service
    /// may charge both. By default a request may take as long as its query, and is sent once.
    #[arg(
        long,
        value_name = "SECONDS",
        value_parser = seconds,
        allow_negative_numbers = true,
        help_heading = "Ranking"
    )]
    pub(crate) attempt_timeout: Option<u64>,

    /// Rank the rest if the service refuses documents: requests are split until the refused
    /// documents are alone. They are listed, and the exit status is 7.
    #[arg(long, conflicts_with = "local", help_heading = "Ranking")]
    pub(crate) skip_refused: bool,

    /// Refuse work that would take more tokens than this, as estimated. Responses that --resume
    /// has kept count as well.
    #[arg(
        long,
        value_name = "TOKENS",
        value_parser = tokens,
        allow_negative_numbers = true,
        help_heading = "Cost"
    )]
    pub(crate) budget: Option<usize>,

    /// Say what would be sent and what it would cost, and send nothing.
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
    /// Up to 1.
    Normalized,
    /// As the model gives them, without bounds.
    Raw,
}

/// What is done about long documents.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LongDocuments {
    Reject,
    Truncate,
    Split,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Output {
    /// Ranked bars.
    Bars,
    /// Score, tab, text; the text after its name, where --id or --files gives one.
    Plain,
    /// Rank, score, index, id, file, line and text, with tabs between. What a document has
    /// none of is empty.
    Tsv,
    /// One object for the whole ranking.
    Json,
    /// One object for each result; with --queries, for each query.
    Jsonl,
    /// A TREC run, as `rerank eval` reads it.
    Trec,
}

impl RankOptions {
    /// The base URL that was given. An empty variable is as none.
    pub(crate) fn base_url(&self) -> Option<&str> {
        let url = self.base_url.as_deref().map(str::trim);
        url.filter(|url| !url.is_empty())
    }

    /// The scale that was asked for, by whichever option.
    pub(crate) fn scale(&self) -> Option<Scale> {
        match (self.scale, self.raw_scores) {
            (Some(ScoreScale::Raw), _) | (None, true) => Some(Scale::Raw),
            (Some(ScoreScale::Normalized), _) => Some(Scale::Normalized),
            // A threshold is on a known scale.
            (None, false) => self.min_score.map(|_| Scale::Normalized),
        }
    }

    /// The files of documents. With --queries there is no QUERY before them.
    pub(crate) fn documents(&self) -> Vec<&Path> {
        let first = self.query.as_deref().filter(|_| self.queries.is_some());
        let paths = self.paths.iter().map(PathBuf::as_path);
        first.map(Path::new).into_iter().chain(paths).collect()
    }
}
