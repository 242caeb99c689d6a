//! Runs the graph of a model. Only this file knows rten, so that another runtime can take its place.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::Layout as _;

use crate::{external_data, outline};

/// The inputs that a graph may have. Each is a list of one row.
const INPUTS: [&str; 4] = [
    "input_ids",
    "attention_mask",
    "token_type_ids",
    "position_ids",
];

/// The outputs that are used, the best first.
const OUTPUTS: [&str; 4] = [
    "logits",
    "sentence_embedding",
    "last_hidden_state",
    "token_embeddings",
];

/// The graph of a model.
pub(crate) struct Graph {
    model: rten::Model,
    inputs: Vec<(&'static str, NodeId)>,
    output: NodeId,
    output_name: &'static str,
    first_position: usize,
}

/// A tensor of numbers.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) shape: Vec<usize>,
    pub(crate) values: Vec<f32>,
}

/// A text or a pair of texts as numbers.
#[derive(Debug, Default)]
pub(crate) struct Input {
    pub(crate) ids: Vec<i32>,
    pub(crate) types: Vec<i32>,
}

/// What runs a graph on one core.
#[derive(Clone)]
pub(crate) struct Core(Arc<ThreadPool>);

impl Core {
    pub(crate) fn new() -> Self {
        Self(Arc::new(ThreadPool::with_num_threads(1)))
    }
}

impl Graph {
    /// Loads a graph, with external data from beside the file. The error says what is wrong.
    ///
    /// Texts begin at `first_position`.
    pub(crate) fn load(path: &Path, first_position: usize) -> Result<Self, String> {
        outline::check(path)?;
        let loaded = guarded(|| {
            let mut options = ModelOptions::with_all_ops();
            options.prepack_weights(true);
            let data = external_data::beside_link(path).map_err(message)?;
            if data.is_empty() {
                return options.load_file(path).map_err(message);
            }
            for (name, content) in data {
                options.external_data(&name, content);
            }
            options
                .load(std::fs::read(path).map_err(message)?)
                .map_err(message)
        });
        let model = loaded?;
        let mut inputs = Vec::new();
        for id in model.input_ids() {
            let name = model.node_info(*id).and_then(|node| node.name());
            let name = name.unwrap_or("without a name");
            let known = INPUTS.into_iter().find(|known| *known == name);
            let known = known.ok_or_else(|| {
                format!(
                    "the graph has the input `{name}`; known are {}",
                    INPUTS.join(", ")
                )
            })?;
            inputs.push((known, *id));
        }
        if !inputs.iter().any(|(name, _)| *name == "input_ids") {
            return Err("the graph has no input `input_ids`".to_owned());
        }
        let outputs = model.output_ids();
        let by_name = OUTPUTS.into_iter().find_map(|name| {
            let is_named =
                |id: &&NodeId| model.node_info(**id).and_then(|it| it.name()) == Some(name);
            outputs.iter().find(is_named).map(|id| (name, *id))
        });
        let Some((output_name, output)) = by_name else {
            let names = outputs.iter().filter_map(|id| model.node_info(*id)?.name());
            let names: Vec<_> = names.collect();
            return Err(format!(
                "the graph has the outputs [{}]; known are {}",
                names.join(", "),
                OUTPUTS.join(", ")
            ));
        };
        Ok(Self {
            inputs,
            output,
            output_name,
            first_position,
            model,
        })
    }

    /// The name of the output.
    pub(crate) fn output_name(&self) -> &'static str {
        self.output_name
    }

    /// Returns whether the graph has all modules of an embedding model, or needs none.
    pub(crate) fn is_pooled(&self) -> bool {
        matches!(self.output_name, "logits" | "sentence_embedding")
    }

    /// Runs the graph on one text or pair.
    pub(crate) fn run(&self, input: &Input, core: &Core) -> Result<Output, String> {
        guarded(|| self.run_unguarded(input, core))
    }

    fn run_unguarded(&self, input: &Input, core: &Core) -> Result<Output, String> {
        let length = input.ids.len();
        let first = i32::try_from(self.first_position).map_err(message)?;
        let end = i32::try_from(self.first_position.saturating_add(length)).map_err(message)?;
        let row = |values: Vec<i32>| Value::from_shape([1, length], values).map_err(message);
        let mut inputs: Vec<(NodeId, ValueOrView<'_>)> = Vec::new();
        for (name, id) in &self.inputs {
            let values = match *name {
                "input_ids" => input.ids.clone(),
                "token_type_ids" => input.types.clone(),
                "position_ids" => (first..end).collect(),
                _ => vec![1; length],
            };
            inputs.push((*id, row(values)?.into()));
        }
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&core.0)));
        let outputs = self.model.run(inputs, &[self.output], Some(options));
        let output = outputs.map_err(message)?.into_iter().next();
        match output {
            Some(Value::FloatTensor(tensor)) => Ok(Output {
                shape: tensor.shape().to_vec(),
                values: tensor.into_data(),
            }),
            Some(other) => Err(format!("the output is {} and not f32", other.dtype())),
            None => Err("there is no output".to_owned()),
        }
    }
}

fn message(error: impl fmt::Display) -> String {
    error.to_string()
}

/// Runs a step whose panics are errors: a damaged graph can break what the runtime takes for granted.
fn guarded<T>(step: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|_| Err("the runtime panicked".to_owned()))
}
