//! The caller of a request, and its connection.

use std::net::SocketAddr;

use crate::address::Address;
use crate::guarded_body::Abort;
use crate::outcome::Refusal;

/// The facts that a connection adds to each of its requests.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) address: Address,
    /// Ends the connection.
    pub(crate) abort: Abort,
    /// The limit that the connection exceeds, if any: then it is not served for ranking.
    pub(crate) restricted: Option<Refusal>,
}

impl Caller {
    pub(crate) fn new(peer: SocketAddr) -> Self {
        Self {
            address: Address::new(peer.ip()),
            abort: Abort::default(),
            restricted: None,
        }
    }
}
