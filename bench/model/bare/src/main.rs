//! A loop of runs of rten: one text a run, the mean of its tokens, the cosine.

use std::sync::Arc;

use rten::{ModelOptions, RunOptions, ThreadPool, Value};
use rten_tensor::Layout as _;
use tokenizers::{Tokenizer, TruncationParams};

fn main() {
    model_driver::run(|setup| {
        let tokenizer = setup.folder.join("tokenizer.json");
        let mut tokenizer = Tokenizer::from_file(tokenizer).expect("a tokenizer");
        let truncation = TruncationParams {
            max_length: setup.tokens,
            ..TruncationParams::default()
        };
        tokenizer.with_padding(None);
        tokenizer
            .with_truncation(Some(truncation))
            .expect("a length");
        let mut options = ModelOptions::with_all_ops();
        let graph = options.prepack_weights(true);
        let graph = graph
            .load_file(setup.folder.join(setup.file))
            .expect("a graph");
        let pool = Arc::new(ThreadPool::with_num_threads(setup.threads));
        let embed = move |text: &str| {
            let encoding = tokenizer.encode_fast(text, true).expect("tokens");
            let length = encoding.len();
            let row = |values: &[u32]| {
                let values: Vec<i32> = values.iter().map(|value| *value as i32).collect();
                Value::from_shape([1, length], values).expect("a row")
            };
            let inputs = [
                ("input_ids", row(encoding.get_ids())),
                ("attention_mask", row(encoding.get_attention_mask())),
                ("token_type_ids", row(encoding.get_type_ids())),
            ];
            let inputs =
                inputs.map(|(name, value)| (graph.node_id(name).expect("an input"), value.into()));
            let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&pool)));
            let output = graph.node_id("last_hidden_state").expect("an output");
            let outputs = graph
                .run(inputs.into(), &[output], Some(options))
                .expect("a run");
            let Some(Value::FloatTensor(states)) = outputs.into_iter().next() else {
                panic!("no states");
            };
            let width = states.size(2);
            let mut sum = vec![0.0_f64; width];
            for state in states.into_data().chunks(width) {
                for (sum, value) in sum.iter_mut().zip(state) {
                    *sum += f64::from(*value);
                }
            }
            let norm = sum.iter().map(|value| value * value).sum::<f64>().sqrt();
            sum.iter().map(|value| value / norm).collect::<Vec<_>>()
        };
        move |query, documents| {
            let query = embed(query);
            let cosine = |text: &&str| {
                let products = query.iter().zip(embed(text)).map(|(a, b)| a * b);
                products.sum::<f64>() as f32
            };
            documents.iter().map(cosine).collect()
        }
    });
}
