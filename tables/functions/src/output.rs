//! What the window functions return.

use std::sync::Arc;

use bigmodel_rerank_engine::Score;
use datafusion::arrow::array::{ArrayRef, Float32Array, Int64Array};
use datafusion::arrow::datatypes::DataType;

/// What a window function returns of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Output {
    Score,
    RawScore,
    Tokens,
}

impl Output {
    pub(crate) const ALL: [Self; 3] = [Self::Score, Self::RawScore, Self::Tokens];

    /// Returns the name of the function.
    pub(crate) fn function(self) -> &'static str {
        match self {
            Self::Score => "rerank_score",
            Self::RawScore => "rerank_raw_score",
            Self::Tokens => "rerank_tokens",
        }
    }

    /// Returns the type of the column.
    pub(crate) fn data_type(self) -> DataType {
        match self {
            Self::Score | Self::RawScore => DataType::Float32,
            Self::Tokens => DataType::Int64,
        }
    }

    /// Returns a column of what the function returns.
    pub(crate) fn array(self, scores: &[Option<Score>]) -> ArrayRef {
        let floats = |value: fn(&Score) -> f32| {
            let values = scores.iter().map(|score| score.as_ref().map(value));
            Arc::new(values.collect::<Float32Array>()) as ArrayRef
        };
        match self {
            Self::Score => floats(|score| score.normalized),
            Self::RawScore => floats(|score| score.raw),
            Self::Tokens => {
                let tokens = |score: &Score| i64::try_from(score.tokens).unwrap_or(i64::MAX);
                let values = scores.iter().map(|score| score.as_ref().map(tokens));
                Arc::new(values.collect::<Int64Array>())
            }
        }
    }
}
