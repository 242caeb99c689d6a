//! Charts as SVG, with a light or dark background by the reader's preference.

use std::fmt::Write as _;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 330.0;
const RIGHT: f64 = 60.0;
const TOP: f64 = 84.0;
const ROW: f64 = 24.0;
const BOTTOM: f64 = 46.0;

const STYLE: &str = "\
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 16px; font-weight: 600 }
.small { font-size: 12px; fill: #59636e }
.end { text-anchor: end }
.middle { text-anchor: middle }
.background { fill: #ffffff }
.line { stroke: #d1d9e0 }
.one { stroke: #59636e }
.s0 { fill: #59636e } .s1 { fill: #0969da } .s2 { fill: #1a7f37 } .s3 { fill: #8250df }
.s4 { fill: #bc4c00 } .s5 { fill: #bf3989 } .s6 { fill: #1b7c83 } .s7 { fill: #9a6700 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc }
.small { fill: #9198a1 }
.background { fill: #0d1117 }
.line { stroke: #3d444d }
.one { stroke: #9198a1 }
.s0 { fill: #9198a1 } .s1 { fill: #4493f8 } .s2 { fill: #3fb950 } .s3 { fill: #ab7df8 }
.s4 { fill: #f0883e } .s5 { fill: #db61a2 } .s6 { fill: #39c5cf } .s7 { fill: #d29922 }
}
</style>
";

/// A dot chart of ratios on a logarithmic scale, with a row per case and a dot per series.
pub(crate) struct Dots<'a> {
    pub(crate) title: &'a str,
    pub(crate) axis: &'a str,
    pub(crate) series: &'a [&'a str],
    pub(crate) rows: &'a [(String, Vec<Option<f64>>)],
}

/// A bar chart of values.
pub(crate) struct Bars<'a> {
    pub(crate) title: &'a str,
    pub(crate) axis: &'a str,
    pub(crate) rows: &'a [(String, f64)],
}

pub(crate) fn dots(chart: &Dots<'_>) -> String {
    let values = chart
        .rows
        .iter()
        .flat_map(|(_, values)| values.iter().flatten());
    let (low, high) = values.fold((1.0_f64, 1.0_f64), |(low, high), value| {
        (low.min(*value), high.max(*value))
    });
    let (low, high) = ((low / 1.1).ln(), (high * 1.1).ln());
    let x = |value: f64| LEFT + (value.ln() - low) / (high - low) * (WIDTH - LEFT - RIGHT);
    let mut svg = Svg::new(chart.title, chart.axis, chart.rows.len());
    // If two labels would overlap, the first one is kept.
    let mut marked: Vec<f64> = Vec::new();
    for tick in [
        1.0, 2.0, 0.5, 5.0, 0.2, 1.5, 0.7, 3.0, 0.1, 10.0, 100.0, 20.0, 50.0, 200.0,
    ] {
        let apart = |other: &f64| (x(tick) - other).abs() > 40.0;
        if (low..=high).contains(&f64::ln(tick)) && marked.iter().all(apart) {
            marked.push(x(tick));
            svg.tick(x(tick), &format!("×{tick}"), tick == 1.0);
        }
    }
    let shown = |series: &usize| {
        chart
            .rows
            .iter()
            .any(|(_, values)| matches!(values.get(*series), Some(Some(_))))
    };
    svg.legend(
        (0..chart.series.len())
            .filter(shown)
            .map(|series| (series, chart.series[series])),
    );
    for (index, (name, values)) in chart.rows.iter().enumerate() {
        let y = svg.row(index, name);
        for (series, value) in values.iter().enumerate() {
            if let Some(value) = value {
                let (x, title) = (x(*value), chart.series.get(series).unwrap_or(&""));
                svg.push(&format!(
                    r#"<circle class="s{series}" cx="{x:.1}" cy="{y:.1}" r="5.5"><title>{}: ×{value:.2}</title></circle>"#,
                    escaped(title)
                ));
            }
        }
    }
    svg.finish()
}

pub(crate) fn bars(chart: &Bars<'_>) -> String {
    let high = chart
        .rows
        .iter()
        .map(|(_, value)| *value)
        .fold(f64::MIN_POSITIVE, f64::max);
    let x = |value: f64| LEFT + value / high * (WIDTH - LEFT - RIGHT - 30.0);
    let mut svg = Svg::new(chart.title, chart.axis, chart.rows.len());
    svg.tick(x(0.0), "0", true);
    for (index, (name, value)) in chart.rows.iter().enumerate() {
        let y = svg.row(index, name);
        let class = if is_ours(name) { "s1" } else { "s0" };
        svg.push(&format!(
            r#"<rect class="{class}" x="{LEFT}" y="{:.1}" width="{:.1}" height="14" rx="2"/>"#,
            y - 7.0,
            (x(*value) - LEFT).max(1.0)
        ));
        let number = crate::tables::number(*value);
        svg.push(&format!(
            r#"<text x="{:.1}" y="{:.1}">{number}</text>"#,
            x(*value) + 6.0,
            y + 4.5
        ));
    }
    svg.finish()
}

/// Returns whether the bar is highlighted because it is of this project.
fn is_ours(name: &str) -> bool {
    crate::tables::OURS
        .iter()
        .any(|ours| name.starts_with(ours))
}

/// A chart under construction.
struct Svg {
    text: String,
    height: f64,
}

impl Svg {
    fn new(title: &str, axis: &str, rows: usize) -> Self {
        let height = TOP + ROW * rows as f64 + BOTTOM;
        let mut svg = Self {
            text: String::new(),
            height,
        };
        let (title, axis) = (escaped(title), escaped(axis));
        let _ = write!(
            svg.text,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" aria-label="{title}">
{STYLE}<rect class="background" width="{WIDTH}" height="{height}" rx="6"/>
<text class="title" x="20" y="30">{title}</text>
<text class="small middle" x="{:.1}" y="{:.1}">{axis}</text>
"#,
            LEFT + (WIDTH - LEFT - RIGHT) / 2.0,
            height - 12.0
        );
        svg
    }

    fn push(&mut self, element: &str) {
        self.text.push_str(element);
        self.text.push('\n');
    }

    /// Writes the name of a row and returns its vertical center.
    fn row(&mut self, index: usize, name: &str) -> f64 {
        let y = TOP + ROW * (index as f64 + 0.5);
        let name = escaped(name);
        self.push(&format!(
            r#"<text class="end" x="{}" y="{:.1}">{name}</text>"#,
            LEFT - 12.0,
            y + 4.5
        ));
        y
    }

    fn tick(&mut self, x: f64, label: &str, strong: bool) {
        let (top, bottom) = (TOP - 4.0, self.height - BOTTOM + 4.0);
        let class = if strong { "one" } else { "line" };
        self.push(&format!(
            r#"<line class="{class}" x1="{x:.1}" x2="{x:.1}" y1="{top}" y2="{bottom}"/>"#
        ));
        self.push(&format!(
            r#"<text class="small middle" x="{x:.1}" y="{:.1}">{label}</text>"#,
            bottom + 14.0
        ));
    }

    fn legend<'a>(&mut self, series: impl Iterator<Item = (usize, &'a str)>) {
        let mut x = 26.0;
        for (index, name) in series {
            self.push(&format!(
                r#"<circle class="s{index}" cx="{x:.1}" cy="54" r="5.5"/>"#
            ));
            self.push(&format!(
                r#"<text x="{:.1}" y="58.5">{}</text>"#,
                x + 10.0,
                escaped(name)
            ));
            x += 36.0 + 7.6 * name.chars().count() as f64;
        }
    }

    fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
