//! Responses with a JSON value in each line.

use std::fmt;
use std::marker::PhantomData;

#[cfg(feature = "client")]
use crate::lines::Lines;

/// A response with a JSON value in each line, which are read as they come.
pub struct JsonLines<T> {
    #[cfg(feature = "client")]
    lines: Lines,
    values: PhantomData<fn() -> T>,
}

/// A line of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonLine<T> {
    text: String,
    value: PhantomData<T>,
}

#[cfg(feature = "client")]
impl<T> JsonLines<T> {
    /// The lines of a response.
    pub(crate) fn new(response: reqwest::Response) -> Self {
        Self {
            lines: Lines::new(response, false),
            values: PhantomData,
        }
    }

    /// Waits for the next line that is not empty; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection fails, or a timeout of the HTTP client elapses.
    pub async fn next(&mut self) -> Result<Option<JsonLine<T>>, reqwest::Error> {
        loop {
            let (line, is_last) = match self.lines.next().await? {
                Some(line) => (line, false),
                None => (std::mem::take(&mut self.lines.buffer), true),
            };
            let text = String::from_utf8_lossy(&line).into_owned();
            if !text.trim().is_empty() {
                let value = PhantomData;
                return Ok(Some(JsonLine { text, value }));
            }
            if is_last {
                return Ok(None);
            }
        }
    }
}

impl<T> JsonLine<T> {
    /// Returns the line as it came.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(feature = "client")]
impl<T: serde::de::DeserializeOwned> JsonLine<T> {
    /// Returns the value in the line.
    ///
    /// # Errors
    ///
    /// If the line is not JSON, or its value is not what the contract describes.
    pub fn value(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.text)
    }
}

/// Shows no content.
impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").finish_non_exhaustive()
    }
}
