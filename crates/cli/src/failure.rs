//! Why the program failed: a message, what to do, and the exit status.

use std::io::{self, IsTerminal as _, Write};
use std::process::ExitCode;

use bigmodel_rerank::{Error, ErrorKind};

use crate::text::{printable, printable_lines};

/// The exit status of a program that SIGINT has interrupted.
pub(crate) const INTERRUPTED: u8 = 130;
/// The exit status if some documents were scored, or some queries ranked, and some were not.
pub(crate) const PARTIAL: u8 = 6;
/// The exit status if the service refused texts.
pub(crate) const REFUSED: u8 = 7;

#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    /// What to do about it; may be empty.
    help: String,
    code: u8,
}

impl Failure {
    /// Something failed although usage and input are valid.
    pub(crate) fn new(message: impl Into<String>, help: &str) -> Self {
        Self::with_code(message, help, 1)
    }

    /// The usage or the input is invalid.
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

    /// The failure of a program that a signal has interrupted, which decides the exit status.
    pub(crate) fn interrupted(self, status: u8) -> Self {
        self.with_status(status)
    }

    /// With this help, after what there is already.
    pub(crate) fn with_help(mut self, help: &str) -> Self {
        if !self.help.is_empty() {
            self.help.push_str("; ");
        }
        self.help.push_str(help);
        self
    }

    /// With something more to say about what happened.
    pub(crate) fn with_detail(mut self, detail: &str) -> Self {
        self.message.push_str("; ");
        self.message.push_str(detail);
        self
    }

    /// With another exit status.
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

    /// Says it on standard error, and gives the exit status.
    pub(crate) fn report(&self) -> ExitCode {
        // It may quote a service or a file.
        let message = printable(&self.message);
        let text = match self.help.as_str() {
            "" => format!("error: {message}\n"),
            help => format!("error: {message}\n help: {}\n", printable(help)),
        };
        // Without standard error nobody reads it.
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

/// Writes to standard output. Whoever reads it may stop when they have seen enough; that ends
/// the program in silence.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_on(text).map(|_| ())
}

/// Writes to standard output what may go on; false if nobody reads any more. On a terminal,
/// what it would act on is escaped; elsewhere the bytes are as they are.
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
