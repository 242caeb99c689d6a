//! Finds the invalid line of a file that is not UTF-8, since the errors of readers do not name it.

use crate::failure::Failure;
use crate::lines;
use crate::tables::Table;

/// Returns a failure that names the file and line, if the error is about UTF-8.
pub(crate) fn invalid_line(tables: &[Table], error: &str) -> Option<Failure> {
    let lower = error.to_lowercase();
    if !["utf-8", "utf8", "unicode"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return None;
    }
    let problem = |line: &[u8]| {
        str::from_utf8(line)
            .err()
            .map(|_| "invalid UTF-8".to_owned())
    };
    let help = "convert the file to UTF-8, for example with iconv; nothing was written";
    lines::first_invalid(tables.iter(), problem, help)
}
