//! Documents, from files or standard input.

use std::path::Path;
use std::rc::Rc;

use serde_json::Value;

use super::queries::id_of;
use crate::arguments::RankOptions;
use crate::failure::Failure;
use crate::text::{numbered, text_of};

/// A document and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) text: String,
    /// What the caller calls it.
    pub(crate) id: Option<Rc<str>>,
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
pub(crate) fn read(options: &RankOptions, paths: &[&Path]) -> Result<Vec<Document>, Failure> {
    let form = match (&options.field, &options.column) {
        (Some(field), _) => Form::Field(field),
        (_, Some(column)) => Form::Column(column),
        _ if options.files => Form::Whole,
        _ => Form::Lines,
    };
    let id = options.id.as_deref();
    if id.is_some() && !matches!(form, Form::Field(_) | Form::Column(_)) {
        return Err(Failure::usage(
            "--id names a member or a column, and the documents have none",
            "read JSON Lines with --field, or CSV with --column",
        ));
    }
    let files = match paths {
        [] => &[Path::new("-")],
        files => files,
    };
    let mut documents = Vec::new();
    for file in files {
        let name: Rc<str> = file.to_string_lossy().into();
        let text = text_of(file, &name)?;
        match form {
            Form::Lines => lines(&name, &text, &mut documents),
            Form::Field(field) => fields(&name, &text, (field, id), &mut documents)?,
            Form::Column(column) => cells(&name, &text, (column, id), &mut documents)?,
            Form::Whole => documents.push(Document {
                text,
                id: (*file != Path::new("-")).then(|| Rc::clone(&name)),
                file: name,
                line: None,
            }),
        }
    }
    Ok(documents)
}

/// Each line that is not blank.
fn lines(name: &Rc<str>, text: &str, documents: &mut Vec<Document>) {
    documents.extend(numbered(text).map(|(line, text)| Document {
        text: text.to_owned(),
        id: None,
        file: Rc::clone(name),
        line: Some(line),
    }));
}

fn fields(
    name: &Rc<str>,
    text: &str,
    (field, id): (&str, Option<&str>),
    documents: &mut Vec<Document>,
) -> Result<(), Failure> {
    for (line, text) in numbered(text) {
        let value: Value = serde_json::from_str(text).map_err(|error| {
            Failure::usage(
                format!("{name}:{line}: not JSON: {error}"),
                "--field reads JSON Lines: one object a line",
            )
        })?;
        let missing = |wanted: &str, help: &str| {
            let there = match &value {
                Value::Object(members) => {
                    let names: Vec<_> = members.keys().map(String::as_str).collect();
                    format!("it has {}", names.join(", "))
                }
                _ => "it is no object".to_owned(),
            };
            Failure::usage(format!("{name}:{line}: no {wanted}; {there}"), help)
        };
        let Some(Value::String(text)) = value.get(field) else {
            let help = "--field names the member that has the document";
            return Err(missing(&format!("text in `{field}`"), help));
        };
        let id = id.map(|id| {
            let help = "--id names the member that has the document's name, a text or a number";
            let found = value.get(id).and_then(id_of);
            found.ok_or_else(|| missing(&format!("name in `{id}`"), help))
        });
        documents.push(Document {
            text: text.clone(),
            id: id.transpose()?.map(Rc::from),
            file: Rc::clone(name),
            line: Some(line),
        });
    }
    Ok(())
}

fn cells(
    name: &Rc<str>,
    text: &str,
    (column, id): (&str, Option<&str>),
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
    let place_of = |column: &str, help: &str| {
        let place = header.iter().position(|found| found == column);
        place.ok_or_else(|| {
            let names: Vec<_> = header.iter().collect();
            let problem = format!("{name}: no column `{column}`; it has {}", names.join(", "));
            Failure::usage(problem, help)
        })
    };
    let place = place_of(column, "--column names the column that has the documents")?;
    let id_place = id
        .map(|id| place_of(id, "--id names the column that has the documents' names"))
        .transpose()?;
    for record in reader.records() {
        let record = record.map_err(broken)?;
        documents.push(Document {
            text: record.get(place).unwrap_or_default().to_owned(),
            id: id_place.map(|place| record.get(place).unwrap_or_default().into()),
            file: Rc::clone(name),
            line: record.position().map(csv::Position::line),
        });
    }
    Ok(())
}
