//! What every contract is put through, and what may come out.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bigmodel_rerank_codegen::{Diagnostics, Generated, Input, Settings, Source, generate};

use crate::dice::Dice;

/// How often each kind of damage is tried, and with which seed it begins.
fn seeds(count: u64) -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok()?.parse::<u64>().ok();
    let first = number("HOSTILE_FIRST").unwrap_or(0);
    first..first + count * number("HOSTILE_ROUNDS").unwrap_or(1)
}

/// Damages once for each seed, and tells of everything that went wrong.
pub(crate) fn survive(count: u64, damage: impl Fn(&mut Dice) -> (String, Option<String>)) {
    let (mut accepted, mut refused, mut failures) = (0, 0, String::new());
    for seed in seeds(count) {
        let (contract, overlay) = damage(&mut Dice::new(seed));
        match judge(&contract, overlay.as_deref()) {
            Ok(true) => accepted += 1,
            Ok(false) => refused += 1,
            Err(reason) => {
                let _ = writeln!(failures, "seed {seed}: {reason}\n{contract}");
                if let Some(overlay) = overlay {
                    let _ = writeln!(failures, "---\n{overlay}");
                }
            }
        }
    }
    println!("{accepted} accepted, {refused} refused");
    assert!(failures.is_empty(), "{failures}");
}

/// Whether a contract was accepted; the error says what its author may not see.
pub(crate) fn judge(contract: &str, overlay: Option<&str>) -> Result<bool, String> {
    let run = || run(contract, overlay);
    match catch_unwind(AssertUnwindSafe(run)) {
        Err(_) => Err("panicked".to_owned()),
        Ok(Ok(generated)) => is_rust(&generated).map(|()| true),
        Ok(Err(diagnostics)) => is_report(&diagnostics).map(|()| false),
    }
}

pub(crate) fn run(contract: &str, overlay: Option<&str>) -> Result<Generated, Diagnostics> {
    let input = Input {
        spec: Source::new("api.yaml", contract),
        overlay: overlay.map(|text| Source::new("overlay.yaml", text)),
    };
    let settings = Settings {
        crate_name: Some("hostile".to_owned()),
        regenerate: "make api".to_owned(),
        ..Settings::default()
    };
    generate(&input, &settings)
}

fn is_rust(generated: &Generated) -> Result<(), String> {
    for (path, text) in &generated.files {
        if path.ends_with(".rs")
            && let Err(error) = syn::parse_file(text)
        {
            return Err(format!("{path} is not Rust: {error}"));
        }
    }
    Ok(())
}

pub(crate) fn is_report(diagnostics: &Diagnostics) -> Result<(), String> {
    if diagnostics.is_empty() {
        return Err("refused without a reason".to_owned());
    }
    for diagnostic in diagnostics.iter() {
        let placed = diagnostic.line >= 1 && diagnostic.column >= 1;
        if !placed || diagnostic.message.is_empty() || diagnostic.help.is_empty() {
            return Err(format!("an incomplete report: {diagnostic}"));
        }
        if diagnostic.message.contains("the generator failed") {
            return Err(diagnostic.message.clone());
        }
    }
    Ok(())
}

/// Runs `test` on a stack as small as that of any thread.
pub(crate) fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    if let Err(panic) = thread.spawn(test).unwrap().join() {
        std::panic::resume_unwind(panic);
    }
}
