//! Extracts the key from a text: alone, in quotes, after `NAME=` or `Bearer`, with comments, and
//! in the encodings of common editors.

/// Returns the key in a text. `names` are the variables to look for if the text sets several.
/// No error repeats any part of the text.
pub(crate) fn find<'t>(text: &'t str, names: &[&str]) -> Result<&'t str, String> {
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\0') {
        return Err(
            "it has NUL characters, as UTF-16 without a byte order mark; save it as UTF-8"
                .to_owned(),
        );
    }
    let lines: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    match lines.as_slice() {
        [] => Err("it is empty; expected an API key".to_owned()),
        [line] => plain(value(line)),
        lines => {
            let set: Vec<_> = lines.iter().filter_map(|line| assignment(line)).collect();
            let wanted = names
                .iter()
                .find_map(|wanted| set.iter().find(|(name, _)| name == wanted));
            match wanted {
                Some((_, value)) => plain(value),
                None => Err(format!(
                    "expected one line with the API key, found {} lines, none of which sets {}",
                    lines.len(),
                    names.join(", ")
                )),
            }
        }
    }
}

/// Returns the text of a file's bytes: UTF-8, or UTF-16 with a byte order mark.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, String> {
    let unit: fn([u8; 2]) -> u16 = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned()),
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<_> = pairs.iter().copied().map(unit).collect();
    match (String::from_utf16(&units), rest) {
        (Ok(text), []) => Ok(text),
        _ => Err("it is not valid UTF-16 text".to_owned()),
    }
}

/// Returns the value that a line assigns, or the line.
fn value(line: &str) -> &str {
    assignment(line).map_or(line, |(_, value)| value)
}

/// Splits `NAME=value`, with or without `export`. A key may end with `=`, so the name must look like
/// the name of a key.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = ["export ", "set "]
        .iter()
        .find_map(|keyword| line.strip_prefix(keyword))
        .unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let lower = name.to_ascii_lowercase();
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && ["key", "token", "secret"]
            .iter()
            .any(|word| lower.contains(word));
    let is_padding = value.chars().all(|c| c == '=') && !value.is_empty();
    (is_name && !is_padding).then_some((name, value))
}

/// Returns the key without quotes and scheme.
fn plain(text: &str) -> Result<&str, String> {
    let text = unquoted(without_comment(text))?;
    let text = without_prefix(text, "authorization:").unwrap_or(text);
    let text = without_prefix(text, "bearer ").unwrap_or(text);
    if text.is_empty() || text.eq_ignore_ascii_case("bearer") {
        return Err("it is empty; expected an API key".to_owned());
    }
    let strange = text.chars().find(|c| !c.is_ascii_graphic());
    match strange {
        // Characters around a key in code, configuration and instructions.
        None if text.starts_with(['<', '`', '{', '[']) || text.ends_with([',', ';']) => Err(
            "the API key has punctuation around it; remove what is not part of the key".to_owned(),
        ),
        None if text.contains(['"', '\'']) => {
            Err("the API key has a quotation mark in it; remove it".to_owned())
        }
        None => Ok(text),
        Some(c) if c.is_ascii_whitespace() => {
            Err("the API key has a space or a line break in it; expected one word".to_owned())
        }
        Some(_) => {
            Err("the API key has a character that is not visible ASCII; copy it again".to_owned())
        }
    }
}

/// Returns the text before ` #`.
fn without_comment(text: &str) -> &str {
    let comment = text
        .char_indices()
        .zip(text.chars().skip(1))
        .find(|((_, c), next)| c.is_whitespace() && *next == '#');
    match comment {
        Some(((at, _), _)) => text.get(..at).unwrap_or(text).trim(),
        None => text.trim(),
    }
}

fn unquoted(text: &str) -> Result<&str, String> {
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')] {
        match (text.strip_prefix(open), text.strip_suffix(close)) {
            (Some(rest), Some(_)) if rest.ends_with(close) => {
                return Ok(rest.trim_end_matches(close).trim());
            }
            (Some(_), _) | (_, Some(_)) => {
                return Err("the API key has a quotation mark on one side only".to_owned());
            }
            (None, None) => {}
        }
    }
    Ok(text)
}

