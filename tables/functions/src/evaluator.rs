//! Scores the rows of a partition.

use std::ops::Range;

use bigmodel_rerank_engine::{Score, Scorer};
use datafusion::arrow::array::{Array as _, ArrayRef};
use datafusion::common::{Result, ScalarValue, exec_err};
use datafusion::logical_expr::PartitionEvaluator;

use crate::arguments::Texts;
use crate::output::Output;
use crate::scorer::ScorerRef;
use crate::scorers;
use crate::scoring::score;

/// Scores a partition when all of its rows are there, and then returns the rows one by one.
#[derive(Debug)]
pub(crate) struct RerankEvaluator {
    scorer: ScorerRef,
    output: Output,
    /// The results of all rows, and the next row to return.
    results: Option<(ArrayRef, usize)>,
}

impl RerankEvaluator {
    pub(crate) fn new(scorer: ScorerRef, output: Output) -> Self {
        Self {
            scorer,
            output,
            results: None,
        }
    }
}

impl PartitionEvaluator for RerankEvaluator {
    /// A row depends on the whole partition. Execution is bounded all the same: DataFusion then
    /// keeps the rows of one partition in memory, and not those of the table.
    fn supports_bounded_execution(&self) -> bool {
        true
    }

    fn get_range(&self, _: usize, rows: usize) -> Result<Range<usize>> {
        Ok(0..rows)
    }

    fn evaluate_all(&mut self, values: &[ArrayRef], rows: usize) -> Result<ArrayRef> {
        let scorer = scorers::get(&self.scorer)?;
        let scores = score_partition(self.output.function(), scorer.as_ref(), values, rows)?;
        Ok(self.output.array(&scores))
    }

    fn evaluate(&mut self, values: &[ArrayRef], range: &Range<usize>) -> Result<ScalarValue> {
        let (results, row) = match self.results.take() {
            Some((results, row)) if results.len() == range.end => (results, row),
            _ => (self.evaluate_all(values, range.end)?, 0),
        };
        let value = ScalarValue::try_from_array(&results, row);
        self.results = Some((results, row + 1));
        value
    }
}

/// Returns the scores of the rows; none for rows without query or text.
fn score_partition(
    function: &str,
    scorer: &dyn Scorer,
    values: &[ArrayRef],
    rows: usize,
) -> Result<Vec<Option<Score>>> {
    let (queries, texts) = Texts::pair(function, values)?;
    let mut partition: Option<&str> = None;
    let (mut scored_rows, mut documents) = (Vec::new(), Vec::new());
    for row in 0..rows {
        let (Some(query), Some(text)) = (queries.get(row), texts.get(row)) else {
            continue;
        };
        if partition.is_some_and(|partition| partition != query) {
            return exec_err!(
                "{function}: rows of one partition have different queries; name what tells queries \
                 apart: OVER (PARTITION BY query_id), or OVER (PARTITION BY query)"
            );
        }
        partition = Some(query);
        scored_rows.push(row);
        documents.push(text);
    }
    let mut scores = vec![None; rows];
    let Some(query) = partition else {
        return Ok(scores);
    };
    let scored = score(function, scorer, query, &documents)?;
    for (row, score) in scored_rows.into_iter().zip(scored) {
        if let Some(place) = scores.get_mut(row) {
            *place = Some(score);
        }
    }
    Ok(scores)
}
