//! A connection that fails if its peer reads more slowly than a minimum rate.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep_until};

use crate::rate::Window;

/// Whether a write waits for the peer to read.
#[derive(Clone, Default)]
pub(super) struct Blocked(Arc<AtomicBool>);

impl Blocked {
    pub(super) fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

pub(super) struct PacedStream {
    inner: TcpStream,
    /// The current window while a write waits.
    window: Window,
    timer: Option<Pin<Box<Sleep>>>,
    blocked: Blocked,
}

impl PacedStream {
    pub(super) fn new(inner: TcpStream, window: Window, blocked: Blocked) -> Self {
        Self {
            inner,
            window,
            timer: None,
            blocked,
        }
    }

    /// Checks the result of a write. While a write waits, one window follows another, and the
    /// connection fails at the end of one in which the peer read too little.
    fn check_rate(
        &mut self,
        context: &mut Context<'_>,
        length: usize,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(count)) = written {
            self.window.count(count);
            // After a partial write, the next write shows whether the peer reads more.
            if count == length {
                self.blocked.0.store(false, Ordering::Relaxed);
                self.timer = None;
            }
            return written;
        }
        if written.is_ready() {
            return written;
        }
        self.blocked.0.store(true, Ordering::Relaxed);
        loop {
            let timer = match &mut self.timer {
                Some(timer) => timer,
                none => {
                    self.window.restart();
                    none.insert(Box::pin(sleep_until(self.window.end())))
                }
            };
            ready!(timer.as_mut().poll(context));
            if !self.window.restart() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            timer.as_mut().reset(self.window.end());
        }
    }
}

impl AsyncRead for PacedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for PacedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(context, buffer);
        self.check_rate(context, buffer.len(), written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length = buffers.iter().map(|buffer| buffer.len()).sum();
        let written = Pin::new(&mut self.inner).poll_write_vectored(context, buffers);
        self.check_rate(context, length, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
