//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::address::Address;
use crate::size::Size;

/// Rank the rows of tables by SQL, on this machine or on a cluster.
///
/// Tables are Parquet, CSV and JSON Lines files. Rows are scored by the words that query and text
/// share, or with a model from a folder (--model).
#[derive(Debug, Parser)]
#[command(
    name = "rerank-tables",
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  rerank-tables top --queries queries.csv --documents candidates.parquet --query-id id \\
      --query question --text passage -n 10 --out best
  rerank-tables run 'SELECT id, rerank_score(query, text) OVER (PARTITION BY id) FROM docs' \\
      --table docs=pairs.jsonl --out scored

Exit status: 0 done, 1 the work failed, 2 invalid usage or input, 130 interrupted (143 by SIGTERM,
129 by SIGHUP)."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Run(RunOptions),
    Top(TopOptions),
    Scheduler(SchedulerOptions),
    Executor(ExecutorOptions),
}

/// Write the result of a query in SQL
///
/// Functions: rerank_score(query, text), rerank_raw_score(query, text) and
/// rerank_tokens(query, text), each with OVER (PARTITION BY query_id), and with --model also
/// rerank_pair(query, text).
#[derive(Debug, Args)]
pub(crate) struct RunOptions {
    /// Query in SQL
    pub(crate) sql: String,

    /// Table of the query: its name, and a file or a folder of files (.parquet, .csv, .jsonl, the latter
    /// two also with .gz or .zst); repeat it for further tables, and for further files of a table
    #[arg(long = "table", value_name = "NAME=PATH", required = true)]
    pub(crate) tables: Vec<String>,

    #[command(flatten)]
    pub(crate) job: JobOptions,
}

/// Write the best documents of each query
///
/// Documents are the candidates of the query whose id they have. The result has the columns of the
/// documents, and the columns rerank_score and rerank_rank.
#[derive(Debug, Args)]
pub(crate) struct TopOptions {
    /// File or folder with the queries
    #[arg(long, value_name = "PATH")]
    pub(crate) queries: PathBuf,

    /// File or folder with the documents; repeat it for further files
    #[arg(long, value_name = "PATH", required = true)]
    pub(crate) documents: Vec<PathBuf>,

    /// Column with the id of the query, in queries and documents
    #[arg(long, value_name = "COLUMN")]
    pub(crate) query_id: String,

    /// Column with the text of the query
    #[arg(long, value_name = "COLUMN", default_value = "query")]
    pub(crate) query: String,

    /// Column with the text of the document
    #[arg(long, value_name = "COLUMN", default_value = "text")]
    pub(crate) text: String,

    /// Number of documents to write for each query
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(crate) top: u32,

    #[command(flatten)]
    pub(crate) job: JobOptions,
}

/// How a query runs, and where its result goes.
#[derive(Debug, Args)]
pub(crate) struct JobOptions {
    /// Folder for the result; must be empty or missing
    #[arg(long, value_name = "DIR", required_unless_present = "explain")]
    pub(crate) out: Option<PathBuf>,

    /// Format of the result
    #[arg(long, value_enum, default_value_t = Format::Parquet)]
    pub(crate) format: Format,

    /// Score with the model in a folder instead of by shared words
    #[arg(long, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,

    /// Memory for sorting and joining, such as 2GB; what exceeds it is written to disk
    #[arg(long, value_name = "SIZE", default_value = "1GB")]
    pub(crate) memory: Size,

    /// Folder for what exceeds the memory; the system's temporary folder if missing
    #[arg(long, value_name = "DIR")]
    pub(crate) spill: Option<PathBuf>,

    /// Number of partitions that are worked on at the same time; one for each core if missing, and
    /// 16 on a cluster
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) partitions: Option<u16>,

    /// Run on the cluster with this scheduler
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) cluster: Option<Address>,

    /// Read all columns of CSV files as text: 007 stays 007
    #[arg(long)]
    pub(crate) all_text: bool,

    /// Print the plan instead of running it
    #[arg(long)]
    pub(crate) explain: bool,

    /// Print progress once a second, even if standard error is not a terminal
    #[arg(long)]
    pub(crate) progress: bool,
}

/// Run the scheduler of a cluster
///
/// It accepts everyone who can connect: use a private network.
#[derive(Debug, Args)]
pub(crate) struct SchedulerOptions {
    /// Address to listen on
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(crate) bind: std::net::IpAddr,

    /// Port to listen on
    #[arg(long, value_name = "PORT", default_value_t = 50050)]
    pub(crate) port: u16,

    /// Seconds without a sign of life after which an executor counts as lost; at least 10
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30,
        value_parser = clap::value_parser!(u64).range(10..)
    )]
    pub(crate) executor_timeout: u64,

    /// Log what happens, not only what goes wrong
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

/// Run an executor of a cluster
///
/// It executes plans from everyone who can connect, and reads the files that they name: use a
/// private network.
#[derive(Debug, Args)]
pub(crate) struct ExecutorOptions {
    /// Scheduler of the cluster
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) scheduler: Address,

    /// Folder of the model for queries with --model: a copy of the same folder everywhere
    #[arg(long, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,

    /// Address to listen on
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(crate) bind: std::net::IpAddr,

    /// Name or address under which the others reach this executor; that of --bind if missing
    #[arg(long, value_name = "HOST")]
    pub(crate) host: Option<String>,

    /// Port to listen on, for results
    #[arg(long, value_name = "PORT", default_value_t = 50051)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: u16,

    /// Number of tasks at the same time, and of threads of the model; one for each core if missing
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,

    /// Memory for sorting and joining, for all tasks together
    #[arg(long, value_name = "SIZE", default_value = "1GB")]
    pub(crate) memory: Size,

    /// Folder for intermediate results; a temporary folder if missing
    #[arg(long, value_name = "DIR")]
    pub(crate) work: Option<PathBuf>,

    /// Log what happens, not only what goes wrong
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

/// The format of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Parquet files
    Parquet,
    /// CSV files with a header
    Csv,
    /// JSON Lines files
    Jsonl,
}

impl Format {
    /// Returns the extension of the files.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}
