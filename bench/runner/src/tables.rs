//! Markdown tables of measurements.

use crate::records::Run;

/// A table of one metric.
pub(crate) struct Table<'a> {
    pub(crate) metric: &'a str,
    /// The heading of the first column.
    pub(crate) of: &'a str,
    /// The contender to which the others are compared, as ratios.
    pub(crate) base: Option<&'a str>,
    pub(crate) spread: bool,
}

impl Table<'_> {
    /// Renders a row for each case and a column for each contender.
    pub(crate) fn render(&self, run: &Run, cases: &[&str]) -> String {
        let all = run.contenders(self.metric);
        let measured = |one: &&&str| {
            cases
                .iter()
                .any(|case| run.get(case, one, self.metric).is_some())
        };
        let contenders: Vec<_> = all.iter().filter(measured).copied().collect();
        let mut text = format!("| {} |", self.of);
        for one in &contenders {
            text += &format!(" {one} |");
        }
        text += &format!("\n|---|{}\n", "---:|".repeat(contenders.len()));
        for case in cases {
            text += &format!("| {case} |");
            for one in &contenders {
                text += &format!(" {} |", self.cell(run, case, one));
            }
            text.push('\n');
        }
        text
    }

    fn cell(&self, run: &Run, case: &str, contender: &str) -> String {
        let Some(found) = run.get(case, contender, self.metric) else {
            return "–".to_owned();
        };
        let mut text = number(found.median);
        if let Some(spread) = found.spread.filter(|_| self.spread) {
            text += &format!(" ± {:.0} %", spread * 100.0);
        }
        let base = self.base.filter(|base| *base != contender);
        let base = base.and_then(|base| run.median(case, base, self.metric));
        if let Some(base) = base.filter(|base| *base > 0.0) {
            text += &format!(" (×{})", ratio(found.median / base));
        }
        text
    }
}

/// The contenders of this project.
pub(crate) const OURS: [&str; 4] = ["generated", "client", "ours", "vendored"];

/// Formats with at least three significant digits and thousands separators.
pub(crate) fn number(value: f64) -> String {
    let decimals = match value.abs() {
        0.0 => 0,
        small if small < 1.0 => 3,
        small if small < 10.0 => 2,
        small if small < 100.0 => 1,
        _ => 0,
    };
    let text = format!("{value:.decimals$}");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if part.is_empty() {
        grouped
    } else {
        format!("{grouped}.{part}")
    }
}

/// Formats a count, which has no decimals.
pub(crate) fn count(value: f64) -> String {
    if value < 100.0 {
        format!("{value:.0}")
    } else {
        number(value)
    }
}

pub(crate) fn ratio(value: f64) -> String {
    match value {
        small if small < 0.1 => format!("{value:.3}"),
        middle if middle < 10.0 => format!("{value:.2}"),
        _ => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_at_least_three_significant_digits() {
        let shown = [0.0, 0.1234, 1.234, 12.34, 123.4, 1_234_567.0].map(number);
        assert_eq!(shown, ["0", "0.123", "1.23", "12.3", "123", "1,234,567"]);
    }
}
