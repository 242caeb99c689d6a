//! What the generator does not carry exactly, as a table of rules.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bigmodel_rerank_codegen::{Class, Diagnostic, Generated, Notice, Rule};
use bigmodel_rerank_openapi::{Alike, group_alike};

/// How many forms of a rule are listed before the rest is only counted.
const MOST_FORMS: usize = 5;

/// The table; empty if there is nothing to say.
pub(crate) fn report(generated: &Generated) -> String {
    let mut text = String::new();
    if generated.notices.is_empty() {
        return text;
    }
    // Writing to a String cannot fail.
    let _ = write_report(&mut text, generated);
    text
}

fn write_report(out: &mut String, generated: &Generated) -> std::fmt::Result {
    let count = |class: Class| {
        let notices = generated.notices.iter();
        notices.filter(|notice| notice.rule.class == class).count()
    };
    writeln!(
        out,
        "{}, {} skipped; {}, {}; {}\n",
        counted(generated.operations, "operation"),
        generated.skipped,
        counted(generated.schemas, "schema"),
        counted(count(Class::Loose), "loose place"),
        counted(count(Class::Exact), "remark"),
    )?;
    let mut rules: BTreeMap<&Rule, Vec<&Notice>> = BTreeMap::new();
    for notice in &generated.notices {
        rules.entry(notice.rule).or_default().push(notice);
    }
    for (rule, notices) in rules.iter().rev() {
        let places = counted(notices.len(), "place");
        writeln!(out, "{} {}: {places}", rule.class, rule.id)?;
        writeln!(out, "  the crate has {}", rule.carried)?;
        write_forms(out, notices)?;
    }
    writeln!(out)
}

/// A number of things.
fn counted(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// Each way in which a rule was applied: how often, where first, and how to make it exact.
fn write_forms(out: &mut String, notices: &[&Notice]) -> std::fmt::Result {
    let mut forms = group_alike(notices.iter().map(|notice| &notice.diagnostic));
    forms.sort_by_key(|form| std::cmp::Reverse(form.count()));
    for form in forms.iter().take(MOST_FORMS) {
        let Diagnostic {
            file,
            line,
            message,
            help,
            ..
        } = form.first;
        writeln!(out, "  {:>5}  {message}", form.count())?;
        if form.others.is_empty() {
            writeln!(out, "         {file}:{line}; help: {help}")?;
        } else {
            let path = form.json_path();
            writeln!(
                out,
                "         first at {file}:{line}; an overlay action that targets {path} may settle all"
            )?;
        }
    }
    let rest = forms.iter().skip(MOST_FORMS);
    let places: usize = rest.map(Alike::count).sum();
    if places > 0 {
        writeln!(out, "  {places:>5}  others")?;
    }
    Ok(())
}
