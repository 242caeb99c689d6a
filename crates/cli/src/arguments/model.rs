//! Options of a model in a folder.

use std::path::PathBuf;

use clap::Args;

use super::at_least_one;

/// How a model in a folder is loaded.
#[derive(Args, Debug)]
pub(crate) struct ModelOptions {
    /// File of the model, from its folder; by default onnx/model.onnx or model.onnx.
    #[arg(long, value_name = "FILE", requires = "model", help_heading = "Model")]
    pub(crate) model_file: Option<PathBuf>,

    /// Most tokens of query and document that the model reads; of longer documents, the beginning
    /// counts. Time and memory grow with the square of it.
    #[arg(
        long,
        value_name = "TOKENS",
        default_value_t = 512,
        value_parser = at_least_one,
        requires = "model",
        help_heading = "Model"
    )]
    pub(crate) model_tokens: usize,
}
