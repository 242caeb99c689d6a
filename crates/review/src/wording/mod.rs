//! The figures that a text states. Paraphrased texts must state the same figures.
//!
//! A figure is a number, a word with a digit, a URL, `true`, `false` or `null`, or a word in
//! backticks that is not a name of the contract. Numbers are recognized in their English and
//! Chinese spellings: `4,096`, `４０９６`, `1.2万`, `一百二十八`.

mod numerals;

use std::collections::{BTreeMap, HashSet};

use bigmodel_rerank_openapi::Pointer;
use serde_json::Value;

/// How texts for readers are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wording {
    /// Exactly: any other text is a change.
    #[default]
    Exact,
    /// As paraphrases, of which only the figures are compared.
    Paraphrased,
}

/// The names that the contracts use, in lower case. A text that mentions one does not state a
/// figure.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Names of members and parameters, for all texts.
    members: HashSet<String>,
    /// Last segments of paths, for texts about the contract as a whole.
    paths: HashSet<String>,
}

impl Names {
    /// Collects the names in both contracts.
    pub(crate) fn from_contracts(contracts: [&Value; 2]) -> Self {
        let mut names = Self::default();
        let mut pending = contracts.to_vec();
        while let Some(node) = pending.pop() {
            match node {
                Value::Object(members) => {
                    for (key, value) in members {
                        names.add(key, value);
                        pending.push(value);
                    }
                }
                Value::Array(items) => pending.extend(items),
                _ => {}
            }
        }
        names
    }

    fn add(&mut self, key: &str, value: &Value) {
        let keys = value.as_object().into_iter().flatten().map(|(key, _)| key);
        match key {
            "properties" => self.members.extend(keys.map(|key| key.to_lowercase())),
            "paths" => {
                let last = |path: &String| path.rsplit('/').next().map(str::to_lowercase);
                self.paths.extend(keys.filter_map(last));
            }
            "name" => self.members.extend(value.as_str().map(str::to_lowercase)),
            _ => {}
        }
    }

    fn contain(&self, word: &str, subject: Subject) -> bool {
        self.members.contains(word) || (subject == Subject::Whole && self.paths.contains(word))
    }
}

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// The contract, a path or an operation.
    Whole,
    /// A part of a request or response.
    Part,
}

impl Subject {
    fn new(pointer: &Pointer) -> Self {
        let text = pointer.as_str();
        let in_paths = text.starts_with("/paths/") && text.matches('/').count() <= 4;
        if text.starts_with("/info/") || in_paths {
            Self::Whole
        } else {
            Self::Part
        }
    }
}

/// The figures that a text states.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// Figures as they are written, by meaning.
    stated: BTreeMap<String, String>,
    /// Every word of the text, in lower case.
    words: HashSet<String>,
}

impl Figures {
    /// Reads the figures of a text, or of all texts and numbers within a value.
    pub(crate) fn new(value: Option<&Value>, at: &Pointer, names: &Names) -> Self {
        let subject = Subject::new(at);
        let mut figures = Self::default();
        let mut pending: Vec<_> = value.into_iter().collect();
        while let Some(node) = pending.pop() {
            match node {
                Value::String(text) => figures.read(text, subject, names),
                Value::Array(items) => pending.extend(items),
                Value::Object(members) => pending.extend(members.values()),
                Value::Null => {}
                other => figures.read(&other.to_string(), subject, names),
            }
        }
        figures
    }

    /// Adds the members of an example, with the kind of each, as figures.
    pub(crate) fn and_shape(mut self, examples: &Value) -> Self {
        let mut pending = vec![examples];
        // Named examples are objects with a `value`.
        if let Value::Object(named) = examples
            && named.values().all(|one| one.get("value").is_some())
        {
            pending = named.values().filter_map(|one| one.get("value")).collect();
        }
        while let Some(node) = pending.pop() {
            match node {
                Value::Array(items) => pending.extend(items),
                Value::Object(members) => {
                    let shapes = members.iter().map(|(key, value)| shape(key, value));
                    let shapes = shapes.map(|shape| (shape.clone(), shape));
                    self.stated.extend(shapes);
                    pending.extend(members.values());
                }
                _ => {}
            }
        }
        self
    }

    /// Returns the figures that `other` does not state in any form, as they are written here.
    pub(crate) fn beyond(&self, other: &Self) -> Vec<String> {
        self.stated
            .iter()
            .filter(|(meaning, _)| {
                !other.stated.contains_key(*meaning) && !other.words.contains(*meaning)
            })
            .map(|(_, written)| format!("`{written}`"))
            .collect()
    }

