//! `rerank eval`: measures rankings against judgements.

mod measures;
mod show;
mod trec;

use std::collections::BTreeMap;

use crate::arguments::EvalOptions;
use crate::failure::{Failure, print};
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
}

pub(crate) fn eval(options: &EvalOptions) -> Result<(), Failure> {
    check_standard_input(options)?;
    let mut judged = trec::judgements(&options.judgements)?;
    judged.retain(|_, documents| documents.values().any(|relevance| *relevance > 0.0));
    if judged.is_empty() {
        return Err(Failure::usage(
            format!(
                "{}: no query has a relevant document",
                options.judgements.display()
            ),
            "a judgement is relevant when its last number is above 0",
        ));
    }
    let runs = options.runs.iter().map(|file| {
        let run = trec::run(file)?;
        one(file.display().to_string(), &judged, &run, options.at)
    });
    let runs = runs.collect::<Result<Vec<_>, _>>()?;
    print(&show::show(options, &runs)?)
}

/// Standard input can be read once.
fn check_standard_input(options: &EvalOptions) -> Result<(), Failure> {
    let files = options.runs.iter().chain([&options.judgements]);
    match files.filter(|file| file.as_os_str() == "-").count() {
        0 | 1 => Ok(()),
        _ => Err(Failure::usage(
            "standard input cannot be several of the files",
            "name a file for each of the others",
        )),
    }
}

fn one(name: String, judged: &Judgements, run: &Run, at: usize) -> Result<Measured, Failure> {
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
    })
}
