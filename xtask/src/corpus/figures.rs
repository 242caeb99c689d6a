//! What was measured of one document.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};

use super::check::Check;
use super::documents::Document;
use super::examples::Examples;

/// How long a document may take.
const TIMEOUT: Duration = Duration::from_secs(300);

/// What was measured of one document.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    pub(super) name: String,
    pub(super) operations: u64,
    pub(super) skipped: u64,
    pub(super) schemas: u64,
    pub(super) notices: Vec<Applied>,
    pub(super) seconds: f64,
    pub(super) peak_kib: Option<u64>,
    /// Why there is no crate.
    pub(super) refused: Option<String>,
    pub(super) check: Option<Check>,
    pub(super) examples: Option<Examples>,
}

/// A place to which a rule was applied.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    pub(super) rule: String,
    pub(super) class: String,
    pub(super) pointer: String,
    pub(super) line: u64,
    pub(super) message: String,
}

impl Figures {
    /// The number of places of a class.
    pub(super) fn count(&self, class: &str) -> usize {
        let notices = self.notices.iter();
        notices.filter(|notice| notice.class == class).count()
    }

    /// Whether there is a crate that does not compile cleanly.
    pub(super) fn has_failed(&self) -> bool {
        self.check.as_ref().is_some_and(|check| !check.passed)
    }

    pub(super) fn to_json(&self) -> Value {
        let notices = self.notices.iter().map(|one| {
            json!({
                "rule": one.rule,
                "class": one.class,
                "pointer": one.pointer,
                "line": one.line,
                "message": one.message,
            })
        });
        json!({
            "name": self.name,
            "operations": self.operations,
            "skipped": self.skipped,
            "schemas": self.schemas,
            "seconds": self.seconds,
            "peak_kib": self.peak_kib,
            "refused": self.refused,
            "check": self.check.as_ref().map(|check| json!({
                "passed": check.passed,
                "seconds": check.seconds,
                "report": check.report,
            })),
            "examples": self.examples.as_ref().map(|examples| json!({
                "equal": examples.equal,
                "without_nulls": examples.without_nulls,
                "invalid": examples.invalid,
                "lost": examples.lost.iter().map(|(pointer, detail)| json!({
                    "pointer": pointer,
                    "detail": detail,
                })).collect::<Vec<_>>(),
            })),
            "notices": notices.collect::<Vec<_>>(),
        })
    }
}

/// Generates the crate of a document into `out`.
pub(super) fn measure(
    document: &Document,
    out: &Path,
    keep_shown_members: bool,
) -> anyhow::Result<Figures> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let mut child = Command::new(program)
        .arg("corpus-one")
        .args([&document.path, out])
        .arg(&document.name)
        .args(keep_shown_members.then_some("--keep-shown-members"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run the generator")?;
    let begin = Instant::now();
    let (mut stdout, mut stderr) = (child.stdout.take(), child.stderr.take());
    let read = |pipe: Option<Box<dyn std::io::Read + Send>>| {
        thread::spawn(move || {
            let mut text = String::new();
            // What is not read is missing below, and reported there.
            if let Some(mut pipe) = pipe {
                let _ = pipe.read_to_string(&mut text);
            }
            text
        })
    };
    let output = read(stdout.take().map(|pipe| Box::new(pipe) as _));
    let errors = read(stderr.take().map(|pipe| Box::new(pipe) as _));
    let status = loop {
        if let Some(status) = child.try_wait().context("cannot wait for the generator")? {
            break Some(status);
        }
        if begin.elapsed() > TIMEOUT {
            child.kill().context("cannot stop the generator")?;
            break None;
        }
        thread::sleep(Duration::from_millis(5));
    };
    let (output, errors) = (
        output.join().unwrap_or_default(),
        errors.join().unwrap_or_default(),
    );
    let mut figures = Figures {
        name: document.name.clone(),
        operations: 0,
        skipped: 0,
        schemas: 0,
        notices: Vec::new(),
        seconds: begin.elapsed().as_secs_f64(),
        peak_kib: None,
        refused: None,
        check: None,
        examples: None,
    };
    match (status, serde_json::from_str::<Value>(&output)) {
        (Some(status), Ok(value)) if status.success() => fill(&mut figures, &value),
        (None, _) => figures.refused = Some(format!("timed out after {} s", TIMEOUT.as_secs())),
        (Some(status), _) => {
            let last = errors.lines().last().unwrap_or("without a message");
            figures.refused = Some(format!("the generator failed ({status}): {last}"));
        }
    }
    Ok(figures)
}

fn fill(figures: &mut Figures, value: &Value) {
    let number = |key: &str| value.get(key).and_then(Value::as_u64);
    figures.operations = number("operations").unwrap_or_default();
    figures.skipped = number("skipped").unwrap_or_default();
    figures.schemas = number("schemas").unwrap_or_default();
    figures.peak_kib = number("peak_kib");
    if let Some(seconds) = value.get("seconds").and_then(Value::as_f64) {
        figures.seconds = seconds;
    }
    if let Some(problems) = number("problems") {
        let first = value
            .get("first")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let plural = if problems == 1 { "" } else { "s" };
        figures.refused = Some(format!("{problems} problem{plural}: {first}"));
    }
    let notices = value.get("notices").and_then(Value::as_array);
    for notice in notices.into_iter().flatten() {
        let text = |key: &str| {
            let text = notice.get(key).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        figures.notices.push(Applied {
            rule: text("rule"),
            class: text("class"),
            pointer: text("pointer"),
            line: notice
                .get("line")
                .and_then(Value::as_u64)
                .unwrap_or_default(),
            message: text("message"),
        });
    }
}
