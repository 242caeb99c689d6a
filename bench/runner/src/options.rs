//! The command line.

use std::path::PathBuf;

use crate::parts;

pub(crate) struct Options {
    pub(crate) task: Task,
    /// Few repetitions, to test the benchmarks.
    pub(crate) quick: bool,
    /// Folder with published OpenAPI documents.
    pub(crate) contracts: Option<PathBuf>,
}

pub(crate) enum Task {
    Help,
    /// Measures these parts, or all.
    Measure(Vec<String>),
    /// Compares the instructions of the hot paths with the baseline, or updates it.
    Instructions {
        accept: bool,
    },
    /// Writes RESULTS.md from stored measurements.
    Render,
}

impl Options {
    pub(crate) fn from_command_line() -> Result<Self, String> {
        Self::parse(std::env::args().skip(1))
    }

    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut quick, mut accept, mut instructions, mut render, mut help) =
            (false, false, false, false, false);
        let mut names = Vec::new();
        let mut contracts = None;
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--contracts" => {
                    let folder = arguments.next().ok_or("missing folder after --contracts")?;
                    contracts = Some(PathBuf::from(folder));
                }
                "--quick" => quick = true,
                "--instructions" => instructions = true,
                "--accept" => accept = true,
                "--render" => render = true,
                "--help" | "-h" => help = true,
                name if parts::ALL.iter().any(|part| part.name == name) => names.push(argument),
                other => return Err(format!("unknown option or part `{other}`")),
            }
        }
        let task = match (help, instructions, render) {
            (true, _, _) => Task::Help,
            (_, true, false) if names.is_empty() => Task::Instructions { accept },
            (_, false, true) if names.is_empty() => Task::Render,
            (_, false, false) => Task::Measure(names),
            _ => {
                return Err(
                    "--instructions and --render cannot be combined with parts or each other"
                        .to_owned(),
                );
            }
        };
        if quick && !matches!(task, Task::Measure(_) | Task::Help) {
            return Err("--quick is valid only for measurements".to_owned());
        }
        if contracts.is_some() && !matches!(task, Task::Measure(_) | Task::Help) {
            return Err("--contracts is valid only for measurements".to_owned());
        }
        if accept && !instructions {
            return Err("--accept is valid only with --instructions".to_owned());
        }
        Ok(Self {
            task,
            quick,
            contracts,
        })
    }
}

pub(crate) fn usage() -> String {
    let mut text = "\
Usage: cargo xtask bench [NAME…] [--contracts DIR] [--quick]
       cargo xtask bench --instructions [--accept]
       cargo xtask bench --render

Measures the given parts, or all, and writes bench/RESULTS.md.

  --contracts     folder with published OpenAPI documents (.yaml, .yml, .json) that `generating` and
                  `examples` measure; without it they skip this
  --quick         few repetitions, to test the benchmarks; the results are meaningless, and are
                  written to quick/ in the target folder
  --instructions  counts the instructions of the hot paths and compares them with the baseline
  --accept        updates the baseline
  --render        writes RESULTS.md from the stored measurements

Parts:
"
    .to_owned();
    for part in parts::ALL {
        text += &format!("  {:<12}  {}\n", part.name, part.about);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Options, Task};

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn arguments_are_parts_and_options() {
        let options = parse("calling ranking --quick")
            .ok()
            .filter(|options| options.quick);
        let task = options.map(|options| options.task);
        assert!(matches!(task, Some(Task::Measure(names)) if names == ["calling", "ranking"]));
        assert!(parse("singing").is_err());
        assert!(parse("--render --quick").is_err());
        assert!(parse("generating --contracts").is_err());
        let contracts = parse("generating --contracts a")
            .ok()
            .map(|options| options.contracts);
        assert_eq!(contracts.flatten(), Some("a".into()));
    }

    #[test]
    fn accept_requires_instructions() {
        assert!(parse("--accept").is_err());
        let options = parse("--instructions --accept").ok();
        let task = options.map(|options| options.task);
        assert!(matches!(task, Some(Task::Instructions { accept: true })));
    }
}
