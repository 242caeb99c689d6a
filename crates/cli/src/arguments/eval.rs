//! `rerank eval`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::{LongDocuments, ServiceOptions, at_least_one};

/// Measure and compare rankings of a set of queries with known answers: nDCG, MRR and recall.
///
/// SET is a labelled set: a JSON object on each line, with `query`, perhaps `id`, and
/// `candidates` (or `documents`), each with `text`, `grade` (or `relevance`; above 0 is relevant)
/// and perhaps `id`. Its candidates are ranked by each --with. Or SET has judgements only: a line
/// of query, iteration, document and relevance for each, as in TREC and MS MARCO; or the header
/// `query-id corpus-id score` and lines of those three, as in BEIR.
///
/// A RUN is a ranking that was made before: a line of query, Q0, document, rank, score and name for
/// each result, as --output trec writes it, and columns are separated by white space. As with
/// trec_eval, results are ordered by score and not by rank, scores are compared as 32-bit floats, of
/// equal ones the greater document name comes first. Relevance is the gain, with the logarithm of
/// the rank as discount. Every query with a relevant document counts, with 0 if it is not in the
/// run.
///
/// Of two rankings or more, the difference of each two is printed with the interval in which the
/// difference is for 95 % of 10,000 random draws of as many queries (paired bootstrap, the same in
/// every run). If 0 is in it, the set does not show which one is better.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  rerank eval labelled.jsonl --with lexical --with model:minilm --with service
  rerank eval labelled.jsonl --with model:minilm --with model:minilm/onnx/model_int8.onnx
  rerank --local --queries q.jsonl docs.jsonl --field text --id id --output trec > bm25.run
  rerank eval qrels.txt bm25.run other.run

Exit status: 0 measured, 1 files or output failed, 2 wrong usage or input; 3 to 7 as of ranking, if
the service failed.")]
pub(crate) struct EvalOptions {
    /// Labelled set, or judgements.
    #[arg(value_name = "SET")]
    pub(crate) set: PathBuf,

    /// Rankings to measure.
    #[arg(value_name = "RUN", required_unless_present = "with")]
    pub(crate) runs: Vec<PathBuf>,

    /// Rank the labelled set with this and measure it: `lexical` (shared words), `service` or
    /// `service:CODE` (a model of the service), or `model:MODEL` (as --model of `rerank
    /// --local` has it: a folder, an ONNX file in it, or a name on a hub). Can be given more than
    /// once.
    #[arg(long, value_name = "SCORER")]
    pub(crate) with: Vec<Contender>,

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

    /// With --output tsv and jsonl, print the differences in place of the measures.
    #[arg(long)]
    pub(crate) differences: bool,

    /// Output format. `text` has the measures and the differences.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Table::Text)]
    pub(crate) output: Table,

    /// Most tokens of query and document that models read.
    #[arg(
        long,
        value_name = "TOKENS",
        default_value_t = 512,
        value_parser = at_least_one,
        help_heading = "Models"
    )]
    pub(crate) model_tokens: usize,

    /// What the service does with documents of more than 4096 characters. Other scorers read any
    /// length.
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        default_value_t = LongDocuments::Reject,
        help_heading = "Service"
    )]
    pub(crate) long_documents: LongDocuments,

    #[command(flatten)]
    pub(crate) service: ServiceOptions,
}

/// What ranks a labelled set.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Contender {
    /// Shared words.
    Lexical,
    /// The service, with the code of a model.
    Service(String),
    /// A model on this machine.
    Model(String),
}

impl FromStr for Contender {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "lexical" => Ok(Self::Lexical),
            None if text == "service" => Ok(Self::Service("rerank".to_owned())),
            Some(("service", code)) if !code.is_empty() => Ok(Self::Service(code.to_owned())),
            Some(("model", model)) if !model.is_empty() => Ok(Self::Model(model.to_owned())),
            _ => Err("expected lexical, service, service:CODE or model:MODEL"),
        }
    }
}

impl Contender {
    /// Returns its name in the results.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Lexical => "lexical".to_owned(),
            Self::Service(code) if code == "rerank" => "service".to_owned(),
            Self::Service(code) => format!("service:{code}"),
            Self::Model(model) => format!("model:{model}"),
        }
    }
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
