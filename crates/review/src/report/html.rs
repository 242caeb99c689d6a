//! The report as a page: one file that loads nothing and runs no script.
//!
//! The text of a contract is untrusted. All of it goes through [`escaped`], and the content
//! security policy of the page forbids scripts and requests in case that ever fails. The filter
//! consists of check boxes and CSS, so that it needs neither.

use std::fmt::Write as _;

use bigmodel_rerank_codegen::Notice;

use super::sentences::{
    DEPARTURES, THROUGH_REFERENCE, UNCONFIRMED, affected_operations, effects, heading, headline,
    located, required_bumps, reworded, rust_sentence, shown, wire_sentence,
};
use super::visible::visible;
use crate::change::Change;
use crate::location::NodeLocation;
use crate::options::Step;
use crate::review::Review;
use crate::severity::{Bump, Class};

const STYLE: &str = include_str!("page.css");

const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

pub(super) fn html(review: &Review) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = page(&mut out, review);
    out
}

fn page(out: &mut String, review: &Review) -> std::fmt::Result {
    let title = escaped(&headline(review));
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Contract change: {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    )?;
    filter_boxes(out, review)?;
    verdict(out, review)?;
    out.push_str("<main>\n");
    filter_labels(out, review)?;
    for severity in Class::ALL {
        changes(out, review, severity)?;
    }
    departures(out, review)?;
    items(out, review)?;
    diff(out, "Contract after its overlay", &review.contract_diff)?;
    diff(out, "Public Rust API", &review.rust_diff)?;
    refusals(out, review)?;
    semver_checks(out, review)?;
    next_steps(out, review)?;
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(())
}

/// Returns the short name of a class, for ids and class names.
fn key(class: Class) -> &'static str {
    match class {
        Class::Breaking => "breaking",
        Class::Unclassified => "unclassified",
        Class::Additive => "additive",
        Class::Documentation => "documentation",
    }
}

/// Writes the check boxes, which come first so that CSS can select what follows them.
fn filter_boxes(out: &mut String, review: &Review) -> std::fmt::Result {
    for class in Class::ALL {
        if review.of_severity(class).next().is_some() {
            let key = key(class);
            writeln!(
                out,
                "<input class=\"box\" type=\"checkbox\" id=\"show-{key}\" checked>"
            )?;
        }
    }
    Ok(())
}

fn filter_labels(out: &mut String, review: &Review) -> std::fmt::Result {
    if review.changes.is_empty() {
        return Ok(());
    }
    out.push_str("<div class=\"filter\" aria-label=\"Classes to show\">\n<span>Show</span>\n");
    for class in Class::ALL {
        let count = review.of_severity(class).count();
        if count > 0 {
            let (key, heading) = (key(class), heading(class));
            writeln!(
                out,
                "<label class=\"{key}\" for=\"show-{key}\">{heading} <b>{count}</b></label>"
            )?;
        }
    }
    out.push_str("</div>\n");
    Ok(())
}

fn verdict(out: &mut String, review: &Review) -> std::fmt::Result {
    let class = review.verdict.class.map_or("none", key);
    writeln!(out, "<header class=\"{class}\">\n<p>Contract change</p>")?;
    writeln!(out, "<h1>{}</h1>", escaped(&headline(review)))?;
    if review.reworded > 0 {
        writeln!(out, "<p>{}</p>", escaped(&reworded(review.reworded)))?;
    }
    if !review.is_empty() || review.verdict.rust != Bump::None {
        out.push_str("<dl>\n");
        pair(out, "Wire", &wire_sentence(&review.verdict))?;
        pair(out, "Rust API", &rust_sentence(&review.verdict))?;
        if let Some(disagreement) = &review.verdict.disagreement {
            pair(out, "Warning", disagreement)?;
        }
        out.push_str("</dl>\n");
    }
    out.push_str("</header>\n");
    Ok(())
}

