//! How many rows a query scores, known before it runs.

use datafusion::common::stats::Precision;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::statistics::{StatisticsArgs, StatisticsContext};
use datafusion::physical_plan::windows::BoundedWindowAggExec;

/// Returns how many rows the window functions of a plan score; `None` if the files do not say how
/// many rows they have, or a filter or join decides.
pub(crate) fn rows_to_score(plan: &dyn ExecutionPlan) -> Option<u64> {
    let mut total = 0_u64;
    for child in plan.children() {
        total = total.saturating_add(rows_to_score(child.as_ref())?);
    }
    let Some(window) = plan.downcast_ref::<BoundedWindowAggExec>() else {
        return Some(total);
    };
    let functions = window.window_expr().iter();
    let functions = functions.filter(|function| function.name().starts_with("rerank_"));
    let functions = functions.count() as u64;
    if functions == 0 {
        return Some(total);
    }
    let input = window.input().as_ref();
    let statistics = StatisticsContext::new().compute(input, &StatisticsArgs::default());
    match statistics.ok()?.num_rows {
        Precision::Exact(rows) => Some(total.saturating_add(functions.saturating_mul(rows as u64))),
        _ => None,
    }
}
