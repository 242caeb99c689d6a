//! Failures of the program: a message, help, and the exit code.

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

/// What went wrong, and what to do.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    /// How to fix it; may be empty.
    help: String,
    code: u8,
}

impl Failure {
    /// A failure despite valid usage and input.
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
            code: 1,
        }
    }

    /// A failure of invalid usage or input.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code: 2,
            ..Self::new(message, help)
        }
    }

    /// A folder that has no model, or an unsuitable one.
    pub(crate) fn of_model(message: impl Into<String>) -> Self {
        let message = message.into();
        let reason = message.rsplit(": rerank.model: ").next();
        Self::usage(
            reason.unwrap_or(&message),
            "name a folder with model.onnx, tokenizer.json and config.json",
        )
    }

    /// The program was stopped by a signal.
    pub(crate) fn stopped(signal: &str, code: u8) -> Self {
        Self {
            code,
            ..Self::new(format!("stopped by {signal}; nothing was written"), "")
        }
    }

    /// Prints it to standard error, and returns the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        let text = match self.help.as_str() {
            "" => format!("error: {}\n", printable(&self.message)),
            help => format!(
                "error: {}\n help: {}\n",
                printable(&self.message),
                printable(help)
            ),
        };
        // If standard error is closed, nobody reads it.
        let _ = io::stderr().write_all(text.as_bytes());
        ExitCode::from(self.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Returns the text with control characters escaped, except for tabs and ends of lines.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim_end().chars() {
        match c {
            c if c.is_control() && !['\n', '\t'].contains(&c) => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}