    fn read(&mut self, text: &str, subject: Subject, names: &Names) {
        let text = numerals::plain(text);
        // Items of a list may be on one line, separated by semicolons.
        for line in text.split(['\n', ';', '；', '。']) {
            self.read_line(numerals::without_number(line), subject, names);
        }
    }

    /// Reads word by word. A single word in backticks counts as a value.
    fn read_line(&mut self, line: &str, subject: Subject, names: &Names) {
        let (rest, urls) = without_urls(line);
        for url in urls {
            self.stated.insert(url.to_lowercase(), url);
        }
        for (nth, part) in rest.split('`').enumerate() {
            let words = words(part);
            let is_code = nth % 2 == 1 && words.len() == 1;
            for word in words {
                let is_name = names.contain(&word.to_lowercase(), subject);
                self.word(word, is_code && !is_name);
            }
        }
    }

    fn word(&mut self, word: &str, is_code: bool) {
        if let Some(numbers) = numbers(word) {
            let stated = numbers.into_iter().map(|number| (number.clone(), number));
            self.stated.extend(stated);
            return;
        }
        let lower = word.to_lowercase();
        self.words.insert(lower.clone());
        let is_word = lower.chars().count() > 1;
        let is_value = matches!(lower.as_str(), "true" | "false" | "null")
            || lower.contains(|c: char| c.is_ascii_digit())
            || (is_code && is_word);
        if is_value {
            self.stated.insert(lower, word.to_owned());
        }
    }
}

/// Returns a member and the kind of its value.
fn shape(key: &str, value: &Value) -> String {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    format!("{key}: {kind}")
}

/// Returns the line without its URLs, and the URLs.
fn without_urls(line: &str) -> (String, Vec<String>) {
    let mut rest = String::with_capacity(line.len());
    let mut urls = Vec::new();
    let mut tail = line;
    while let Some(begin) = tail.find("https://").or_else(|| tail.find("http://")) {
        let (before, from) = tail.split_at(begin);
        let is_end = |c: char| !c.is_ascii_graphic() || "`<>()[]\"'".contains(c);
        let (url, after) = from.split_at(from.find(is_end).unwrap_or(from.len()));
        rest.push_str(before);
        rest.push(' ');
        let url = url.trim_end_matches(['.', ',', ';', ':', '/', '!', '?']);
        urls.push(url.to_owned());
        tail = after;
    }
    rest.push_str(tail);
    (rest, urls)
}

/// Returns the words of a text: ASCII letters and digits, with the punctuation inside of them.
fn words(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.,%+".contains(c);
    text.split(|c: char| !is_part(c))
        .map(|word| {
            let word = word.trim_end_matches(['.', ',', '-', '_', '+']);
            word.trim_start_matches(['.', ',', '_', '+'])
        })
        .map(|word| {
            // A dash is a sign before a number, and punctuation otherwise.
            let negative = word.strip_prefix('-');
            negative.filter(|rest| !is_number(rest)).unwrap_or(word)
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Returns the numbers that a word consists of: one number, a range or a list. `None` if it
/// contains anything else.
fn numbers(word: &str) -> Option<Vec<String>> {
    let (sign, body) = match word.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", word),
    };
    let body = numerals::without_unit(body);
    if let Some(number) = number(body) {
        return Some(vec![format!("{sign}{number}")]);
    }
    let parts: Option<Vec<_>> = body
        .split(['-', ','])
        .map(|part| number(numerals::without_unit(part)))
        .collect();
    parts
}

fn is_number(word: &str) -> bool {
    number(numerals::without_unit(word)).is_some()
}

/// Normalizes a number: `4,096` is `4096`, `0.50` is `0.5`, `07` is `7`.
fn number(word: &str) -> Option<String> {
    let (percent, word) = match word.strip_suffix('%') {
        Some(word) => ("%", word),
        None => ("", word),
    };
    let (whole, fraction) = word.split_once('.').unwrap_or((word, "0"));
    let whole = without_thousands(whole)?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&whole) || !digits(fraction) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{whole}{point}{fraction}{percent}"))
}

/// Removes the separators of thousands; `None` if commas separate something else.
fn without_thousands(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<_> = groups.collect();
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|one| one.len() == 3));
    grouped.then(|| whole.replace(',', ""))
}

#[cfg(test)]
mod tests;
