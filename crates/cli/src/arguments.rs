//! The command line.

mod eval;
mod model;
mod rank;
mod serve;
mod service;

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};

use crate::text::{printable, printable_lines};

pub(crate) use eval::{Contender, EvalOptions, Table};
pub(crate) use model::ModelOptions;
pub(crate) use rank::{LongDocuments, Output, RankOptions};
pub(crate) use serve::{Level, ServeOptions};
pub(crate) use service::ServiceOptions;

/// Rank texts by how relevant they are to a query.
///
/// Documents come from files or standard input, one on each line by default. BigModel's
/// service ranks them, with the key from ZHIPUAI_API_KEY, ZAI_API_KEY or ZHIPU_API_KEY;
/// --local ranks them on this machine, by shared words, without a key.
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

Exit status: 0 ranked, 1 files or output failed, 2 invalid usage or input, 3 the key is missing,
was not accepted or may not do this, 4 the account's balance or quota is used up, 5 the service
failed, was too busy or could not be reached, 6 some documents were scored and some were not, 7 the
service refused texts for their content, or documents that --skip-refused left out, 130 interrupted
(143 by SIGTERM, 129 by SIGHUP)."
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
        /// Shell to complete for.
        shell: clap_complete::Shell,
    },

    /// Print the man page.
    Man,
}

impl Arguments {
    /// Parses the arguments of this program. After it has printed help or an error, returns the
    /// exit code instead.
    pub(crate) fn read() -> Result<Self, ExitCode> {
        let mut error = match Self::try_parse() {
            Ok(arguments) => return Ok(arguments),
            Err(error) => error,
        };
        if error.kind() == ErrorKind::UnknownArgument
            && let Some(command) = mistyped()
        {
            error.remove(ContextKind::SuggestedArg);
            error.remove(ContextKind::Suggested);
            let command = ContextValue::String(command);
            error.insert(ContextKind::SuggestedSubcommand, command);
        }
        // The message quotes arguments, which may be arbitrary file names.
        let written =
            match error.use_stderr() && env::args_os().any(|argument| is_unsafe(&argument)) {
                true => {
                    let plain = error.render().to_string();
                    io::stderr().write_all(printable_lines(&plain).as_bytes())
                }
                false => error.print(),
            };
        // If nothing can be written, the exit code still tells.
        drop(written);
        Err(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)))
    }
}

/// Whether the argument has characters that a terminal acts on.
fn is_unsafe(argument: &OsStr) -> bool {
    let text = argument.to_string_lossy();
    printable(&text) != text
}

/// Returns the command that the first argument probably stands for, if options of a command
/// follow it.
fn mistyped() -> Option<String> {
    let first = env::args_os().nth(1)?;
    similar_command(first.to_str()?)
}

/// Returns the command whose name is close to this word, if there is one.
pub(crate) fn similar_command(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let mut definition = Arguments::command();
    definition.build();
    let distances = definition.get_subcommands().filter_map(|command| {
        let name = command.get_name();
        let distance = strsim::osa_distance(&word, name);
        // One typing error in a short name, two in a long one.
        (distance <= 1 + name.len() / 6).then(|| (distance, name.to_owned()))
    });
    distances.min().map(|(_, name)| name)
}

/// The most requests in flight at once; each takes a connection.
const MOST_REQUESTS: usize = 1000;
/// The longest timeout: a week.
const MOST_SECONDS: u64 = 604_800;
/// The highest price of a million tokens.
const MOST_YUAN: f64 = 1e6;

/// A count of at least 1.
fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it must be at least 1".to_owned()),
        Ok(count) => Ok(count),
        Err(_) => Err("it must be a whole number".to_owned()),
    }
}

/// A number of tokens.
fn tokens(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| "it must be a whole number".to_owned())
}

/// A number of requests in flight.
fn concurrency(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ 1..=MOST_REQUESTS) => Ok(count),
        _ => Err(format!(
            "it must be a whole number from 1 to {MOST_REQUESTS}"
        )),
    }
}

/// A timeout in seconds.
fn seconds(text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(seconds @ 1..=MOST_SECONDS) => Ok(seconds),
        _ => Err(format!(
            "it must be a whole number of seconds from 1 to {MOST_SECONDS} (a week)"
        )),
    }
}

/// A score to compare with.
fn number(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err("it must be a finite number".to_owned()),
    }
}

/// The price of a million tokens.
fn price(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        // Without the sign of -0.
        Ok(price) if (0.0..=MOST_YUAN).contains(&price) => Ok(price.abs()),
        _ => Err(format!("it must be a number from 0 to {MOST_YUAN}")),
    }
}

/// A character that separates columns.
fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n' | 0) => Ok(*byte),
        _ => Err("it must be one ASCII character other than a quote, or `tab`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::similar_command;

    #[test]
    fn slips_are_close_to_commands_and_other_words_are_not() {
        for (word, command) in [
            ("srve", Some("serve")),
            ("sevre", Some("serve")),
            ("Server", Some("serve")),
            ("evl", Some("eval")),
            ("evals", Some("eval")),
            ("completion", Some("completions")),
            ("hlep", Some("help")),
            ("tea", None),
            ("green tea", None),
            ("vehicle", None),
            ("", None),
        ] {
            assert_eq!(similar_command(word).as_deref(), command, "{word}");
        }
    }

    #[test]
    fn the_definition_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
