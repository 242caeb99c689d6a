//! `rerank eval`: measures rankings against judgements, and compares them.

mod contenders;
mod differences;
mod labelled;
mod measures;
mod show;
mod table;
mod trec;

use std::collections::BTreeMap;

use crate::arguments::EvalOptions;
use crate::failure::{Failure, print};
use crate::input::text_of;
use labelled::Labelled;
use measures::{Measures, mean, measured};
use trec::{Judgements, Run};

/// The measures of one run.
struct Measured {
    run: String,
    mean: Measures,
    /// The measures of each query.
    each: BTreeMap<String, Measures>,
    /// The judged queries that are not in the run.
    missing: usize,
    /// The time of a query in milliseconds, if the queries were ranked now.
    time: Option<f64>,
}

pub(crate) fn eval(options: &EvalOptions) -> Result<(), Failure> {
    check_standard_input(options)?;
    let (queries, judged) = read(options)?;
    let mut all = Vec::new();
    for ranked in contenders::rank(options, &queries)? {
        all.push(one(
            ranked.name,
            &judged,
            &ranked.run,
            options.at,
            Some(ranked.time),
        )?);
    }
    for file in &options.runs {
        let run = trec::run(file)?;
        all.push(one(
            file.display().to_string(),
            &judged,
            &run,
            options.at,
            None,
        )?);
    }
    print(&show::show(options, &all)?)
}

/// Reads the set: queries to rank, and judgements that have a relevant document.
fn read(options: &EvalOptions) -> Result<(Vec<Labelled>, Judgements), Failure> {
    let name = options.set.display().to_string();
    let text = text_of(&options.set, &name)?;
    let (mut queries, mut judged) = match labelled::is_labelled(&text) {
        true => labelled::read(&name, &text)?,
        false if options.with.is_empty() => (Vec::new(), trec::judgements(&name, &text)?),
        false => {
            return Err(Failure::usage(
                format!("{name} has judgements and no texts, so there is nothing to rank"),
                "use a labelled set (see rerank eval --help), or rank with rerank --queries and \
                 --output trec, and name its output as RUN",
            ));
        }
    };
    judged.retain(|_, documents| documents.values().any(|relevance| *relevance > 0.0));
    if judged.is_empty() {
        return Err(Failure::usage(
            format!("{name}: no query has a relevant document"),
            "a document is relevant if its relevance, the last number of a judgement or the grade \
             of a candidate, is above 0",
        ));
    }
    labelled::retain(&mut queries, &judged);
    Ok((queries, judged))
}

/// Standard input can be read once.
fn check_standard_input(options: &EvalOptions) -> Result<(), Failure> {
    let files = options.runs.iter().chain([&options.set]);
    match files.filter(|file| file.as_os_str() == "-").count() {
        0 | 1 => Ok(()),
        _ => Err(Failure::usage(
            "standard input cannot be several of the files",
            "name a file for each of the others",
        )),
    }
}

fn one(
    name: String,
    judged: &Judgements,
    run: &Run,
    at: usize,
    time: Option<f64>,
) -> Result<Measured, Failure> {
    let mut missing = 0;
    let mut each = BTreeMap::new();
    for (query, judgements) in judged {
        let ranked = run.get(query);
        missing += usize::from(ranked.is_none());
        let ranked = ranked.map(Vec::as_slice).unwrap_or_default();
        each.insert(query.clone(), measured(judgements, ranked, at));
    }
    if missing == judged.len() {
        return Err(Failure::usage(
            format!("{name}: none of the {missing} judged queries is in it"),
            "queries are matched by the first column of both files",
        ));
    }
    Ok(Measured {
        run: name,
        mean: mean(each.values()),
        each,
        missing,
        time,
    })
}
