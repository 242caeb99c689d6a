//! Connections to a server under test.

use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

/// How long a test waits for a response. A server that takes longer has failed.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// Connects to the server, with a limit on how long a read may take.
pub fn connect(address: SocketAddr) -> TcpStream {
    with_read_timeout(TcpStream::connect(address).unwrap())
}

/// Limits how long a read from this connection may take.
pub fn with_read_timeout(stream: TcpStream) -> TcpStream {
    stream.set_read_timeout(Some(READ_TIMEOUT)).unwrap();
    stream
}

/// Waits until the server accepts no more connections, for a minute at most.
pub fn wait_until_closed(address: SocketAddr) {
    for _ in 0..12_000 {
        if TcpStream::connect(address).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("the server still accepts connections");
}
