//! candle: one text a run, the mean of its tokens, the cosine. It reads model.safetensors.

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};
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
        let config = std::fs::read_to_string(setup.folder.join("config.json")).expect("a file");
        let config: Config = serde_json::from_str(&config).expect("a configuration");
        let weights = std::fs::read(setup.folder.join("model.safetensors")).expect("weights");
        let weights = VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu);
        let model = BertModel::load(weights.expect("weights"), &config).expect("a model");
        let embed = move |text: &str| -> candle_core::Result<Tensor> {
            let encoding = tokenizer.encode_fast(text, true).expect("tokens");
            let ids = Tensor::new(encoding.get_ids(), &Device::Cpu)?.unsqueeze(0)?;
            let types = ids.zeros_like()?;
            let states = model.forward(&ids, &types, None)?;
            let mean = states.mean(1)?.squeeze(0)?;
            let norm = mean.sqr()?.sum_all()?.sqrt()?;
            mean.broadcast_div(&norm)
        };
        move |query, documents| {
            let query = embed(query).expect("an embedding");
            let cosine = |text: &&str| {
                let product = query.mul(&embed(text)?)?.sum_all()?;
                product.to_scalar::<f32>()
            };
            documents
                .iter()
                .map(|text| cosine(text).expect("a score"))
                .collect()
        }
    });
}
