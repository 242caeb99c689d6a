//! Documents, from files or standard input.

mod csv;
mod json_lines;
mod line_counter;
mod quotes;

use std::path::Path;
use std::rc::Rc;

use crate::arguments::RankOptions;
use crate::failure::Failure;
use crate::input::{numbered, text_of};

/// A document and its origin.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) text: String,
    /// The caller's id.
    pub(crate) id: Option<Rc<str>>,
    /// The file; `-` for standard input.
    pub(crate) file: Rc<str>,
    /// The line where it starts, from 1; none for a whole file.
    pub(crate) line: Option<u64>,
}

impl Document {
    /// Returns its location, as in `notes.txt:17`.
    pub(crate) fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.to_string(),
        }
    }
}

impl AsRef<str> for Document {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// The text of a file, and its name in messages.
struct Source<'a> {
    name: &'a Rc<str>,
    text: &'a str,
}

impl Source<'_> {
    fn document(&self, line: u64, text: String, id: Option<Rc<str>>) -> Document {
        Document {
            text,
            id,
            file: Rc::clone(self.name),
            line: Some(line),
        }
    }
}

/// Returns all documents, in the order of the files.
pub(crate) fn read(options: &RankOptions, paths: &[&Path]) -> Result<Vec<Document>, Failure> {
    let has_names = !options.field.is_empty() || !options.column.is_empty();
    if options.id.is_some() && !has_names {
        return Err(Failure::usage(
            "--id takes a member or column, and the documents have neither",
            "read JSON Lines with --field, or CSV with --column; --document-ids reads lines of \
             ID<TAB>TEXT",
        ));
    }
    let files = match paths {
        [] => &[Path::new("-")],
        files => files,
    };
    let mut documents = Vec::new();
    for file in files {
        let name: Rc<str> = file.to_string_lossy().into();
        let text = text_of(file, &name).map_err(|failure| unquoted(options, file, failure))?;
        let source = Source {
            name: &name,
            text: &text,
        };
        if !options.field.is_empty() {
            json_lines::read(
                &source,
                &options.field,
                options.id.as_deref(),
                &mut documents,
            )?;
        } else if !options.column.is_empty() {
            let id = options.id.as_deref();
            csv::read(
                &source,
                &options.column,
                id,
                options.delimiter,
                &mut documents,
            )?;
        } else if options.document_ids {
            lines_with_ids(&source, &mut documents)?;
        } else if options.files {
            documents.push(Document {
                id: (*file != Path::new("-")).then(|| Rc::clone(&name)),
                file: name,
                line: None,
                text,
            });
        } else {
            let lines = numbered(&text);
            documents
                .extend(lines.map(|(line, text)| source.document(line, text.to_owned(), None)));
        }
    }
    Ok(documents)
}

/// A missing file may be the second word of a query.
fn unquoted(options: &RankOptions, file: &Path, failure: Failure) -> Failure {
    match options.queries {
        None if file != Path::new("-") && !file.exists() => failure.with_help(
            "check the path; quote a query of several words, and put it before the files",
        ),
        _ => failure,
    }
}

fn lines_with_ids(source: &Source<'_>, documents: &mut Vec<Document>) -> Result<(), Failure> {
    for (line, text) in numbered(source.text) {
        let (id, text) = id_and_text(text).ok_or_else(|| {
            Failure::usage(
                format!("{}:{line}: expected ID<TAB>TEXT", source.name),
                "with --document-ids each line is an id, a tab and the document",
            )
        })?;
        documents.push(source.document(line, text.to_owned(), Some(id.into())));
    }
    Ok(())
}

/// Returns the two parts of a line of `ID<TAB>TEXT`.
pub(super) fn id_and_text(line: &str) -> Option<(&str, &str)> {
    let (id, text) = line.split_once('\t')?;
    let id = id.trim();
    (!id.is_empty()).then_some((id, text))
}

/// Joins the texts of one document with spaces, without empty ones.
fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut texts = texts.filter(|text| !text.is_empty());
    let mut whole = texts.next().unwrap_or_default().to_owned();
    for text in texts {
        whole.push(' ');
        whole.push_str(text);
    }
    whole
}
