//! Damaged folders are errors that name the file, and never panics.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what is missing fails the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use bigmodel_rerank_model::{LoadError, Model, Options};
use tempfile::TempDir;

const CROSS_ENCODER: &[&str] = &["config.json", "tokenizer.json", "onnx/model.onnx"];

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models")
}

/// A copy of a model's folder.
fn copy(name: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_into(&models().join(name), folder.path());
    folder
}

fn copy_into(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn error(folder: &Path) -> LoadError {
    Model::load(folder, &Options::default()).unwrap_err()
}

#[test]
fn a_missing_file_is_named() {
    for file in CROSS_ENCODER {
        let folder = copy("bert");
        fs::remove_file(folder.path().join(file)).unwrap();
        let error = error(folder.path());
        let name = file.rsplit('/').next().unwrap();
        assert!(
            matches!(error, LoadError::Missing { .. }),
            "{file}: {error}"
        );
        assert!(error.to_string().contains(name), "{file}: {error}");
    }
    let nowhere = error(Path::new("nowhere"));
    assert!(matches!(nowhere, LoadError::NotAFolder(_)), "{nowhere}");
}

#[test]
fn weights_of_pytorch_alone_are_told_how_to_become_a_graph() {
    let folder = copy("bert");
    fs::remove_file(folder.path().join("onnx/model.onnx")).unwrap();
    fs::write(folder.path().join("model.safetensors"), "weights").unwrap();
    let error = error(folder.path()).to_string();
    assert!(error.contains("optimum-cli export onnx"), "{error}");
}

#[test]
fn a_file_that_is_cut_anywhere_is_an_error_that_names_it() {
    for file in CROSS_ENCODER {
        let folder = copy("bert");
        let path = folder.path().join(file);
        let whole = fs::read(&path).unwrap();
        let step = if whole.len() > 8192 { 4096 } else { 97 };
        for length in (0..whole.len()).step_by(step) {
            fs::write(&path, &whole[..length]).unwrap();
            let name = file.rsplit('/').next().unwrap();
            let text = error(folder.path()).to_string();
            assert!(text.contains(name), "{file} cut at {length}: {text}");
        }
    }
}

#[test]
fn a_file_of_something_else_is_an_error() {
    let others: [&[u8]; 8] = [
        b"",
        b"\0\0\0\0",
        b"null",
        b"[1, 2]",
        b"{\"version\": 1}",
        b"ONNX",
        &[0xff; 5000],
        &[8; 4],
    ];
    for file in CROSS_ENCODER {
        for other in others {
            // A configuration may be empty.
            if *file == "config.json" && other.starts_with(b"{") {
                continue;
            }
            let folder = copy("bert");
            fs::write(folder.path().join(file), other).unwrap();
            let error = error(folder.path()).to_string();
            assert!(error.contains(folder.path().to_str().unwrap()), "{error}");
        }
    }
}

#[test]
fn damage_in_the_middle_of_a_graph_does_not_panic() {
    let folder = copy("bert");
    let path = folder.path().join("onnx/model.onnx");
    let whole = fs::read(&path).unwrap();
    for offset in (0..whole.len()).step_by(2503) {
        let mut damaged = whole.clone();
        for byte in &mut damaged[offset..whole.len().min(offset + 3)] {
            *byte ^= 0xff;
        }
        fs::write(&path, damaged).unwrap();
        // Weights may have any value, so some damage is not noticed.
        let _ = Model::load(folder.path(), &Options::default());
    }
}

#[test]
fn models_that_do_not_rank_are_refused_by_what_they_have() {
    let error = error(&models().join("two-labels")).to_string();
    assert!(error.contains("2 labels"), "{error}");
    let folder = copy("embedding");
    let pooling = r#"{"pooling_mode_lasttoken": true}"#;
    fs::write(folder.path().join("1_Pooling/config.json"), pooling).unwrap();
    let error = self::error(folder.path()).to_string();
    assert!(error.contains("pooling_mode_lasttoken"), "{error}");
    let folder = copy("embedding");
    let dense = r#"[{"path": "2_Dense", "type": "sentence_transformers.models.Dense"}]"#;
    fs::write(folder.path().join("modules.json"), dense).unwrap();
    let error = self::error(folder.path()).to_string();
    assert!(error.contains("lacks the module Dense"), "{error}");
}

#[test]
fn the_file_of_the_graph_can_have_another_name() {
    let folder = copy("bert");
    let path = folder.path();
    fs::rename(path.join("onnx/model.onnx"), path.join("onnx/small.onnx")).unwrap();
    let mut options = Options::default();
    options.file = Some("onnx/small.onnx".into());
    assert!(Model::load(path, &options).is_ok());
    options.file = Some("onnx/other.onnx".into());
    let error = Model::load(path, &options).unwrap_err().to_string();
    assert!(error.contains("other.onnx"), "{error}");
}

#[test]
fn configurations_may_have_a_byte_order_mark_and_nothing_else_than_an_object() {
    let folder = copy("bert");
    let path = folder.path().join("config.json");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [b"\xef\xbb\xbf", &whole[..]].concat()).unwrap();
    assert!(Model::load(folder.path(), &Options::default()).is_ok());
    for (file, text, message) in [
        ("config.json", "[]", "it holds an array, expected an object"),
        ("config.json", "null", "it holds null, expected an object"),
        ("config.json", "", "it is empty"),
        (
            "tokenizer_config.json",
            "null",
            "it holds null, expected an object",
        ),
        (
            "modules.json",
            "{}",
            "it holds an object, expected an array",
        ),
        (
            "config_sentence_transformers.json",
            "[]",
            "it holds an array, expected an object",
        ),
    ] {
        let folder = copy("bert");
        fs::write(folder.path().join(file), text).unwrap();
        let error = error(folder.path()).to_string();
        assert!(error.contains(file) && error.contains(message), "{error}");
    }
}

