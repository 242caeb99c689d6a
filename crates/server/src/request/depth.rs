//! Limits how deep arrays and objects are nested, before the body is parsed.
//!
//! The JSON library skips unknown members without a limit.

use crate::failure::Failure;

/// The maximum depth, which is usual for JSON libraries.
const MAX_DEPTH: usize = 128;

/// Rejects a text with deeper nesting. It need not be valid JSON.
pub(super) fn check(text: &str) -> Result<(), Failure> {
    let mut depth = 0_usize;
    let mut bytes = text.bytes().enumerate();
    while let Some((offset, byte)) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' if depth == MAX_DEPTH => {
                return Err(Failure::nested_too_deep(MAX_DEPTH, offset));
            }
            b'[' | b'{' => depth = depth.saturating_add(1),
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// Skips the rest of a string, in which brackets are text.
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
