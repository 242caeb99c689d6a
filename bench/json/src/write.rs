//! Ways to serialize a request.

use std::ops::Range;

use bigmodel_rerank_api::types::RerankRequest;

type Write = fn(&RerankRequest) -> Vec<u8>;

pub(crate) fn by_name(name: &str) -> Option<Write> {
    Some(match name {
        "serde_json" => serde_json_default,
        "serde_json, preallocated" => serde_json_preallocated,
        "sonic-rs" => sonic,
        "sonic-rs, preallocated" => sonic_preallocated,
        "json-escape-simd" => |request| {
            by_hand(request, |text, out| {
                json_escape_simd::escape_into(text, out)
            })
        },
        "safe scan" => |request| by_hand(request, safe_scan),
        _ => return None,
    })
}

fn serde_json_default(request: &RerankRequest) -> Vec<u8> {
    serde_json::to_vec(request).expect("JSON")
}

fn serde_json_preallocated(request: &RerankRequest) -> Vec<u8> {
    let mut out = Vec::with_capacity(capacity(request));
    serde_json::to_writer(&mut out, request).expect("JSON");
    out
}

fn sonic(request: &RerankRequest) -> Vec<u8> {
    sonic_rs::to_vec(request).expect("JSON")
}

fn sonic_preallocated(request: &RerankRequest) -> Vec<u8> {
    let mut out = Vec::with_capacity(capacity(request));
    sonic_rs::to_writer(&mut out, request).expect("JSON");
    out
}

/// The length of the texts, plus an estimate for escapes and the rest.
fn capacity(request: &RerankRequest) -> usize {
    let texts: usize = request.documents.iter().map(|text| text.len() + 3).sum();
    texts + texts / 16 + request.query.len() + 256
}

/// Writes the members one by one, as generated code could, with a given string writer.
fn by_hand(request: &RerankRequest, string: fn(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::with_capacity(capacity(request));
    out.extend_from_slice(b"{\"model\":");
    string(&request.model.to_string(), &mut out);
    out.extend_from_slice(b",\"query\":");
    string(&request.query, &mut out);
    out.extend_from_slice(b",\"documents\":[");
    for (index, text) in request.documents.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        string(text, &mut out);
    }
    out.push(b']');
    if let Some(id) = &request.request_id {
        out.extend_from_slice(b",\"request_id\":");
        string(id, &mut out);
    }
    out.push(b'}');
    out
}

/// Writes a string without `unsafe`: scans blocks of 32 bytes, which the compiler vectorizes, and
/// single bytes only in a block that needs escapes.
fn safe_scan(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut copied = 0;
    let starts = (0..).step_by(32);
    for (start, block) in starts.zip(blocks) {
        if block
            .iter()
            .fold(0, |found, byte| found | u8::from(is_escaped(*byte)))
            > 0
        {
            copied = escape_each(bytes, copied, start..start + 32, out);
        }
    }
    copied = escape_each(bytes, copied, bytes.len() - rest.len()..bytes.len(), out);
    out.extend_from_slice(&bytes[copied..]);
    out.push(b'"');
}

/// Escapes the bytes in the range that need it, and returns the end of what is written.
fn escape_each(bytes: &[u8], mut copied: usize, range: Range<usize>, out: &mut Vec<u8>) -> usize {
    for at in range {
        if is_escaped(bytes[at]) {
            out.extend_from_slice(&bytes[copied..at]);
            escape(bytes[at], out);
            copied = at + 1;
        }
    }
    copied
}

fn is_escaped(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

fn escape(byte: u8, out: &mut Vec<u8>) {
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        _ => {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}
