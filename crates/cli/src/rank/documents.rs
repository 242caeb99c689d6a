//! Documents, from files or standard input.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::Value;

use crate::arguments::RankOptions;
use crate::failure::Failure;

/// A document and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) text: String,
    /// The file; `-` for standard input.
    pub(crate) file: Rc<str>,
    /// Its line there, from 1; none for a whole file.
    pub(crate) line: Option<u64>,
}

impl AsRef<str> for Document {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// How the text of a file is taken apart.
enum Form<'a> {
    Lines,
    Field(&'a str),
    Column(&'a str),
    Whole,
}

/// All documents, in the order of the files.
pub(crate) fn read(options: &RankOptions) -> Result<Vec<Document>, Failure> {
    let form = match (&options.field, &options.column) {
        (Some(field), _) => Form::Field(field),
        (_, Some(column)) => Form::Column(column),
        _ if options.files => Form::Whole,
        _ => Form::Lines,
    };
    let input = [PathBuf::from("-")];
    let files = match options.paths.as_slice() {
        [] => &input[..],
        files => files,
    };
    let mut documents = Vec::new();
    for file in files {
        let name: Rc<str> = file.to_string_lossy().into();
        let text = text_of(file, &name)?;
        match form {
            Form::Lines => lines(&name, &text, &mut documents),
            Form::Field(field) => fields(&name, &text, field, &mut documents)?,
            Form::Column(column) => cells(&name, &text, column, &mut documents)?,
            Form::Whole => documents.push(Document {
                text,
                file: name,
                line: None,
            }),
        }
    }
    Ok(documents)
}

fn text_of(file: &Path, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        let mut input = io::stdin().lock();
        if input.is_terminal() {
            return Err(Failure::usage(
                "no documents: standard input is a terminal",
                "name files, or pipe documents in, one a line",
            ));
        }
        input
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::new(format!("standard input: {error}"), ""))?;
    } else {
        bytes = fs::read(file).map_err(|error| Failure::new(format!("{name}: {error}"), ""))?;
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let sound = error
            .as_bytes()
            .get(..error.utf8_error().valid_up_to())
            .unwrap_or_default();
        let line = 1 + sound.iter().filter(|byte| **byte == b'\n').count();
        Failure::usage(
            format!("{name}:{line}: the text is not UTF-8"),
            "convert it first, for example with iconv",
        )
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}

/// Each line that is not blank.
fn lines(name: &Rc<str>, text: &str, documents: &mut Vec<Document>) {
    documents.extend(numbered(text).map(|(line, text)| Document {
        text: text.to_owned(),
        file: Rc::clone(name),
        line: Some(line),
    }));
}

/// The lines that are not blank, with their numbers.
fn numbered(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let lines = (1..).zip(text.lines());
    lines.filter(|(_, line)| !line.trim().is_empty())
}

fn fields(
    name: &Rc<str>,
    text: &str,
    field: &str,
    documents: &mut Vec<Document>,
) -> Result<(), Failure> {
    for (line, text) in numbered(text) {
        let value: Value = serde_json::from_str(text).map_err(|error| {
            Failure::usage(
                format!("{name}:{line}: not JSON: {error}"),
                "--field reads JSON Lines: one object a line",
            )
        })?;
        let Some(Value::String(text)) = value.get(field) else {
            let there = match &value {
                Value::Object(members) => {
                    let names: Vec<_> = members.keys().map(String::as_str).collect();
                    format!("it has {}", names.join(", "))
                }
                _ => "it is no object".to_owned(),
            };
            return Err(Failure::usage(
                format!("{name}:{line}: no text in `{field}`; {there}"),
                "--field names the member that has the document",
            ));
        };
        documents.push(Document {
            text: text.clone(),
            file: Rc::clone(name),
            line: Some(line),
        });
    }
    Ok(())
}

fn cells(
    name: &Rc<str>,
    text: &str,
    column: &str,
    documents: &mut Vec<Document>,
) -> Result<(), Failure> {
    let broken = |error: csv::Error| {
        Failure::usage(
            format!("{name}: {error}"),
            "--column reads CSV with a header",
        )
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(broken)?;
    let Some(place) = header.iter().position(|found| found == column) else {
        let names: Vec<_> = header.iter().collect();
        return Err(Failure::usage(
            format!("{name}: no column `{column}`; it has {}", names.join(", ")),
            "--column names the column that has the documents",
        ));
    };
    for record in reader.records() {
        let record = record.map_err(broken)?;
        documents.push(Document {
            text: record.get(place).unwrap_or_default().to_owned(),
            file: Rc::clone(name),
            line: record.position().map(csv::Position::line),
        });
    }
    Ok(())
}
