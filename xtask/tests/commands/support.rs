//! A directory with a small contract in it, and what a run of the program did there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// One operation, one schema.
const CONTRACT: &str = "\
openapi: 3.0.3
info:
  title: Tiny
  version: 1.0.0
servers:
  - url: https://tiny.example
paths:
  /status:
    get:
      operationId: get_status
      summary: How the service is.
      responses:
        '200':
          description: The status.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Status'
components:
  schemas:
    Status:
      type: object
      description: The status of the service.
      required: [state]
      properties:
        state:
          type: string
          description: In a word.
";

/// What [`Sandbox::extend_contract`] adds to it.
const MORE: &str = "        detail:
          type: string
          description: In a sentence.
";

/// Something that is no OpenAPI contract.
const BROKEN: &str = "openapi: 3.0.3\npaths: [\n";

/// A directory to run in. It holds `tiny.yaml`.
pub(crate) struct Sandbox(TempDir);

/// What a run did.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The run itself, if it ended like this.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout:\n{}\nstderr:\n{}",
            self.stdout, self.stderr
        );
        self
    }
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let sandbox = Self(tempfile::tempdir().unwrap());
        sandbox.write("tiny.yaml", CONTRACT);
        sandbox
    }

    /// `cargo xtask`, with words split at spaces.
    pub(crate) fn run(&self, words: &str) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(words.split(' '))
            .current_dir(self.0.path())
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// `cargo xtask generate` for the contract, into `tiny/`.
    pub(crate) fn generate(&self) -> Run {
        self.run("generate --spec tiny.yaml --crate-name tiny-api --out tiny")
    }

    /// The same with `--check`.
    pub(crate) fn check(&self) -> Run {
        self.run("generate --spec tiny.yaml --crate-name tiny-api --out tiny --check")
    }

    /// `cargo xtask vendor` for the contract, into `tiny/`.
    pub(crate) fn vendor(&self) -> Run {
        self.run("vendor tiny --spec tiny.yaml --crate-name tiny-api")
    }

    /// A property more than before.
    pub(crate) fn extend_contract(&self) {
        self.write("tiny.yaml", &format!("{CONTRACT}{MORE}"));
    }

    /// No contract any more.
    pub(crate) fn break_contract(&self) {
        self.write("tiny.yaml", BROKEN);
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Adds a line at the end of a file.
    pub(crate) fn edit(&self, path: &str) {
        self.write(path, &format!("{}// edited\n", self.read(path)));
    }

    /// Every file under a directory with its text.
    pub(crate) fn files(&self, dir: &str) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        collect(&self.path(dir), &mut files);
        files
    }
}

fn collect(dir: &Path, files: &mut BTreeMap<PathBuf, String>) {
    if !dir.exists() {
        return;
    }
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            files.insert(path, text);
        }
    }
}
