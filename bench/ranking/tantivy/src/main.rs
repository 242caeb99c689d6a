//! tantivy: indexes the candidates in memory with its English stemmer, and searches the query.

use std::thread;

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::{Index, TantivyDocument, doc};

/// Minimum memory budget of a writer thread.
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
    let number = schema.add_u64_field("number", STORED);
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(threads, MEMORY * threads)?;
    for (index_in_request, document) in documents.iter().enumerate() {
        writer.add_document(doc!(text => *document, number => index_in_request as u64))?;
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
        let found = document.get_first(number).and_then(|value| value.as_u64());
        order.extend(found.and_then(|found| usize::try_from(found).ok()));
    }
    // Documents that share no term with the query come last, in their original order.
    let rest: Vec<_> = (0..documents.len())
        .filter(|one| !order.contains(one))
        .collect();
    order.extend(rest);
    Ok(order)
}
