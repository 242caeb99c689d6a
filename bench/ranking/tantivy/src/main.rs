//! tantivy: the candidates are indexed in memory, English stemmed, and the query is searched.

use std::thread;

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::{Index, TantivyDocument, doc};

/// The least that a thread of a writer may have.
const MEMORY: usize = 15_000_000;

fn main() {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    ranking_driver::run(|query, documents| rank(query, documents, threads).expect("a ranking"));
}

fn rank(query: &str, documents: &[&str], threads: usize) -> tantivy::Result<Vec<usize>> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqs);
    let text = schema.add_text_field(
        "text",
        TextOptions::default().set_indexing_options(indexing),
    );
    let place = schema.add_u64_field("place", STORED);
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(threads, MEMORY * threads)?;
    for (number, document) in documents.iter().enumerate() {
        writer.add_document(doc!(text => *document, place => number as u64))?;
    }
    writer.commit()?;
    let searcher = index.reader()?.searcher();
    let (query, _) = QueryParser::for_index(&index, vec![text]).parse_query_lenient(query);
    let found = searcher.search(
        &query,
        &TopDocs::with_limit(documents.len()).order_by_score(),
    )?;
    let mut order = Vec::new();
    for (_, address) in found {
        let document: TantivyDocument = searcher.doc(address)?;
        let number = document.get_first(place).and_then(|value| value.as_u64());
        order.extend(number.and_then(|number| usize::try_from(number).ok()));
    }
    // What shares nothing with the query comes last, as it came.
    let rest: Vec<_> = (0..documents.len())
        .filter(|one| !order.contains(one))
        .collect();
    order.extend(rest);
    Ok(order)
}
