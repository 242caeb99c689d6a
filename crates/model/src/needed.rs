//! The files of a repository that a model needs.

use crate::external_data::is_data;
use crate::folder::GRAPHS;

/// The files that are read if a folder has them.
const FILES: [&str; 6] = [
    "README.md",
    "config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "tokenizer.json",
    "tokenizer_config.json",
];

/// Returns those of the files of a repository that [`Model::load`](crate::Model::load) reads, the
/// graph last; `None` if there is no graph. Paths have `/`. `graph` is the graph, if it has another
/// name than usual.
#[must_use]
pub fn needed_files<'a>(files: &[&'a str], graph: Option<&str>) -> Option<Vec<&'a str>> {
    let find = |name: &str| files.iter().find(|file| **file == name).copied();
    let graph = match graph {
        Some(graph) => find(graph),
        None => GRAPHS.into_iter().find_map(find),
    }?;
    // Those of modules, such as 1_Pooling.
    let is_of_module = |file: &&&str| {
        let folder = file.strip_suffix("/config.json");
        folder.is_some_and(|folder| folder.starts_with(|c: char| c.is_ascii_digit()))
    };
    let mut needed: Vec<_> = FILES.into_iter().filter_map(find).collect();
    needed.extend(files.iter().filter(is_of_module));
    needed.extend(files.iter().filter(|file| is_data(file, graph)));
    needed.push(graph);
    Some(needed)
}

#[cfg(test)]
mod tests {
    use super::needed_files;

    #[test]
    fn a_graph_comes_with_its_data_and_what_describes_the_model() {
        let files = [
            "1_Pooling/config.json",
            "README.md",
            "config.json",
            "model.safetensors",
            "onnx/model.onnx",
            "onnx/model.onnx_data",
            "onnx/model.onnx_data_1",
            "onnx/model_int8.onnx",
            "onnx/config.json",
            "tokenizer.json",
        ];
        assert_eq!(
            needed_files(&files, None).unwrap(),
            [
                "README.md",
                "config.json",
                "tokenizer.json",
                "1_Pooling/config.json",
                "onnx/model.onnx_data",
                "onnx/model.onnx_data_1",
                "onnx/model.onnx",
            ]
        );
        let int8 = needed_files(&files, Some("onnx/model_int8.onnx")).unwrap();
        assert_eq!(int8.last(), Some(&"onnx/model_int8.onnx"));
        assert!(!int8.contains(&"onnx/model.onnx_data"));
        assert_eq!(needed_files(&files, Some("other.onnx")), None);
        assert_eq!(needed_files(&["model.safetensors"], None), None);
    }
}
