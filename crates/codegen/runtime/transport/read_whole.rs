//! Reading responses whole, of operations that may also respond with a stream.

use crate::response::RawResponse;

/// The most that is read of a response, in bytes; a longer one is cut there.
const LONGEST_RESPONSE: usize = 64 << 20;

/// Reads the whole of a response.
pub(crate) async fn read_whole(
    mut response: reqwest::Response,
) -> Result<RawResponse, reqwest::Error> {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(reqwest::Error::without_url)? {
        let room = LONGEST_RESPONSE - body.len();
        body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        if body.len() == LONGEST_RESPONSE {
            break;
        }
    }
    Ok(RawResponse::new(status, headers, body))
}
