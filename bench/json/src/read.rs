//! Ways to deserialize a response.

use bigmodel_rerank_api::types::RerankResponse;

type Read = fn(&[u8]) -> RerankResponse;

pub(crate) fn by_name(name: &str) -> Option<Read> {
    Some(match name {
        "serde_json" => |bytes| serde_json::from_slice(bytes).expect("a response"),
        "serde_json over std's UTF-8" => |bytes| {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            serde_json::from_str(text).expect("a response")
        },
        "serde_json over simdutf8" => |bytes| {
            let text = simdutf8::basic::from_utf8(bytes).expect("UTF-8");
            serde_json::from_str(text).expect("a response")
        },
        "sonic-rs" => |bytes| sonic_rs::from_slice(bytes).expect("a response"),
        "simd-json" => |bytes| {
            // It works in place, and the client keeps the bytes of a response for errors.
            let mut copy = bytes.to_vec();
            simd_json::serde::from_slice(&mut copy).expect("a response")
        },
        _ => return None,
    })
}
