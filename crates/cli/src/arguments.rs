//! What can be said on the command line.

mod eval;
mod rank;
mod serve;

use clap::{Parser, Subcommand};

pub(crate) use eval::{EvalOptions, Table};
pub(crate) use rank::{LongDocuments, Output, RankOptions};
pub(crate) use serve::{Level, ServeOptions};

/// Rank texts by how relevant they are to a query.
///
/// Documents come from files or standard input, one a line unless told otherwise. BigModel's
/// service ranks them, with the key from ZHIPUAI_API_KEY, ZAI_API_KEY or ZHIPU_API_KEY;
/// --local ranks them here, by shared words, without a key.
#[derive(Debug, Parser)]
#[command(
    name = "rerank",
    version,
    arg_required_else_help = true,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  rerank --local 'green tea' notes.txt
  grep -h tea *.txt | rerank --local 'how hot should the water be' -n 5
  rerank 'capital of France' articles.jsonl --field body --output json
  rerank --queries questions.txt notes.txt --resume answers > results.jsonl

Exit status: 0 ranked, 1 files or output failed, 2 wrong usage or input, 3 the key was not
accepted, 4 the account is used up, 5 the service failed or could not be reached, 6 some
documents were scored and some were not, 130 interrupted."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) rank: RankOptions,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Serve(ServeOptions),

    Eval(EvalOptions),

    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },

    /// Print the man page.
    Man,
}

/// A count of which there is at least one.
fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it must be at least 1".to_owned()),
        Ok(count) => Ok(count),
        Err(_) => Err("it must be a whole number".to_owned()),
    }
}

/// A number of seconds, of which there is at least one.
fn seconds(text: &str) -> Result<u64, String> {
    at_least_one(text).map(|count| count as u64)
}

/// A number that things can be compared with.
fn number(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(number) if !number.is_nan() => Ok(number),
        _ => Err("it must be a number".to_owned()),
    }
}

/// What a thing costs.
fn price(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(price) if price.is_finite() && price >= 0.0 => Ok(price),
        _ => Err("it must be a number of at least 0".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
