//! Finds the I/O error in a chain of errors.

use std::error::Error;
use std::io;

/// Returns the first I/O error among the sources of this error.
pub(crate) fn io_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a io::Error> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref() {
            return Some(error);
        }
        source = error.source();
    }
    None
}