fn changes(out: &mut String, review: &Review, severity: Class) -> std::fmt::Result {
    let shown = shown(review, severity);
    if shown.is_empty() {
        return Ok(());
    }
    let key = key(severity);
    writeln!(
        out,
        "<section class=\"changes {key}\">\n<h2>{}</h2>",
        heading(severity)
    )?;
    for (one, more) in shown {
        change(out, one)?;
        if more > 0 {
            writeln!(out, "<p class=\"more\">… and {more} more of this kind</p>")?;
        }
    }
    out.push_str("</section>\n");
    Ok(())
}

fn change(out: &mut String, change: &Change) -> std::fmt::Result {
    writeln!(out, "<article>\n<h3>{}</h3>", code(&arrows(&change.what)))?;
    writeln!(
        out,
        "<p class=\"rule\">{} <code>{}</code></p>\n<dl>",
        code(change.rule.name),
        escaped(change.rule.id)
    )?;
    for note in &change.notes {
        pair(out, "Note", note)?;
    }
    if change.through_reference {
        pair(out, "Note", THROUGH_REFERENCE)?;
    }
    for (who, effect) in effects(change) {
        let class = key(effect.class);
        let who = match who {
            "request" => "Request",
            "response" => "Response",
            "both" => "Both ways",
            _ => "Wire",
        };
        writeln!(
            out,
            "<dt>{who}</dt><dd><span class=\"tag {class}\">{}</span> {}</dd>",
            escaped(effect.class.name()),
            code(effect.reason)
        )?;
    }
    pair(out, "Requires", &required_bumps(change))?;
    pair(out, "Next", &change.remedy())?;
    locations(out, "Old", &change.old)?;
    locations(out, "New", &change.new)?;
    pair(out, "Affects", &affected_operations(change))?;
    if !change.items.is_empty() {
        let items: Vec<_> = change
            .items
            .iter()
            .map(|item| format!("`{item}`"))
            .collect();
        pair(out, "Items", &items.join(", "))?;
    }
    out.push_str("</dl>\n</article>\n");
    Ok(())
}

fn locations(out: &mut String, whose: &str, locations: &[NodeLocation]) -> std::fmt::Result {
    if locations.is_empty() {
        return Ok(());
    }
    write!(out, "<dt>{whose}</dt><dd>")?;
    for location in locations {
        writeln!(
            out,
            "<span class=\"location\"><code>{}:{}:{}</code> <code>{}</code></span>",
            escaped(&location.location.file),
            location.location.line,
            location.location.column,
            escaped(&location.pointer.to_string())
        )?;
    }
    writeln!(out, "</dd>")
}

fn pair(out: &mut String, name: &str, text: &str) -> std::fmt::Result {
    writeln!(out, "<dt>{name}</dt><dd>{}</dd>", code(text))
}

fn departures(out: &mut String, review: &Review) -> std::fmt::Result {
    for (is_new, heading) in DEPARTURES {
        let mut departures = review.departures.iter().filter(|one| one.is_new == is_new);
        let Some(first) = departures.next() else {
            continue;
        };
        writeln!(out, "<section>\n<h2>{heading}</h2>\n<table>")?;
        for departure in [first].into_iter().chain(departures) {
            let Notice { rule, diagnostic } = &departure.notice;
            writeln!(
                out,
                "<tr><td><span class=\"tag unclassified\">{}</span></td><td><code>{}</code></td>\
                 <td>{}; the crate has {}</td><td>{}</td></tr>",
                rule.class,
                rule.id,
                code(&diagnostic.message),
                code(rule.carried),
                escaped(&located(diagnostic))
            )?;
        }
        out.push_str("</table>\n</section>\n");
    }
    Ok(())
}

fn items(out: &mut String, review: &Review) -> std::fmt::Result {
    if review.items.is_empty() {
        return Ok(());
    }
    out.push_str("<section>\n<h2>Rust API, item by item</h2>\n<table>\n");
    for item in &review.items {
        let class = match item.bump {
            Bump::Major => "breaking",
            Bump::Minor => "additive",
            Bump::Patch | Bump::None => "documentation",
        };
        writeln!(
            out,
            "<tr><td><span class=\"tag {class}\">{}</span></td><td><code>{}</code></td><td>{}</td></tr>",
            item.bump,
            escaped(&item.item),
            code(item.reason)
        )?;
    }
    out.push_str("</table>\n</section>\n");
    Ok(())
}

