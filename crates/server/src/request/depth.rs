//! Checks the nesting of lists and objects before they are read.
//!
//! The JSON library skips unknown members without a limit.

use crate::failure::Failure;

/// The deepest nesting that is read, the usual limit of JSON libraries.
const DEEPEST: usize = 128;

/// Rejects a text whose lists and objects are nested deeper. Invalid JSON is reported later.
pub(super) fn check(text: &str) -> Result<(), Failure> {
    let mut depth = 0_usize;
    let mut bytes = text.bytes().enumerate();
    while let Some((offset, byte)) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' if depth == DEEPEST => {
                return Err(Failure::nested_too_deep(DEEPEST, offset));
            }
            b'[' | b'{' => depth = depth.saturating_add(1),
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// Skips the rest of a string: brackets in it are text.
fn skip_string(bytes: &mut impl Iterator<Item = (usize, u8)>) {
    while let Some((_, byte)) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn nesting_is_counted_outside_of_strings() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(check(&nested(128)).is_ok());
        assert!(check(&nested(129)).is_err());
        assert!(check(&"{\"a\":".repeat(129)).is_err());
        assert!(check(&nested(100).repeat(3)).is_ok());
        assert!(check(&format!("\"\\\"{}\"", "[".repeat(1000))).is_ok());
        assert!(check("\"\\").is_ok());
        assert!(check(&"]".repeat(1000)).is_ok());
    }
}
