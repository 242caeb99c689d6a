//! Prints results, for people and for programs.

pub(super) mod trec;

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};

use bigmodel_rerank::Scale;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::documents::Document;
use super::queries::Query;
use super::ranked::{Ranked, Refused};
use super::scale;
use crate::arguments::Output;
use crate::failure::Failure;
use crate::text::{counted, one_cell, printable, warn};

/// Columns of a full bar.
const BAR: usize = 20;
/// The width of a terminal that does not report it.
const WIDTH: usize = 80;

#[derive(Serialize)]
struct Entry<'a> {
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    score: f32,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    text: &'a str,
    /// In JSON Lines, the scale of each score.
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    blank: bool,
}

/// A document that the service refused.
#[derive(Serialize)]
struct RefusedEntry<'a> {
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    text: &'a str,
    refused: Reason<'a>,
}

#[derive(Serialize)]
struct Reason<'a> {
    code: Option<&'a str>,
    message: &'a str,
}

impl Entry<'_> {
    /// The name before the document, of at most `most` columns.
    fn label(&self, most: usize) -> String {
        match self.id {
            None | Some("") => String::new(),
            Some(name) => format!("{}: ", ending(&on_a_line(name), most)),
        }
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    /// Which of several queries it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    query: &'a str,
    scale: &'static str,
    results: Vec<Entry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<RefusedEntry<'a>>,
    /// `null` if the response did not say.
    tokens: Option<i64>,
    request_ids: &'a [String],
}

/// Returns the output format: the chosen one, or the default for standard output.
pub(super) fn form(asked: Option<Output>) -> Output {
    match asked {
        Some(form) => form,
        None if io::stdout().is_terminal() => Output::Bars,
        None => Output::Plain,
    }
}

pub(super) fn show(
    form: Output,
    query: &Query,
    documents: &[Document],
    ranked: &Ranked,
) -> Result<String, Failure> {
    let scale = scale::name(ranked.scale);
    let entries: Vec<_> = ranked
        .hits
        .iter()
        .filter_map(|(index, score)| {
            let document = documents.get(*index)?;
            Some(Entry {
                index: *index,
                id: document.id.as_deref(),
                score: *score,
                file: &document.file,
                line: document.line,
                text: &document.text,
                scale: (form == Output::Jsonl).then_some(scale),
                blank: ranked.blank.contains(index),
            })
        })
        .collect();
    Ok(match form {
        Output::Bars => bars(&entries, ranked.scale),
        Output::Plain => lines(&entries, |_, entry| {
            let label = entry.label(usize::MAX);
            format!("{:.4}\t{label}{}", entry.score, on_a_line(entry.text))
        }),
        Output::Tsv => lines(&entries, |rank, entry| {
            let line = entry.line.map(|line| line.to_string()).unwrap_or_default();
            let id = on_a_line(entry.id.unwrap_or_default());
            let (file, text) = (on_a_line(entry.file), on_a_line(entry.text));
            format!(
                "{rank}\t{}\t{}\t{id}\t{file}\t{line}\t{text}",
                entry.score, entry.index
            )
        }),
        Output::Jsonl => {
            let mut out = String::new();
            for entry in &entries {
                out.push_str(&json(entry)?);
            }
            for entry in refused_entries(documents, ranked) {
                out.push_str(&json(&entry)?);
            }
            out
        }
        Output::Trec => trec::run(query.id(), &entries),
        Output::Json => json(&Whole {
            id: query.id.as_deref(),
            query: &query.text,
            scale,
            results: entries,
            refused: refused_entries(documents, ranked),
            tokens: ranked.tokens,
            request_ids: &ranked.request_ids,
        })?,
    })
}

fn refused_entries<'a>(documents: &'a [Document], ranked: &'a Ranked) -> Vec<RefusedEntry<'a>> {
    let entry = |refused: &'a Refused| {
        let document = documents.get(refused.index)?;
        Some(RefusedEntry {
            index: refused.index,
            id: document.id.as_deref(),
            file: &document.file,
            line: document.line,
            text: &document.text,
            refused: Reason {
                code: refused.code.as_deref(),
                message: &refused.message,
            },
        })
    };
    ranked.refused.iter().filter_map(entry).collect()
}

