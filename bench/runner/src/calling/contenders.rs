//! The contenders of `calling`.

use std::path::PathBuf;

use super::cases::Case;
use super::locked;
use super::responder::Responder;
use crate::paths::Bench;
use crate::programs;
use crate::python;
use crate::records::Run;

/// The contender that the others are compared with.
pub(crate) const BASE: &str = "reqwest";

/// Rust contenders: name, folder, package, and the responses that they can read.
const IN_RUST: [(&str, &str, &str, Reads); 5] = [
    (BASE, "reqwest", "reqwest", Reads::Both),
    ("generated", "generated", "bigmodel-rerank-api", Reads::Both),
    ("client", "client", "bigmodel-rerank", Reads::Plain),
    ("hyper", "hyper", "hyper", Reads::Both),
    ("zai-rs", "zai-rs", "zai-rs", Reads::Documents),
];
const PYTHON: &str = "httpx";
const PYTHON_FOLDER: &str = "calling/httpx";

/// The responses that a contender requests or can read.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Reads {
    Both,
    /// Never requests the documents.
    Plain,
    /// Rejects a response without documents.
    Documents,
}

pub(crate) struct Contender {
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
    /// The script, which precedes the arguments.
    script: Option<PathBuf>,
    reads: Reads,
}

impl Contender {
    pub(crate) fn can(&self, case: &Case) -> bool {
        match self.reads {
            Reads::Both => true,
            Reads::Plain => !case.with_documents,
            Reads::Documents => case.with_documents,
        }
    }

    pub(crate) fn is_python(&self) -> bool {
        self.script.is_some()
    }

    pub(crate) fn arguments(
        &self,
        case: &Case,
        url: &str,
        calls: usize,
        warm: usize,
    ) -> Vec<String> {
        let script = self.script.iter().map(|path| path.display().to_string());
        let responses = if case.with_documents {
            "documents"
        } else {
            "plain"
        };
        let rest = [
            url.to_owned(),
            case.texts.display().to_string(),
            calls.to_string(),
            warm.to_string(),
            case.concurrency.to_string(),
            responses.to_owned(),
        ];
        script.chain(rest).collect()
    }
}

/// Builds each contender alone. One that cannot be built is skipped with a remark.
pub(crate) fn build(bench: &Bench, run: &mut Run) -> Vec<Contender> {
    let mut contenders = Vec::new();
    for (name, folder, package, reads) in IN_RUST {
        let path = format!("calling/{folder}");
        match programs::build(bench, &path, &format!("calling-{folder}")) {
            Ok(program) => {
                run.versions
                    .insert(package.to_owned(), locked(bench, &path, package));
                contenders.push(Contender {
                    name,
                    program,
                    script: None,
                    reads,
                });
            }
            Err(error) => run.remark(format!("{name} was skipped: {error:#}")),
        }
    }
    match python::interpreter(bench, PYTHON_FOLDER) {
        Ok(program) => {
            let version = python::version(bench, PYTHON_FOLDER, PYTHON);
            run.versions.insert(PYTHON.to_owned(), version);
            run.versions
                .insert("Python".to_owned(), python::python_version());
            let script = Some(bench.folder.join(PYTHON_FOLDER).join("call.py"));
            contenders.push(Contender {
                name: PYTHON,
                program,
                script,
                reads: Reads::Both,
            });
        }
        Err(error) => run.remark(format!("{PYTHON} was skipped: {error:#}")),
    }
    contenders
}

pub(crate) fn build_responder(bench: &Bench) -> anyhow::Result<Responder> {
    let program = programs::build(bench, "calling/responder", "calling-responder")?;
    Ok(Responder::new(program))
}
