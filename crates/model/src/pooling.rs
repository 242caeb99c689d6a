//! From the embeddings of tokens to that of a text.

use serde_json::Value;

use crate::runtime::Output;

/// How the embeddings of tokens become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pooling {
    /// That of the first token.
    Cls,
    /// The mean of all.
    Mean,
}

impl Pooling {
    /// Reads the configuration of a pooling module of sentence-transformers.
    pub(crate) fn from_config(config: &Value) -> Result<Self, String> {
        let modes = config.as_object().into_iter().flatten();
        let is_on = |(key, value): &(&String, &Value)| {
            key.starts_with("pooling_mode_") && **value == Value::Bool(true)
        };
        let modes: Vec<_> = modes.filter(is_on).map(|(key, _)| key.as_str()).collect();
        match modes.as_slice() {
            ["pooling_mode_cls_token"] => Ok(Self::Cls),
            ["pooling_mode_mean_tokens"] | [] => Ok(Self::Mean),
            others => Err(format!(
                "it pools by {}; supported are pooling_mode_cls_token and pooling_mode_mean_tokens",
                others.join(" and ")
            )),
        }
    }

    /// Pools the output of one text, and scales the result to length 1.
    pub(crate) fn embedding(self, output: &Output) -> Result<Vec<f32>, String> {
        let embedding = match output.shape.as_slice() {
            // Pooled by the graph.
            [1, _] => output
                .values
                .iter()
                .map(|value| f64::from(*value))
                .collect(),
            [1, length, width] if *length > 0 => self.pooled(&output.values, *length, *width),
            shape => return Err(format!("an output of shape {shape:?} is not an embedding")),
        };
        let squares: f64 = embedding.iter().map(|value: &f64| value * value).sum();
        let norm = squares.sqrt();
        if !norm.is_finite() || norm == 0.0 {
            return Err("an embedding has no direction".to_owned());
        }
        Ok(embedding
            .iter()
            .map(|value| (value / norm) as f32)
            .collect())
    }

    fn pooled(self, values: &[f32], length: usize, width: usize) -> Vec<f64> {
        let rows = match self {
            Self::Cls => 1,
            Self::Mean => length,
        };
        let mut pooled = vec![0.0; width];
        for row in values.chunks(width.max(1)).take(rows) {
            for (sum, value) in pooled.iter_mut().zip(row) {
                *sum += f64::from(*value);
            }
        }
        pooled.iter().map(|sum| sum / rows as f64).collect()
    }
}

/// The cosine of two embeddings of length 1.
pub(crate) fn cosine(one: &[f32], other: &[f32]) -> f32 {
    let products = one
        .iter()
        .zip(other)
        .map(|(a, b)| f64::from(*a) * f64::from(*b));
    products.sum::<f64>() as f32
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Output, Pooling, cosine};

    #[test]
    fn tokens_are_pooled_by_the_mode_of_the_folder() {
        let output = Output {
            shape: vec![1, 2, 2],
            values: vec![3.0, 4.0, 3.0, -4.0],
        };
        assert_eq!(Pooling::Cls.embedding(&output).unwrap(), [0.6, 0.8]);
        assert_eq!(Pooling::Mean.embedding(&output).unwrap(), [1.0, 0.0]);
        assert!((cosine(&[0.6, 0.8], &[1.0, 0.0]) - 0.6).abs() < 1e-6);
        let wrong = Output {
            shape: vec![2, 2],
            values: vec![0.0; 4],
        };
        assert!(Pooling::Mean.embedding(&wrong).is_err());
    }

    #[test]
    fn modes_that_are_not_supported_are_named() {
        let mode = |name: &str| Pooling::from_config(&json!({ name: true, "word_dim": 3 }));
        assert_eq!(mode("pooling_mode_cls_token"), Ok(Pooling::Cls));
        assert_eq!(mode("pooling_mode_mean_tokens"), Ok(Pooling::Mean));
        let error = mode("pooling_mode_lasttoken").unwrap_err();
        assert!(error.contains("pooling_mode_lasttoken"), "{error}");
    }
}
