//! The lexical scorer.

use bigmodel_rerank_engine::{Lexical, ranking};

fn main() {
    ranking_driver::run(|query, documents| ranking(&Lexical.score(query, documents).documents));
}
