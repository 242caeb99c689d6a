//! The report in its three forms.

mod html;
mod json;
mod sentences;
mod text;
mod visible;

use std::fmt;

use serde_json::Value;

use crate::review::Review;

impl Review {
    /// Returns the report for a terminal.
    pub fn text(&self) -> String {
        text::text(self)
    }

    /// Returns the report for programs.
    pub fn to_json(&self) -> Value {
        json::json(self)
    }

    /// Returns the report as a self-contained page that loads nothing and runs no script.
    pub fn to_html(&self) -> String {
        html::html(self)
    }
}

impl fmt::Display for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
