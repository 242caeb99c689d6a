//! Scores the rows of a CSV file whose candidates of a query follow each other: id, query, row, text.
//! Writes id, row and score.

use std::env;
use std::error::Error;
use std::fs::File;
use std::path::Path;

use bigmodel_rerank_engine::{Cancellation, Lexical, Scorer};
use bigmodel_rerank_model::{Model, Options};
use csv::{ReaderBuilder, StringRecord, Writer};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [scorer, table, out] = arguments.as_slice() else {
        return Err("usage: rows-bare lexical|MODEL TABLE OUT".into());
    };
    let scorer: Box<dyn Scorer> = match scorer.as_str() {
        "lexical" => Box::new(Lexical),
        folder => {
            let mut options = Options::default();
            options.threads = Some(1);
            Box::new(Model::load(Path::new(folder), &options)?)
        }
    };
    let mut out = Writer::from_writer(File::create(out)?);
    out.write_record(["id", "row", "score"])?;
    let mut candidates: Vec<StringRecord> = Vec::new();
    for row in ReaderBuilder::new().from_path(table)?.into_records() {
        let row = row?;
        if candidates.last().is_some_and(|last| last[0] != row[0]) {
            score(scorer.as_ref(), &candidates, &mut out)?;
            candidates.clear();
        }
        candidates.push(row);
    }
    score(scorer.as_ref(), &candidates, &mut out)?;
    out.flush()?;
    Ok(())
}

/// Scores the candidates of a query, and writes their scores.
fn score(
    scorer: &dyn Scorer,
    candidates: &[StringRecord],
    out: &mut Writer<File>,
) -> Result<(), Box<dyn Error>> {
    let texts: Vec<_> = candidates.iter().map(|row| &row[3]).collect();
    let scored = scorer.score(&candidates[0][1], &texts, &Cancellation::new())?;
    for (row, score) in candidates.iter().zip(scored.documents) {
        out.write_record([&row[0], &row[2], &score.normalized.to_string()])?;
    }
    Ok(())
}
