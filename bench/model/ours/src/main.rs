//! Models as this project runs them.

use bigmodel_rerank_engine::{Cancellation, Scorer};
use bigmodel_rerank_model::{Model, Options};

fn main() {
    model_driver::run(|setup| {
        let mut options = Options::default();
        options.file = Some(setup.file.into());
        options.tokens = setup.tokens;
        options.threads = Some(setup.threads);
        let model = Model::load(setup.folder, &options).expect("a model");
        move |query, documents| {
            let scored = model.score(query, documents, &Cancellation::new());
            let scores = scored.expect("scores").documents;
            scores.iter().map(|score| score.raw).collect()
        }
    });
}
