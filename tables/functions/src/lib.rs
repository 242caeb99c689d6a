//! Functions for [Apache DataFusion](datafusion) that score texts against a query.
//!
#![doc = include_str!("../README.md")]

mod arguments;
mod config;
mod digest;
mod evaluator;
mod output;
mod pair;
mod progress;
mod scorer;
mod scorers;
mod scoring;
mod window;
mod wire;

use datafusion::logical_expr::{ScalarUDF, WindowUDF};
use datafusion::prelude::SessionContext;

pub use config::RerankConfig;
pub use digest::model_digest;
pub use progress::scored_rows;
pub use scorers::provide_model;
pub use wire::{decode_scalar, decode_window, encode_scalar, encode_window};

/// Registers the functions and the options [`RerankConfig`] in a session.
///
/// Options that the session already has are kept.
pub fn register(context: &SessionContext) {
    {
        let state = context.state_ref();
        let mut state = state.write();
        let extensions = &mut state.config_mut().options_mut().extensions;
        if extensions.get::<RerankConfig>().is_none() {
            extensions.insert(RerankConfig::default());
        }
    }
    for function in window_functions() {
        context.register_udwf(function);
    }
    for function in scalar_functions() {
        context.register_udf(function);
    }
}

/// Returns the window functions, which take their scorer from the options of the session.
#[must_use]
pub fn window_functions() -> Vec<WindowUDF> {
    let functions = output::Output::ALL.map(window::RerankWindow::unbound);
    functions.map(WindowUDF::new_from_impl).into()
}

/// Returns the scalar functions, which take their scorer from the options of the session.
#[must_use]
pub fn scalar_functions() -> Vec<ScalarUDF> {
    vec![ScalarUDF::new_from_impl(pair::RerankPair::unbound())]
}
