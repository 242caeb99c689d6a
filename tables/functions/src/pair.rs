//! `rerank_pair`: a scalar function that scores a query and a text with a model.

use std::collections::HashMap;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float32Array};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::simplify::{ExprSimplifyResult, SimplifyContext};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

use crate::arguments::{self, Texts};
use crate::scorer::ScorerRef;
use crate::scorers;
use crate::scoring::score;

/// The name of the function.
pub(crate) const NAME: &str = "rerank_pair";

/// The function. It is bound to a scorer when a query is optimized.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct RerankPair {
    pub(crate) scorer: Option<ScorerRef>,
    signature: Signature,
}

impl RerankPair {
    /// Returns the function that takes its scorer from the options of the session.
    pub(crate) fn unbound() -> Self {
        Self::new(None)
    }

    pub(crate) fn new(scorer: Option<ScorerRef>) -> Self {
        Self {
            scorer,
            signature: Signature::user_defined(Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for RerankPair {
    fn name(&self) -> &str {
        NAME
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        arguments::coerce(NAME, types)
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Float32)
    }

    fn simplify(&self, args: Vec<Expr>, context: &SimplifyContext) -> Result<ExprSimplifyResult> {
        if self.scorer.is_some() {
            return Ok(ExprSimplifyResult::Original(args));
        }
        let scorer = model(context.config_options())?;
        let bound = Arc::new(ScalarUDF::new_from_impl(Self::new(Some(scorer))));
        let call = Expr::ScalarFunction(ScalarFunction::new_udf(bound, args));
        Ok(ExprSimplifyResult::Simplified(call))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let scorer = match &self.scorer {
            Some(scorer) => scorer.clone(),
            None => model(&args.config_options)?,
        };
        let values = ColumnarValue::values_to_arrays(&args.args)?;
        let scores = score_rows(&scorer, &values)?;
        Ok(ColumnarValue::Array(Arc::new(scores)))
    }
}

/// Returns the model of a session. The lexical scorer cannot score a pair alone.
fn model(options: &ConfigOptions) -> Result<ScorerRef> {
    match ScorerRef::from_options(options)? {
        ScorerRef::Lexical => plan_err!(
            "{NAME} needs a model: SET rerank.scorer = 'model' and SET rerank.model = 'DIR'; \
             without one, use rerank_score(query, text) OVER (PARTITION BY query_id)"
        ),
        model => Ok(model),
    }
}

/// Returns the normalized scores of the rows; null for rows without query or text.
fn score_rows(scorer: &ScorerRef, values: &[ArrayRef]) -> Result<Float32Array> {
    let scorer = scorers::get(scorer)?;
    let (queries, texts) = Texts::pair(NAME, values)?;
    let rows = values.first().map_or(0, |values| values.len());
    // A model reads the query of several texts once.
    let mut by_query: HashMap<&str, (Vec<usize>, Vec<&str>)> = HashMap::new();
    for row in 0..rows {
        if let (Some(query), Some(text)) = (queries.get(row), texts.get(row)) {
            let (rows, texts) = by_query.entry(query).or_default();
            rows.push(row);
            texts.push(text);
        }
    }
    let mut scores = vec![None; rows];
    for (query, (rows, texts)) in by_query {
        for (row, score) in rows.into_iter().zip(score(NAME, &*scorer, query, &texts)?) {
            if let Some(place) = scores.get_mut(row) {
                *place = Some(score.normalized);
            }
        }
    }
    Ok(scores.into())
}
