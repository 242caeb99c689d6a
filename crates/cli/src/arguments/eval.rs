//! `rerank eval`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::at_least_one;

/// Measure rankings against judgements: nDCG, MRR and recall, averaged over queries.
///
/// QRELS has a line of query, iteration, document and relevance for each judgement, as in TREC
/// and MS MARCO; or the header `query-id corpus-id score` and lines of those three, as in BEIR. A
/// RUN has a line of query, Q0, document, rank, score and name for each result, as --output trec
/// writes it. Columns are separated by white space. As with trec_eval, results are ordered by
/// score and not by rank, scores are compared as 32-bit floats, of equal ones the greater
/// document name comes first, and relevance is the gain, with the logarithm of the rank as
/// discount. Every judged query with a relevant document counts, with 0 if it is not in the
/// run.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  rerank --local --queries q.jsonl docs.jsonl --field text --id id --output trec > bm25.run
  rerank eval qrels.txt bm25.run other.run

Exit status: 0 measured, 1 files or output failed, 2 wrong usage or input.")]
pub(crate) struct EvalOptions {
    /// Judgements.
    #[arg(value_name = "QRELS")]
    pub(crate) judgements: PathBuf,

    /// Rankings to measure.
    #[arg(value_name = "RUN", required = true)]
    pub(crate) runs: Vec<PathBuf>,

    /// Number of results of each query to measure.
    #[arg(
        short = 'k',
        long,
        value_name = "COUNT",
        default_value_t = 10,
        value_parser = at_least_one,
        allow_negative_numbers = true
    )]
    pub(crate) at: usize,

    /// Print a line for each query too.
    #[arg(long)]
    pub(crate) per_query: bool,

    /// Output format.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Table::Text)]
    pub(crate) output: Table,
}

/// How measures are printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Table {
    /// Columns for people.
    Text,
    /// Tabs between columns.
    Tsv,
    /// One JSON object on each line.
    Jsonl,
}