/// Writes a unified diff, with a class for each line.
fn diff(out: &mut String, title: &str, diff: &str) -> std::fmt::Result {
    if diff.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<section>\n<details open>\n<summary><h2>{title}</h2></summary>"
    )?;
    out.push_str("<pre class=\"diff\" tabindex=\"0\">");
    for (nth, line) in diff.lines().enumerate() {
        let class = match line.get(..1) {
            _ if nth < 2 => "hunk",
            Some("+") => "added",
            Some("-") => "removed",
            Some("@") => "hunk",
            _ => "same",
        };
        write!(out, "<span class=\"{class}\">{}\n</span>", escaped(line))?;
    }
    out.push_str("</pre>\n</details>\n</section>\n");
    Ok(())
}

fn refusals(out: &mut String, review: &Review) -> std::fmt::Result {
    for (whose, refusal) in ["old", "new"].iter().zip(&review.refused) {
        if let Some(refusal) = refusal {
            writeln!(
                out,
                "<section>\n<h2>The generator rejects the {whose} contract</h2>\n<pre tabindex=\"0\">{}</pre>\n</section>",
                escaped(refusal)
            )?;
        }
    }
    Ok(())
}

fn semver_checks(out: &mut String, review: &Review) -> std::fmt::Result {
    let Some(checks) = &review.semver_checks else {
        return Ok(());
    };
    out.push_str("<section>\n<h2>cargo-semver-checks</h2>\n");
    if checks.installed {
        let result = checks.required.map_or("It failed.".to_owned(), |bump| {
            format!("It requires {}.", bump.with_article())
        });
        writeln!(
            out,
            "<p>{result}</p>\n<pre tabindex=\"0\">{}</pre>",
            escaped(&checks.text)
        )?;
    } else {
        writeln!(out, "<p>{UNCONFIRMED}</p>")?;
    }
    out.push_str("</section>\n");
    Ok(())
}

fn next_steps(out: &mut String, review: &Review) -> std::fmt::Result {
    if review.next_steps.is_empty() {
        return Ok(());
    }
    out.push_str("<section>\n<h2>Next steps</h2>\n<ol class=\"next\">\n");
    for step in &review.next_steps {
        match step {
            Step::Command(command) => writeln!(
                out,
                "<li><pre tabindex=\"0\">{}</pre></li>",
                escaped(command)
            )?,
            Step::Instruction(text) => writeln!(out, "<li>{}</li>", code(text))?,
        }
    }
    out.push_str("</ol>\n</section>\n");
    Ok(())
}

/// Replaces `->`, which may be broken at the end of a line.
fn arrows(text: &str) -> String {
    text.replace(" -> ", " \u{2192} ")
}

/// Escapes a text, with the parts between backticks as code.
fn code(text: &str) -> String {
    let parts: Vec<_> = text.split('`').collect();
    if parts.len() % 2 == 0 {
        return escaped(text);
    }
    let mut out = String::new();
    for (nth, part) in parts.iter().enumerate() {
        let part = escaped(part);
        if nth % 2 == 1 {
            out.push_str(&format!("<code>{part}</code>"));
        } else {
            out.push_str(&part);
        }
    }
    out
}

/// Escapes a text for a page, in attributes too.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn text_is_escaped() {
        let text = "</pre><script>alert('1')</script>\"&\u{202e}";
        let safe =
            "&lt;/pre&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;\\u{202e}";
        assert_eq!(escaped(text), safe);
        assert_eq!(
            code("`<b>` and <i>"),
            "<code>&lt;b&gt;</code> and &lt;i&gt;"
        );
        assert_eq!(code("one ` alone <i>"), "one ` alone &lt;i&gt;");
    }
}
