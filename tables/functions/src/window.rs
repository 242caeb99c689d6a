//! `rerank_score`, `rerank_raw_score` and `rerank_tokens`: window functions over the candidates of
//! a query.

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::expr::{WindowFunction, WindowFunctionDefinition};
use datafusion::logical_expr::function::{
    PartitionEvaluatorArgs, WindowFunctionSimplification, WindowUDFFieldArgs,
};
use datafusion::logical_expr::simplify::SimplifyContext;
use datafusion::logical_expr::{
    Expr, PartitionEvaluator, Signature, Volatility, WindowUDF, WindowUDFImpl,
};

use crate::arguments;
use crate::evaluator::RerankEvaluator;
use crate::output::Output;
use crate::scorer::ScorerRef;

/// A window function. It is bound to a scorer when a query is optimized.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct RerankWindow {
    pub(crate) output: Output,
    pub(crate) scorer: Option<ScorerRef>,
    signature: Signature,
}

impl RerankWindow {
    /// Returns the function that takes its scorer from the options of the session.
    pub(crate) fn unbound(output: Output) -> Self {
        Self::new(output, None)
    }

    pub(crate) fn new(output: Output, scorer: Option<ScorerRef>) -> Self {
        Self {
            output,
            scorer,
            signature: Signature::user_defined(Volatility::Immutable),
        }
    }
}

impl WindowUDFImpl for RerankWindow {
    fn name(&self) -> &str {
        self.output.function()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        arguments::coerce(self.name(), types)
    }

    fn field(&self, arguments: WindowUDFFieldArgs) -> Result<FieldRef> {
        let field = Field::new(arguments.name(), self.output.data_type(), true);
        Ok(Arc::new(field))
    }

    fn simplify(&self) -> Option<WindowFunctionSimplification> {
        if self.scorer.is_some() {
            return None;
        }
        let output = self.output;
        let bind = move |mut function: WindowFunction, context: &SimplifyContext| {
            let scorer = ScorerRef::from_options(context.config_options())?;
            let bound = RerankWindow::new(output, Some(scorer));
            function.fun =
                WindowFunctionDefinition::WindowUDF(Arc::new(WindowUDF::new_from_impl(bound)));
            Ok(Expr::from(function))
        };
        Some(Box::new(bind))
    }

    fn partition_evaluator(
        &self,
        _: PartitionEvaluatorArgs,
    ) -> Result<Box<dyn PartitionEvaluator>> {
        match &self.scorer {
            Some(scorer) => Ok(Box::new(RerankEvaluator::new(scorer.clone(), self.output))),
            None => plan_err!(
                "{}: the plan was not optimized; plan it with a SessionContext",
                self.name()
            ),
        }
    }
}