/// Changes a JSON file of a folder.
fn change(file: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let mut value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    change(&mut value);
    fs::write(file, value.to_string()).unwrap();
}

#[test]
fn a_tokenizer_of_another_model_is_noticed_at_load() {
    let folder = copy("bert");
    change(&folder.path().join("tokenizer.json"), |tokenizer| {
        let vocabulary = tokenizer["model"]["vocab"].as_object_mut().unwrap();
        vocabulary.insert("reranking".to_owned(), 4000.into());
    });
    let error = error(folder.path()).to_string();
    assert!(error.contains("onnx/model.onnx"), "{error}");
    assert!(
        error.contains("the greatest token of tokenizer.json, 4000"),
        "{error}"
    );
}

#[test]
fn positions_that_the_graph_does_not_have_are_noticed_at_load() {
    for name in ["bert", "xlm-roberta"] {
        let folder = copy(name);
        change(&folder.path().join("config.json"), |config| {
            config["max_position_embeddings"] = 200.into();
        });
        let error = error(folder.path()).to_string();
        assert!(error.contains("it does not take"), "{error}");
        assert!(error.contains("--model-tokens"), "{error}");
        let mut options = Options::default();
        options.tokens = 40;
        assert!(Model::load(folder.path(), &options).is_ok());
    }
}

#[test]
fn a_tokenizer_that_adds_no_special_tokens_is_noticed_at_load() {
    let without = |name: &str| {
        let folder = copy(name);
        change(&folder.path().join("tokenizer.json"), |tokenizer| {
            tokenizer["post_processor"] = serde_json::Value::Null;
        });
        folder
    };
    let error = error(without("bert").path()).to_string();
    assert!(error.contains("tokenizer.json"), "{error}");
    assert!(
        error.contains("query and document would not be separated"),
        "{error}"
    );
    // The mean of tokens is one without special tokens too.
    let folder = without("embedding");
    assert!(Model::load(folder.path(), &Options::default()).is_ok());
    let pooling = r#"{"pooling_mode_cls_token": true}"#;
    fs::write(folder.path().join("1_Pooling/config.json"), pooling).unwrap();
    let error = self::error(folder.path()).to_string();
    assert!(error.contains("there is no first token"), "{error}");
}

#[test]
fn external_data_that_is_missing_or_cut_is_an_error() {
    let folder = copy("bert");
    let mut options = Options::default();
    options.file = Some("onnx/model_external.onnx".into());
    let data = folder.path().join("onnx/model_external.onnx_data");
    let whole = fs::read(&data).unwrap();
    for length in (0..whole.len()).step_by(4096) {
        fs::write(&data, &whole[..length]).unwrap();
        let error = Model::load(folder.path(), &options)
            .unwrap_err()
            .to_string();
        assert!(error.contains("model_external.onnx"), "{length}: {error}");
    }
    fs::remove_file(&data).unwrap();
    let error = Model::load(folder.path(), &options)
        .unwrap_err()
        .to_string();
    assert!(error.contains("model_external.onnx"), "{error}");
}
