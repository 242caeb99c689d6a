//! Texts in different words: the figures that they state, which must be the same.
//!
//! A figure is a number, a word that holds a digit, a URL, `true`, `false` or `null`, or a
//! word in backticks that is no name of the contract. Numbers are read in the ways of English
//! and Chinese texts: `4,096`, `４０９６`, `1.2万`, `一百二十八`.

mod numerals;

use std::collections::{BTreeMap, HashSet};

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

/// How texts for readers are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wording {
    /// As they are: another text is a change.
    #[default]
    Compared,
    /// As two people's words for the same thing: only the figures in them are compared.
    OwnWords,
}

/// The names that the contracts use, in lower case: to mention one in a text states nothing.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Of members and parameters, which any text may mention.
    members: HashSet<String>,
    /// Last parts of paths, which texts on the whole may mention.
    paths: HashSet<String>,
}

impl Names {
    /// The names in both contracts.
    pub(crate) fn of(contracts: [&Value; 2]) -> Self {
        let mut names = Self::default();
        let mut open = contracts.to_vec();
        while let Some(node) = open.pop() {
            match node {
                Value::Object(members) => {
                    for (key, value) in members {
                        names.note(key, value);
                        open.push(value);
                    }
                }
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        names
    }

    fn note(&mut self, key: &str, value: &Value) {
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

    fn contain(&self, word: &str, place: Place) -> bool {
        self.members.contains(word) || (place == Place::Whole && self.paths.contains(word))
    }
}

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The contract, a path or an operation.
    Whole,
    /// A part of what is sent or received.
    Part,
}

impl Place {
    fn of(pointer: &Pointer) -> Self {
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
    /// By what they mean, as they are written.
    stated: BTreeMap<String, String>,
    /// Every word of the text, in lower case.
    words: HashSet<String>,
}

impl Figures {
    /// The figures of a text, or of all texts and numbers within a value.
    pub(crate) fn of(value: Option<&Value>, at: &Pointer, names: &Names) -> Self {
        let place = Place::of(at);
        let mut figures = Self::default();
        let mut open: Vec<_> = value.into_iter().collect();
        while let Some(node) = open.pop() {
            match node {
                Value::String(text) => figures.read(text, place, names),
                Value::Array(items) => open.extend(items),
                Value::Object(members) => open.extend(members.values()),
                Value::Null => {}
                other => figures.read(&other.to_string(), place, names),
            }
        }
        figures
    }

    /// With the members that examples have, and the kind of each.
    pub(crate) fn and_shape(mut self, examples: &Value) -> Self {
        let mut open = vec![examples];
        // Examples that have names stand as the `value` of an object each.
        if let Value::Object(named) = examples
            && named.values().all(|one| one.get("value").is_some())
        {
            open = named.values().filter_map(|one| one.get("value")).collect();
        }
        while let Some(node) = open.pop() {
            match node {
                Value::Array(items) => open.extend(items),
                Value::Object(members) => {
                    let shapes = members.iter().map(|(key, value)| shape(key, value));
                    let shapes = shapes.map(|shape| (shape.clone(), shape));
                    self.stated.extend(shapes);
                    open.extend(members.values());
                }
                _ => {}
            }
        }
        self
    }

    /// The figures that `other` does not state in any form, as they are written here.
    pub(crate) fn beyond(&self, other: &Self) -> Vec<String> {
        self.stated
            .iter()
            .filter(|(meaning, _)| {
                !other.stated.contains_key(*meaning) && !other.words.contains(*meaning)
            })
            .map(|(_, written)| format!("`{written}`"))
            .collect()
    }

    fn read(&mut self, text: &str, place: Place, names: &Names) {
        let text = numerals::plain(text);
        // A list may stand in one line, its items parted by semicolons.
        for line in text.split(['\n', ';', '；', '。']) {
            self.read_line(numerals::without_number(line), place, names);
        }
    }

    /// Reads word by word; what stands between backticks counts as a value of its own.
    fn read_line(&mut self, line: &str, place: Place, names: &Names) {
        let (rest, urls) = without_urls(line);
        for url in urls {
            self.stated.insert(url.to_lowercase(), url);
        }
        for (nth, part) in rest.split('`').enumerate() {
            let words = words(part);
            let is_code = nth % 2 == 1 && words.len() == 1;
            for word in words {
                let is_name = names.contain(&word.to_lowercase(), place);
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

/// A member, and what kind of value it has.
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

/// The line without its URLs, and the URLs.
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

/// The words of a text: letters and digits of ASCII, with signs that hold words together.
fn words(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.,%+".contains(c);
    text.split(|c: char| !is_part(c))
        .map(|word| {
            let word = word.trim_end_matches(['.', ',', '-', '_', '+']);
            word.trim_start_matches(['.', ',', '_', '+'])
        })
        .map(|word| {
            // A dash before a word is a dash; before a lone number, a sign.
            let negative = word.strip_prefix('-');
            negative.filter(|rest| !is_number(rest)).unwrap_or(word)
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The numbers that a word consists of: one, or those of a range or list. `None` where it
/// holds anything else.
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

/// A number as all its spellings mean it: `4,096` is `4096`, `0.50` is `0.5`, `07` is `7`.
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

/// `4,096` without its comma; `None` where commas part something else.
fn without_thousands(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<_> = groups.collect();
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|one| one.len() == 3));
    grouped.then(|| whole.replace(',', ""))
}

#[cfg(test)]
mod tests;