fn without_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let start = text.get(..prefix.len())?;
    let rest = text.get(prefix.len()..)?;
    start.eq_ignore_ascii_case(prefix).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::{decode, find};

    const NAMES: [&str; 2] = ["FIRST_KEY", "SECOND_KEY"];

    #[test]
    fn a_key_is_found_in_every_form() {
        for text in [
            "id.secret",
            "  id.secret\r\n",
            "\u{feff}id.secret\n",
            "\"id.secret\"",
            "'id.secret'",
            "“id.secret”",
            "FIRST_KEY=id.secret",
            "export FIRST_KEY=\"id.secret\"\r\n",
            "api_key = id.secret",
            "Bearer id.secret",
            "bearer  id.secret",
            "Authorization: Bearer id.secret",
            "# of the test account\n\nid.secret\n",
            "id.secret  # of the test account",
            "SECOND_KEY=other\nOTHER=1\nFIRST_KEY=id.secret\n",
        ] {
            assert_eq!(find(text, &NAMES).unwrap(), "id.secret", "{text:?}");
        }
        for text in ["abc==", "a=b", "xkeyx=="] {
            assert_eq!(find(text, &NAMES).unwrap(), text);
        }
    }

    #[test]
    fn what_holds_no_key_is_named_and_not_repeated() {
        for (text, wanted) in [
            ("", "it is empty"),
            (" \n# comment", "it is empty"),
            ("\"\"", "it is empty"),
            ("FIRST_KEY=", "it is empty"),
            ("Bearer ", "it is empty"),
            ("sesame sesame", "a space"),
            ("sesäme", "not visible ASCII"),
            ("\"sesame", "on one side only"),
            ("sesame'", "on one side only"),
            ("ses\"ame", "quotation mark in it"),
            ("sesame;", "punctuation around it"),
            ("FIRST_KEY=sesame,", "punctuation around it"),
            ("`sesame`", "punctuation around it"),
            ("<sesame>", "punctuation around it"),
            ("{\"api_key\":\"sesame\"}", "punctuation around it"),
            ("sesame\nsesame", "found 2 lines"),
            ("A_KEY=sesame\nB_KEY=sesame", "FIRST_KEY, SECOND_KEY"),
            ("s\0e\0s\0a\0m\0e\0", "UTF-16"),
        ] {
            let said = find(text, &NAMES).unwrap_err();
            assert!(said.contains(wanted) && !said.contains("sesame"), "{said}");
        }
    }

    #[test]
    fn files_of_any_editor_are_text() {
        let units = |text: &str| -> Vec<u16> { text.encode_utf16().collect() };
        let little: Vec<_> = units("\u{feff}key")
            .iter()
            .flat_map(|unit| unit.to_le_bytes())
            .collect();
        let big: Vec<_> = units("\u{feff}key")
            .iter()
            .flat_map(|unit| unit.to_be_bytes())
            .collect();
        assert_eq!(decode(little.clone()).unwrap(), "\u{feff}key");
        assert_eq!(decode(big).unwrap(), "\u{feff}key");
        assert_eq!(decode(b"key".to_vec()).unwrap(), "key");
        let odd = [little, vec![0]].concat();
        assert!(decode(odd).unwrap_err().contains("UTF-16"));
        assert!(decode(vec![0xff, 0xff]).unwrap_err().contains("UTF-8"));
    }

    proptest::proptest! {
        #[test]
        fn a_key_that_is_found_is_found_again_and_no_error_has_it(
            before in "[a-z_A-Z ='\"\u{feff}\n]{0,12}",
            after in "[ ='\";,\n#“”]{0,6}",
        ) {
            let text = format!("{before}sesame{after}");
            match find(&text, &NAMES) {
                Ok(key) => proptest::prop_assert!(key.contains("sesame") || before.contains('\n')),
                Err(said) => proptest::prop_assert!(!said.contains("sesame")),
            }
        }

        #[test]
        fn whatever_the_bytes_are_they_are_text_or_not(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..64)) {
            if let Ok(text) = decode(bytes) {
                let _ = find(&text, &NAMES);
            }
        }
    }
}
