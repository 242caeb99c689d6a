//! Server-sent events, as WHATWG defines them.

use std::fmt;
use std::marker::PhantomData;
#[cfg(feature = "client")]
use std::time::Duration;

#[cfg(feature = "client")]
use crate::lines::{LONGEST_LINE, Lines};

/// A response of server-sent events, which are read as they come.
pub struct EventStream<T> {
    #[cfg(feature = "client")]
    lines: Lines,
    #[cfg(feature = "client")]
    parser: Parser,
    values: PhantomData<fn() -> T>,
}

/// An event.
#[derive(Clone, PartialEq, Eq)]
pub struct Event<T> {
    name: String,
    id: String,
    data: String,
    value: PhantomData<T>,
}

#[cfg(feature = "client")]
impl<T> EventStream<T> {
    /// The events of a response.
    pub(crate) fn new(response: reqwest::Response) -> Self {
        Self {
            lines: Lines::new(response, true),
            parser: Parser::default(),
            values: PhantomData,
        }
    }

    /// Waits for the next event; `None` at the end. An event that the service did not finish is
    /// not returned.
    ///
    /// # Errors
    ///
    /// If the connection fails, or a timeout of the HTTP client elapses.
    pub async fn next(&mut self) -> Result<Option<Event<T>>, reqwest::Error> {
        while let Some(line) = self.lines.next().await? {
            if let Some((name, data)) = self.parser.line(&line) {
                return Ok(Some(Event {
                    name,
                    id: self.parser.id.clone(),
                    data,
                    value: PhantomData,
                }));
            }
        }
        Ok(None)
    }

    /// Returns the last event id, for the header `Last-Event-ID` of the next request; empty if
    /// there was none.
    pub fn last_event_id(&self) -> &str {
        &self.parser.id
    }

    /// Returns how long to wait before the next request, if the service said so.
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry
    }
}

impl<T> Event<T> {
    /// Returns the name of the event, which is `message` if the service gives none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the last event id; empty if there was none.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the data as they came, such as the `[DONE]` with which some services end.
    pub fn data(&self) -> &str {
        &self.data
    }
}

#[cfg(feature = "client")]
impl<T: serde::de::DeserializeOwned> Event<T> {
    /// Returns the data as the value that the contract describes.
    ///
    /// # Errors
    ///
    /// If the data are not JSON, or another value.
    pub fn value(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.data)
    }
}

impl<T> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("name", &self.name)
            .field("id", &self.id)
            .field("data", &self.data)
            .finish()
    }
}

/// Shows no content.
impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}

/// Makes events of lines.
#[cfg(feature = "client")]
#[derive(Default)]
struct Parser {
    /// Whether there was a line before, so that no byte order mark can come.
    has_begun: bool,
    name: String,
    data: String,
    id: String,
    retry: Option<Duration>,
}

#[cfg(feature = "client")]
impl Parser {
    /// Reads a line, and returns the name and the data of the event that it ends, if it ends one.
    fn line(&mut self, line: &[u8]) -> Option<(String, String)> {
        let text = String::from_utf8_lossy(line);
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let text = match text.strip_prefix('\u{feff}') {
            Some(text) if is_first => text,
            _ => &text,
        };
        if text.is_empty() {
            return self.finish();
        }
        let (field, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" if self.data.len() < LONGEST_LINE => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let milliseconds = value.parse().ok();
                self.retry = milliseconds.map(Duration::from_millis).or(self.retry);
            }
            // A comment, or a field that is not defined.
            _ => {}
        }
        None
    }

    /// The event that an empty line ends; `None` if it has no data.
    fn finish(&mut self) -> Option<(String, String)> {
        let mut name = std::mem::take(&mut self.name);
        let mut data = std::mem::take(&mut self.data);
        // The end of the last line; without it, there was no line.
        data.pop()?;
        if name.is_empty() {
            name.push_str("message");
        }
        Some((name, data))
    }
}
