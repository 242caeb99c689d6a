//! The caller of a request, and the state of its connection.

use std::net::SocketAddr;

use crate::address::Address;
use crate::guarded_body::Abort;
use crate::outcome::Refusal;

/// An extension of each request: facts about its connection.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) address: Address,
    /// Closes the connection.
    pub(crate) abort: Abort,
    /// The limit that the connection exceeds, if any. Such a connection cannot rank.
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
