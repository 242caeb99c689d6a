//! Recovers the responses of a file that an interruption or a disk error has damaged.

use std::collections::HashMap;

use bigmodel_rerank::BackendResponse;

use super::record::{HEAD, Record, is_like_record};
use crate::failure::Failure;

pub(super) const OTHER_FILE: &str = "use a file of an earlier --resume, or a new name";

#[derive(Debug, Default)]
pub(super) struct Recovered {
    /// The responses, by the digest of their request.
    pub(super) responses: HashMap<String, BackendResponse>,
    /// The lines, from 1, that have a damaged record.
    pub(super) damaged: Vec<u64>,
    /// The line of an incomplete record.
    pub(super) torn: Option<u64>,
    /// The length of the file without that record.
    pub(super) length: Option<u64>,
    /// Whether the last line is something else without a line end.
    pub(super) lacks_line_end: bool,
}

/// Why a file is not used.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Its records have no checksums, as in earlier versions.
    WithoutChecksums,
    /// This line, the first, is not a record, and neither is any other.
    NotOurs(u64),
}

impl Refusal {
    pub(super) fn failure(&self, name: &str) -> Failure {
        match self {
            Self::WithoutChecksums => Failure::usage(
                format!("{name}: from an earlier version of this program, without checksums"),
                "use a new file; the responses in this one must be requested again",
            ),
            Self::NotOurs(line) => Failure::usage(
                format!("{name}:{line}: expected a response that --resume has kept"),
                OTHER_FILE,
            ),
        }
    }
}

/// Reads the records of a file. A file without any record is not ours, unless it is the beginning
/// of one.
pub(super) fn recover(bytes: &[u8]) -> Result<Recovered, Refusal> {
    let mut recovered = Recovered::default();
    let mut start = 0;
    for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let (text, is_ended) = match line.strip_suffix(b"\n") {
            Some(text) => (text, true),
            None => (line, false),
        };
        if recovered.read(text) {
            recovered.lacks_line_end = !is_ended;
        } else if !is_ended && is_like_record(text) {
            recovered.torn = Some(number);
            recovered.length = u64::try_from(start).ok();
        } else {
            recovered.damaged.push(number);
            recovered.lacks_line_end = !is_ended;
        }
        start += line.len();
    }
    let is_ours = bytes.is_empty() || !recovered.responses.is_empty() || is_like_record(bytes);
    match is_ours {
        true => Ok(recovered),
        false if is_without_checksums(bytes) => Err(Refusal::WithoutChecksums),
        false => Err(Refusal::NotOurs(1)),
    }
}

/// Whether a file begins as in versions without checksums.
fn is_without_checksums(bytes: &[u8]) -> bool {
    let digest = bytes
        .strip_prefix(b"{\"request\":\"")
        .and_then(|rest| rest.split_at_checked(64));
    digest.is_some_and(|(digest, rest)| {
        digest.iter().all(u8::is_ascii_hexdigit) && rest.starts_with(b"\",\"answer\":{")
    })
}

impl Recovered {
    /// Reads the records of a line; false if one is damaged. After a damaged line end, two
    /// records share a line.
    fn read(&mut self, line: &[u8]) -> bool {
        if let Some(record) = Record::from_line(line) {
            self.responses.insert(record.request, record.response);
            return true;
        }
        let head = HEAD.as_bytes();
        let starts = line.windows(head.len()).enumerate();
        let starts = starts.filter_map(|(at, bytes)| (bytes == head).then_some(at));
        let ends = starts.clone().skip(1).chain([line.len()]);
        let mut is_whole = None;
        for (start, end) in starts.zip(ends) {
            let segment = line.get(start..end).unwrap_or_default();
            let length = segment.iter().rposition(|byte| *byte == b'}');
            let record = segment.get(..length.map_or(0, |last| last + 1));
            let record = record.and_then(Record::from_line);
            is_whole = Some(is_whole.unwrap_or(true) && record.is_some());
            if let Some(record) = record {
                self.responses.insert(record.request, record.response);
            }
        }
        is_whole.unwrap_or(false)
    }
}
