//! Connections to a server under test.

use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

/// The read timeout of a test. A server that takes longer fails the test.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// Connects to the server, with a read timeout.
pub fn connect(address: SocketAddr) -> TcpStream {
    with_read_timeout(TcpStream::connect(address).unwrap())
}

/// Sets the read timeout of a connection.
pub fn with_read_timeout(stream: TcpStream) -> TcpStream {
    stream.set_read_timeout(Some(READ_TIMEOUT)).unwrap();
    stream
}

/// Waits until the server refuses connections, for at most a minute.
pub fn wait_until_closed(address: SocketAddr) {
    for _ in 0..12_000 {
        if TcpStream::connect(address).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("the server still accepts connections");
}
