//! Why the program ends without having done what it was asked: in words and as exit status.

use std::io::{self, IsTerminal as _, Write};
use std::process::ExitCode;

use bigmodel_rerank::{Error, ErrorKind};

use crate::arguments::RankOptions;
use crate::text::{printable, printable_lines};

/// The exit status of a program that SIGINT has interrupted.
pub(crate) const INTERRUPTED: u8 = 130;

#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    /// What to do about it; may be empty.
    help: String,
    code: u8,
}

impl Failure {
    /// Something failed that was asked for rightly.
    pub(crate) fn new(message: impl Into<String>, help: &str) -> Self {
        Self::with_code(message, help, 1)
    }

    /// What was asked for cannot be, or the input is not what it should be.
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
    pub(crate) fn interrupted(mut self, status: u8) -> Self {
        self.code = status;
        self
    }

    /// Says it on standard error, and gives the exit status.
    pub(crate) fn report(&self) -> ExitCode {
        // It may quote a service or a file.
        let message = printable(&self.message);
        let text = match self.help.as_str() {
            "" => format!("error: {message}\n"),
            help => format!("error: {message}\n help: {}\n", printable(help)),
        };
        // Without standard error there is nobody to tell.
        let _ = io::stderr().write_all(text.as_bytes());
        ExitCode::from(self.code)
    }
}

/// What goes on from what was done.
const RESUME: &str = "with --resume FILE, what was ranked is not paid for again";
const AGAIN: &str = "run it again to go on: what was ranked is kept";

impl Failure {
    /// A call by these options failed.
    pub(crate) fn of(error: Error, options: &RankOptions) -> Self {
        let some_done = error.partial().is_some();
        let mut failure = Self::asking(error, options);
        if some_done && failure.help.is_empty() {
            failure = failure.going_on(options);
        }
        failure
    }

    /// A request failed; where nothing answered, with who was asked.
    pub(crate) fn asking(error: Error, options: &RankOptions) -> Self {
        let unanswered = error.kind() == ErrorKind::Transport;
        let mut failure = Self::from(error);
        if unanswered && let Some(url) = &options.base_url {
            failure.help = format!("{url} was asked, as --base-url or RERANK_BASE_URL says");
        }
        failure
    }

    /// One of many queries failed so, and with it those after it.
    pub(crate) fn of_batch(
        self,
        ranked: usize,
        all: usize,
        interrupted: Option<u8>,
        options: &RankOptions,
    ) -> Self {
        let code = match (interrupted, self.code) {
            (Some(status), _) => status,
            (None, INTERRUPTED) => INTERRUPTED,
            _ if ranked > 0 => 6,
            (None, code) => code,
        };
        let message = format!("{}; {ranked} of {all} queries were ranked", self.message);
        let mut failure = Self::with_code(message, &self.help, code);
        if ranked > 0 || failure.help.is_empty() {
            failure = failure.going_on(options);
        }
        failure
    }

    /// Of many queries some were refused, the first of them so.
    pub(crate) fn of_refused(self, refused: usize, ranked: usize, all: usize) -> Self {
        let code = if ranked > 0 { 6 } else { self.code };
        let message = format!("{refused} of {all} queries were refused");
        Self::with_code(message, "their lines tell why", code)
    }

    /// With what goes on from what was done.
    pub(crate) fn going_on(mut self, options: &RankOptions) -> Self {
        self.help = on_going(options).to_owned();
        self
    }
}

fn on_going(options: &RankOptions) -> &'static str {
    match options.resume {
        Some(_) => AGAIN,
        None => RESUME,
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (code, help) = match error.kind() {
            ErrorKind::Cancelled => (INTERRUPTED, ""),
            _ if error.partial().is_some() => (6, ""),
            ErrorKind::InvalidRequest => (2, ""),
            ErrorKind::Budget => (2, "raise --budget, or rank fewer documents"),
            ErrorKind::Setup => (2, ""),
            ErrorKind::Authentication => (3, "look at the key; --local ranks without one"),
            ErrorKind::Permission => (3, ""),
            ErrorKind::Quota => (4, "top up the account, or rank here with --local"),
            ErrorKind::RateLimited => (5, "send fewer requests at once, with --concurrency"),
            ErrorKind::Service | ErrorKind::Transport | ErrorKind::InvalidResponse => (5, ""),
            _ => (1, ""),
        };
        Self::with_code(error.to_string(), help, code)
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
