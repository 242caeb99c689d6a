//! A record as a line of JSON with its checksum.

use std::io;

use bigmodel_rerank::BackendResponse;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The text before the checksum, between it and the record, and after both.
pub(super) const HEAD: &str = "{\"checksum\":\"";
const MIDDLE: &str = "\",\"record\":";
const TAIL: &str = "}";
/// The text before the digest of the request, and after it.
const REQUEST: &str = "{\"request\":\"";
const RESPONSE: &str = "\",\"response\":{\"";

/// Hexadecimal digits of a checksum: the first half of an SHA-256.
const DIGITS: usize = 32;
/// Hexadecimal digits of the digest of a request.
const DIGEST_DIGITS: usize = 64;

/// The response to a request, identified by its digest.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Record {
    pub(super) request: String,
    pub(super) response: BackendResponse,
}

impl Record {
    /// Returns the record as a line.
    pub(super) fn to_line(&self) -> io::Result<String> {
        let record = serde_json::to_string(self)?;
        let checksum = checksum(record.as_bytes());
        Ok(format!("{HEAD}{checksum}{MIDDLE}{record}{TAIL}\n"))
    }

    /// Reads a line, without its end; `None` if it is damaged.
    pub(super) fn from_line(line: &[u8]) -> Option<Self> {
        let rest = line.strip_prefix(HEAD.as_bytes())?;
        let (written, rest) = rest.split_at_checked(DIGITS)?;
        let record = rest.strip_prefix(MIDDLE.as_bytes())?;
        let record = record.strip_suffix(TAIL.as_bytes())?;
        if written != checksum(record).as_bytes() {
            return None;
        }
        serde_json::from_slice(record).ok()
    }
}

fn checksum(record: &[u8]) -> String {
    let digest = hexadecimal(&Sha256::digest(record));
    digest.get(..DIGITS).unwrap_or_default().to_owned()
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether these bytes are the beginning of a record, of whose fixed text an eighth may be damaged:
/// no other format is that close.
pub(super) fn is_like_record(bytes: &[u8]) -> bool {
    let checksum = std::iter::repeat_n(None, DIGITS);
    let digest = std::iter::repeat_n(None, DIGEST_DIGITS);
    let fixed = |text: &'static str| text.bytes().map(Some);
    let form = fixed(HEAD)
        .chain(checksum)
        .chain(fixed(MIDDLE))
        .chain(fixed(REQUEST))
        .chain(digest)
        .chain(fixed(RESPONSE));
    let compared = bytes.iter().zip(form);
    let (right, wrong) = compared.fold((0_usize, 0_usize), |(right, wrong), (byte, form)| {
        let is_right = match form {
            Some(form) => *byte == form,
            None => byte.is_ascii_hexdigit(),
        };
        match is_right {
            true => (right + 1, wrong),
            false => (right, wrong + 1),
        }
    });
    right > 0 && wrong <= right / 8
}
