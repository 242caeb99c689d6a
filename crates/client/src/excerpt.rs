//! Describes a body that cannot be read, in one line: type, size and first characters.

use bigmodel_rerank_api::RawResponse;

use crate::secrets::Secrets;

/// The most characters that are kept of a service's message.
const LONGEST_MESSAGE: usize = 2000;
/// The most characters that are kept of a service's code or id.
const LONGEST_NAME: usize = 200;
/// The most characters of a body that are shown.
const FIRST: usize = 80;
/// The most bytes of a body that are read for the excerpt.
const LOOKED_AT: usize = 64 << 10;

/// Returns a service's message, truncated if it is too long.
pub(crate) fn bounded(message: &str) -> String {
    cut(message, LONGEST_MESSAGE)
}

/// Returns a service's code or id, truncated if it is too long.
pub(crate) fn bounded_name(name: &str) -> String {
    cut(name, LONGEST_NAME)
}

/// Truncates a text to `most` characters, and says how many it had.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let start = text.get(..end).unwrap_or_default();
            format!("{start}… ({} characters)", text.chars().count())
        }
    }
}

/// Returns content type, encoding, size, and the first characters of a text body, as in
/// `text/html, 42 bytes: <html>…`.
pub(crate) fn described(response: &RawResponse, secrets: &Secrets) -> String {
    let header = |name: &str| {
        let value = response.headers().get(name)?.to_str().ok()?.trim();
        Some(bounded_name(&one_line(&secrets.redact(value)))).filter(|value| !value.is_empty())
    };
    let body = response.body();
    let mut described =
        header("content-type").unwrap_or_else(|| "without a content type".to_owned());
    if let Some(encoding) = header("content-encoding") {
        described += &format!(", content encoding {encoding}");
    }
    described += &match body.len() {
        0 => ", empty".to_owned(),
        1 => ", 1 byte".to_owned(),
        bytes => format!(", {bytes} bytes"),
    };
    if let Some(start) = start(body, secrets) {
        described += &format!(": {start}");
    }
    described
}

/// Returns the first characters, if the body is text.
fn start(body: &[u8], secrets: &Secrets) -> Option<String> {
    let looked_at = body.get(..LOOKED_AT).unwrap_or(body);
    let text = match std::str::from_utf8(looked_at) {
        Ok(text) => text,
        // A character that was cut in the middle.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(looked_at.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let text = text.trim();
    if text.is_empty() || text.contains('\0') {
        return None;
    }
    // Before truncation: half a credential would not be recognized.
    let text = one_line(&secrets.redact(text));
    Some(match text.char_indices().nth(FIRST) {
        None => text,
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    })
}

/// Returns the text in one line, with unprintable characters escaped.
fn one_line(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let plain = matches!(c, '"' | '\'' | '\\').then_some(c);
            let escaped = plain.is_none().then(|| c.escape_debug());
            plain.into_iter().chain(escaped.into_iter().flatten())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{bounded, one_line, start};
    use crate::secrets::Secrets;

    #[test]
    fn a_long_message_ends_with_its_length() {
        assert_eq!(bounded("长"), "长");
        let exact = "长".repeat(2000);
        assert_eq!(bounded(&exact), exact);
        assert_eq!(
            bounded(&"长".repeat(2001)),
            format!("{exact}… (2001 characters)")
        );
    }

    #[test]
    fn a_line_has_no_control_and_no_bidi_characters() {
        assert_eq!(
            one_line("a\r\n\u{1b}[2J\u{202e}\"长\""),
            "a\\r\\n\\u{1b}[2J\\u{202e}\"长\""
        );
    }

    #[test]
    fn only_text_is_shown_and_no_part_of_a_credential() {
        let mut secrets = Secrets::default();
        secrets.add("sesame-opens");
        assert_eq!(start(b"\x1f\x8b\x08", &secrets), None);
        assert_eq!(start(b"a\0b", &secrets), None);
        assert_eq!(start(b" \n", &secrets), None);
        let straddling = format!("{}sesame-opens", "x".repeat(75));
        let shown = start(straddling.as_bytes(), &secrets).unwrap();
        assert_eq!(shown, format!("{}…", "x".repeat(75)));
        // A character that ends beyond the excerpt.
        let long = "长".repeat(30_000);
        assert_eq!(
            start(long.as_bytes(), &secrets).unwrap(),
            format!("{}…", "长".repeat(80))
        );
    }
}