// serde requires a reference.
fn is_false(value: &bool) -> bool {
    !value
}

/// A refused query, followed by the results of others.
pub(super) fn refusal(form: Output, query: &Query, error: &str) -> Result<String, Failure> {
    if form == Output::Trec {
        warn(&format!("query {}: {error}", query.id()));
        return Ok(String::new());
    }
    let (id, text) = (query.id.as_deref(), &query.text);
    json(&serde_json::json!({"id": id, "query": text, "error": error}))
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string(value);
    text.map(|text| text + "\n")
        .map_err(|error| Failure::new(error.to_string(), ""))
}

fn lines(entries: &[Entry<'_>], line: impl Fn(usize, &Entry<'_>) -> String) -> String {
    let lines = entries.iter().enumerate();
    lines
        .map(|(at, entry)| line(at + 1, entry) + "\n")
        .collect()
}

/// The text in one line; for a terminal, with control characters escaped.
fn on_a_line(text: &str) -> String {
    let line = one_cell(text);
    match io::stdout().is_terminal() {
        true => printable(&line).into_owned(),
        false => line,
    }
}

fn bars(entries: &[Entry<'_>], scale: Scale) -> String {
    let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0));
    let best = entries.first().map_or(0.0, |entry| entry.score);
    let digits = entries.len().to_string().len();
    let mut out = String::new();
    for (at, entry) in entries.iter().enumerate() {
        // Raw scores have no bounds, so bars are relative to the best.
        let share = match scale {
            Scale::Raw => entry.score / best,
            _ => entry.score,
        };
        let head = format!(
            "{:>digits$}  {:>7.4}  {}  ",
            at + 1,
            entry.score,
            bar(share)
        );
        let room = width.saturating_sub(head.width());
        // A String takes whatever is written.
        let named = entry.label(room / 2) + &on_a_line(entry.text);
        let _ = writeln!(out, "{head}{}", fitted(&named, room));
    }
    out
}

/// A share from 0 to 1 as a bar.
fn bar(share: f32) -> String {
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    // Rounded and at most BAR: nothing is lost in the conversion.
    let filled = (share * BAR as f32).round() as usize;
    "█".repeat(filled) + &"░".repeat(BAR - filled)
}

/// Truncates the text to a width, with a mark; nothing in it moves the terminal's cursor.
fn fitted(text: &str, room: usize) -> String {
    let shown: String = text.chars().filter(|c| !c.is_control()).collect();
    if shown.width() <= room {
        return shown;
    }
    let mut out = String::new();
    let mut used = 1;
    for c in shown.chars() {
        used += c.width().unwrap_or_default();
        if used > room {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// Truncates a name at its beginning: the end of a path distinguishes it from others.
fn ending(name: &str, room: usize) -> String {
    if name.width() <= room {
        return name.to_owned();
    }
    let mut used = 1;
    let from = name.char_indices().rev().find_map(|(at, c)| {
        used += c.width().unwrap_or_default();
        (used > room).then_some(at + c.len_utf8())
    });
    format!(
        "…{}",
        name.get(from.unwrap_or_default()..).unwrap_or_default()
    )
}

/// Prints a line to standard error for people at a terminal: tokens, scale and hints.
pub(super) fn remark(form: Output, documents: usize, ranked: &Ranked) {
    if form != Output::Bars || !io::stderr().is_terminal() {
        return;
    }
    let tokens = match ranked.tokens {
        Some(tokens) => tokens.to_string(),
        None => "unknown".to_owned(),
    };
    let mut text = format!("{}, {tokens} tokens", counted(documents, "document"));
    if ranked.scale == Scale::Raw {
        text += ", raw scores";
    }
    if ranked.saturated {
        text += "; the best scores do not differ: --raw-scores may distinguish them";
    }
    // If standard error is closed, nobody reads it.
    let _ = writeln!(io::stderr(), "{text}");
}
