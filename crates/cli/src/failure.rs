//! Failures of the program: a message, help, and the exit code.

use std::io::{self, IsTerminal as _, Write};
use std::process::ExitCode;

use bigmodel_rerank::{Error, ErrorKind};

use crate::text::{printable, printable_lines};

/// The exit code after SIGINT.
pub(crate) const INTERRUPTED: u8 = 130;
/// The exit code if only some documents were scored, or only some queries ranked.
pub(crate) const PARTIAL: u8 = 6;
/// The exit code if the service refused texts.
pub(crate) const REFUSED: u8 = 7;

#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    /// How to fix it; may be empty.
    help: String,
    code: u8,
}

impl Failure {
    /// A failure despite valid usage and input.
    pub(crate) fn new(message: impl Into<String>, help: &str) -> Self {
        Self::with_code(message, help, 1)
    }

    /// A failure of invalid usage or input.
    pub(crate) fn usage(message: impl Into<String>, help: &str) -> Self {
        Self::with_code(message, help, 2)
    }

    pub(crate) fn with_code(message: impl Into<String>, help: &str, code: u8) -> Self {
        Self {
            message: message.into(),
            help: help.to_owned(),
            code,
        }
    }

    /// A failure after a signal, which sets the exit code.
    pub(crate) fn interrupted(self, status: u8) -> Self {
        self.with_status(status)
    }

    /// Appends to the help.
    pub(crate) fn with_help(mut self, help: &str) -> Self {
        if !self.help.is_empty() {
            self.help.push_str("; ");
        }
        self.help.push_str(help);
        self
    }

    /// Appends to the message.
    pub(crate) fn with_detail(mut self, detail: &str) -> Self {
        self.message.push_str("; ");
        self.message.push_str(detail);
        self
    }

    /// Sets the exit code.
    pub(crate) fn with_status(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn status(&self) -> u8 {
        self.code
    }

    /// Prints it to standard error, and returns the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        // The message may quote a service or a file.
        let message = printable(&self.message);
        let text = match self.help.as_str() {
            "" => format!("error: {message}\n"),
            help => format!("error: {message}\n help: {}\n", printable(help)),
        };
        // If standard error is closed, nobody reads it.
        let _ = io::stderr().write_all(text.as_bytes());
        ExitCode::from(self.code)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match error.kind() {
            ErrorKind::Cancelled => INTERRUPTED,
            _ if error.partial().is_some() => PARTIAL,
            ErrorKind::InvalidRequest | ErrorKind::Budget | ErrorKind::Config => 2,
            ErrorKind::Authentication | ErrorKind::Permission => 3,
            ErrorKind::Quota => 4,
            ErrorKind::RateLimited
            | ErrorKind::Service
            | ErrorKind::Transport
            | ErrorKind::InvalidResponse => 5,
            ErrorKind::ContentRefused => REFUSED,
            _ => 1,
        };
        Self::with_code(error.to_string(), "", code)
    }
}

/// Writes to standard output. If the reader closes it, the program ends silently.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_on(text).map(|_| ())
}

/// Writes to standard output; false if the reader has closed it. For a terminal, control
/// characters are escaped; elsewhere the bytes are written unchanged.
pub(crate) fn print_on(text: &str) -> Result<bool, Failure> {
    let mut out = io::stdout().lock();
    let text = match out.is_terminal() {
        true => printable_lines(text),
        false => text.into(),
    };
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::new(format!("standard output: {error}"), "")),
        Ok(()) => Ok(true),
    }
}
