//! The command line.

use crate::parts;

pub(crate) struct Options {
    pub(crate) task: Task,
    /// Small counts: to see that everything works, not to measure.
    pub(crate) quick: bool,
}

pub(crate) enum Task {
    Help,
    /// These parts, or all.
    Measure(Vec<String>),
    /// The instructions of the hot paths, against the baseline or as the new one.
    Instructions {
        accept: bool,
    },
    /// RESULTS.md from measurements that are there.
    Render,
}

impl Options {
    pub(crate) fn from_command_line() -> Result<Self, String> {
        Self::parse(std::env::args().skip(1))
    }

    fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut quick, mut accept, mut instructions, mut render, mut help) =
            (false, false, false, false, false);
        let mut names = Vec::new();
        for argument in arguments {
            match argument.as_str() {
                "--quick" => quick = true,
                "--instructions" => instructions = true,
                "--accept" => accept = true,
                "--render" => render = true,
                "--help" | "-h" => help = true,
                name if parts::ALL.iter().any(|part| part.name == name) => names.push(argument),
                other => return Err(format!("`{other}` is neither an option nor a part")),
            }
        }
        let task = match (help, instructions, render) {
            (true, _, _) => Task::Help,
            (_, true, false) if names.is_empty() => Task::Instructions { accept },
            (_, false, true) if names.is_empty() => Task::Render,
            (_, false, false) => Task::Measure(names),
            _ => return Err("--instructions and --render stand alone".to_owned()),
        };
        if quick && !matches!(task, Task::Measure(_) | Task::Help) {
            return Err("--quick goes with measuring".to_owned());
        }
        if accept && !instructions {
            return Err("--accept goes with --instructions".to_owned());
        }
        Ok(Self { task, quick })
    }
}

pub(crate) fn usage() -> String {
    let mut text = "\
Usage: cargo xtask bench [NAME…] [--quick]
       cargo xtask bench --instructions [--accept]
       cargo xtask bench --render

Measures the parts named, or all, and writes bench/RESULTS.md.

  --quick         small counts: shows that all works; its figures mean nothing, and are written
                  to quick/ in the target folder
  --instructions  counts instructions of the hot paths and compares with the baseline
  --accept        makes what was counted the baseline
  --render        writes RESULTS.md again from the last measurements

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
    fn names_are_parts() {
        let options = parse("calling ranking --quick")
            .ok()
            .filter(|options| options.quick);
        let task = options.map(|options| options.task);
        assert!(matches!(task, Some(Task::Measure(names)) if names == ["calling", "ranking"]));
        assert!(parse("singing").is_err());
        assert!(parse("--render --quick").is_err());
    }

    #[test]
    fn only_counted_instructions_are_accepted() {
        assert!(parse("--accept").is_err());
        let options = parse("--instructions --accept").ok();
        let task = options.map(|options| options.task);
        assert!(matches!(task, Some(Task::Instructions { accept: true })));
    }
}
