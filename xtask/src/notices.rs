//! What the generator does not carry exactly, as a table of rules.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bigmodel_rerank_codegen::{Class, Generated, Notice, Rule};

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
        "{} operations, {} skipped; {} schemas, {} loose places; {} remarks\n",
        generated.operations,
        generated.skipped,
        generated.schemas,
        count(Class::Loose),
        count(Class::Exact),
    )?;
    let mut rules: BTreeMap<&Rule, Vec<&Notice>> = BTreeMap::new();
    for notice in &generated.notices {
        rules.entry(notice.rule).or_default().push(notice);
    }
    for (rule, notices) in rules.iter().rev() {
        let places = if notices.len() == 1 {
            "place"
        } else {
            "places"
        };
        writeln!(
            out,
            "{} {}: {} {places}",
            rule.class,
            rule.id,
            notices.len()
        )?;
        writeln!(out, "  the crate has {}", rule.carried)?;
        write_forms(out, notices)?;
    }
    writeln!(out)
}

/// Each way in which a rule was applied: how often, where first, and how to make it exact.
fn write_forms(out: &mut String, notices: &[&Notice]) -> std::fmt::Result {
    let mut forms: Vec<(&Notice, String, usize)> = Vec::new();
    for notice in notices {
        let key = notice.diagnostic.pointer.last();
        let same = forms.iter_mut().find(|(first, last, _)| {
            first.diagnostic.message == notice.diagnostic.message && *last == key
        });
        match same {
            Some((.., count)) => *count += 1,
            None => forms.push((notice, key, 1)),
        }
    }
    forms.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
    for (first, key, count) in forms.iter().take(MOST_FORMS) {
        let diagnostic = &first.diagnostic;
        let (file, line) = (&diagnostic.file, diagnostic.line);
        writeln!(out, "  {count:>5}  {}", diagnostic.message)?;
        if *count == 1 {
            writeln!(out, "         {file}:{line}; help: {}", diagnostic.help)?;
        } else {
            writeln!(
                out,
                "         first {file}:{line}; an overlay action on $..['{key}'] settles all"
            )?;
        }
    }
    let rest = forms.len().saturating_sub(MOST_FORMS);
    if rest > 0 {
        writeln!(out, "         and {rest} other forms")?;
    }
    Ok(())
}
