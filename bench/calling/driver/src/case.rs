//! The request of a run and the number of calls, from the command line and a file.

use std::env;
use std::fs;

/// The request that every call of a run sends.
pub struct Case {
    /// Base URL of the responder, without the path of the operation.
    pub base_url: String,
    pub query: String,
    pub documents: Vec<String>,
    /// Whether the response contains the documents.
    pub return_documents: bool,
}

/// The number of calls.
pub(crate) struct Work {
    pub(crate) calls: usize,
    pub(crate) warm: usize,
    pub(crate) concurrency: usize,
}

pub(crate) fn from_command_line() -> (Case, Work) {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [base_url, path, calls, warm, concurrency, responses] = arguments.as_slice() else {
        panic!("BASE_URL CASE CALLS WARM CONCURRENCY plain|documents");
    };
    let text = fs::read_to_string(path).expect("the case's file");
    let mut texts = text.split('\u{1e}').map(str::to_owned);
    let number = |text: &String| text.parse().expect("a number");
    let case = Case {
        base_url: base_url.clone(),
        query: texts.next().expect("a query"),
        documents: texts.collect(),
        return_documents: responses == "documents",
    };
    let work = Work {
        calls: number(calls),
        warm: number(warm),
        concurrency: number(concurrency),
    };
    (case, work)
}
