//! Text as Markdown that rustdoc shows as it is meant.

/// Returns text as inline code, whatever backticks and line ends it has.
pub(crate) fn quoted(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if text.trim().is_empty() {
        return format!("{} spaces", text.chars().count());
    }
    let fence = if text.contains('`') { "``" } else { "`" };
    let pad = if text.contains('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Returns a contract's Markdown so that rustdoc neither runs nor misreads it: code fences are
/// marked as text, and nothing is indented so far that it counts as code. Prose is wrapped.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<&str> = None;
    for line in text.trim().lines() {
        let bare = line.trim_start();
        let marker = ["```", "~~~"]
            .into_iter()
            .find(|marker| bare.starts_with(marker));
        match (fence, marker) {
            (None, Some(marker)) => {
                fence = Some(marker);
                out.push_str(marker);
                out.push_str("text");
            }
            (Some(open), Some(marker)) if open == marker => {
                fence = None;
                out.push_str(marker);
            }
            (Some(_), _) => out.push_str(line.trim_end()),
            (None, None) => {
                let indent = (line.len() - bare.len()).min(3);
                wrap(&mut out, indent, bare.trim_end());
            }
        }
        out.push('\n');
    }
    if let Some(open) = fence {
        out.push_str(open);
    }
    out.trim_end().to_owned()
}

/// Returns an item of a list, wrapped, with its further lines indented.
pub(super) fn list_item(text: &str) -> String {
    let mut out = String::from("- ");
    wrap_prose(&mut out, 2, "  ", &one_line(text));
    out
}

/// Returns prose in one line, for an item of a list: a fence would open a block that nothing
/// closes.
fn one_line(text: &str) -> String {
    let plain = text.replace(['\n', '\r'], " ");
    plain.replace("```", "").replace("~~~", "")
}

/// Lines of prose are wrapped at this many characters: with the margin of a member and the
/// comment's slashes, that is column 100.
const WIDTH: usize = 92;

/// Escapes footnote references outside code, because no footnote is defined.
fn without_footnotes(line: &str) -> String {
    let parts = line.split('`').enumerate();
    let parts: Vec<_> = parts
        .map(|(index, part)| match index % 2 {
            0 => part.replace("[^", "\\[^"),
            _ => part.to_owned(),
        })
        .collect();
    parts.join("`")
}

/// Adds a line, broken into several if it is plain prose.
fn wrap(out: &mut String, indent: usize, line: &str) {
    out.push_str(&" ".repeat(indent));
    let line = &without_footnotes(line);
    if line.starts_with(['|', '#', '-', '*', '+', '>', '<', '[', '='])
        || line.starts_with(|c: char| c.is_ascii_digit())
    {
        out.push_str(line);
        return;
    }
    wrap_prose(out, indent, "", line);
}

/// Adds prose in lines, each after the first behind `margin`.
fn wrap_prose(out: &mut String, indent: usize, margin: &str, line: &str) {
    let mut column = indent;
    for (index, piece) in pieces(line).iter().enumerate() {
        // A line may not begin with what Markdown would take for a list or a heading.
        let plain = piece.starts_with(|c: char| c.is_alphabetic() || c == '`' || c == '(')
            || piece.starts_with("[`");
        let length = piece.chars().count();
        if index > 0 && plain && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(margin);
            column = margin.len() + length;
        } else {
            out.push_str(if index > 0 { " " } else { "" });
            column += length + usize::from(index > 0);
        }
        out.push_str(piece);
    }
}

/// The words of a line; code in backticks is one word.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut in_code = false;
    for word in line.split(' ') {
        match pieces.last_mut() {
            Some(last) if in_code => {
                last.push(' ');
                last.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    pieces
}

/// Returns text that may be in a comment: rustc rejects characters that change the direction of
/// what follows and lone carriage returns, clippy rejects tabs.
pub(super) fn presentable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            '\n' => out.push(c),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{list_item, markdown, quoted};

    #[test]
    fn code_in_a_description_is_never_run() {
        let text = markdown("See:\n\n    let x = 1;\n\n```rust\npanic!()\n```\n~~~\nopen");
        assert_eq!(
            text,
            "See:\n\n   let x = 1;\n\n```text\npanic!()\n```\n~~~text\nopen\n~~~"
        );
    }

    #[test]
    fn long_prose_is_broken_between_words_and_never_in_code() {
        let text = format!("{} `a b` - c", "word ".repeat(18));
        let lines: Vec<_> = markdown(&text).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[1].ends_with("`a b` - c"), "{lines:?}");
    }

    #[test]
    fn a_long_item_of_a_list_goes_on_below_its_text() {
        let item = list_item(&"word ".repeat(30));
        let lines: Vec<_> = item.lines().collect();
        assert!(
            lines[0].starts_with("- word") && lines[1].starts_with("  word"),
            "{item}"
        );
        assert!(lines.iter().all(|line| line.len() <= 92), "{item}");
    }

    #[test]
    fn inline_code_survives_backticks_and_line_ends() {
        assert_eq!(quoted("a`b\nc"), "`` a`b c ``");
    }
}
