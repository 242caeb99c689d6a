//! Who calls.

use std::path::PathBuf;

use super::cases::Case;
use super::locked;
use super::responder::Responder;
use crate::places::Bench;
use crate::programs;
use crate::python;
use crate::records::Run;

/// The one that others are compared with.
pub(crate) const BASE: &str = "reqwest";

/// Those written in Rust: name, folder, the package that it is about, and which answers it reads.
const IN_RUST: [(&str, &str, &str, Reads); 5] = [
    (BASE, "reqwest", "reqwest", Reads::Both),
    ("generated", "generated", "bigmodel-rerank-api", Reads::Both),
    ("client", "client", "bigmodel-rerank", Reads::Plain),
    ("hyper", "hyper", "hyper", Reads::Both),
    ("zai-rs", "zai-rs", "zai-rs", Reads::Documents),
];
const PYTHON: &str = "httpx";
const PYTHON_FOLDER: &str = "calling/httpx";

/// Which answers a contender can read or asks for.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Reads {
    Both,
    /// It never asks for the documents.
    Plain,
    /// It takes an answer without documents for broken.
    Documents,
}

pub(crate) struct Contender {
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
    /// What goes before the arguments.
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
        let answers = if case.with_documents {
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
            answers.to_owned(),
        ];
        script.chain(rest).collect()
    }
}

/// Builds them, each alone. Who cannot be built is left out, and that is told.
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
            Err(error) => run.remark(format!("{name} is left out: {error:#}")),
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
        Err(error) => run.remark(format!("{PYTHON} is left out: {error:#}")),
    }
    contenders
}

pub(crate) fn build_responder(bench: &Bench) -> anyhow::Result<Responder> {
    let program = programs::build(bench, "calling/responder", "calling-responder")?;
    Ok(Responder::new(program))
}
