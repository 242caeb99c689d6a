//! The lines of a response that is read as it comes.

/// What is kept of one line, in bytes; a longer one is cut there.
pub(crate) const LONGEST_LINE: usize = 64 << 20;

/// Reads lines.
pub(crate) struct Lines {
    response: reqwest::Response,
    /// Whether lines end at CR too, with or without LF after it.
    ends_at_cr: bool,
    /// What was received, and not returned yet.
    pub(crate) buffer: Vec<u8>,
    /// How much of it has no end of a line.
    searched: usize,
    /// Whether the last line ended with CR, so that LF belongs to its end.
    is_after_cr: bool,
}

impl Lines {
    pub(crate) fn new(response: reqwest::Response, ends_at_cr: bool) -> Self {
        Self {
            response,
            ends_at_cr,
            buffer: Vec::new(),
            searched: 0,
            is_after_cr: false,
        }
    }

    /// Waits for the next line, and returns it without its end; `None` if the response has
    /// ended. What came after the last end of a line stays in the buffer.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<u8>>, reqwest::Error> {
        loop {
            if let Some(line) = self.received() {
                return Ok(Some(line));
            }
            let chunk = self.response.chunk().await;
            let Some(chunk) = chunk.map_err(reqwest::Error::without_url)? else {
                return Ok(None);
            };
            let mut chunk = chunk.as_ref();
            if self.buffer.len() >= LONGEST_LINE {
                let end = chunk.iter().position(|byte| self.is_end(*byte));
                chunk = chunk.get(end.unwrap_or(chunk.len())..).unwrap_or_default();
            }
            self.buffer.extend_from_slice(chunk);
        }
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == b'\n' || (byte == b'\r' && self.ends_at_cr)
    }

    /// The next line, if its end was received.
    fn received(&mut self) -> Option<Vec<u8>> {
        if self.is_after_cr && !self.buffer.is_empty() {
            self.is_after_cr = false;
            if self.buffer.first() == Some(&b'\n') {
                self.buffer.remove(0);
            }
        }
        let new = self.buffer.get(self.searched..).unwrap_or_default();
        let Some(length) = new.iter().position(|byte| self.is_end(*byte)) else {
            self.searched = self.buffer.len();
            return None;
        };
        let after = self.buffer.split_off(self.searched + length + 1);
        let mut line = std::mem::replace(&mut self.buffer, after);
        self.searched = 0;
        self.is_after_cr = line.pop() == Some(b'\r');
        if !self.ends_at_cr && line.last() == Some(&b'\r') {
            line.pop();
        }
        Some(line)
    }
}
