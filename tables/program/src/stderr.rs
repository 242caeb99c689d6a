//! Lines on standard error.

use std::fmt::Display;
use std::io::{self, Write as _};

/// Prints a line. A closed standard error is not a failure.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}
