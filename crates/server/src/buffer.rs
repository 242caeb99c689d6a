//! A buffer for a body. The memory of a large body returns to the system when the buffer is
//! dropped.
//!
//! Allocators keep freed memory: after some bodies of several megabytes, glibc would keep hundreds
//! of MiB as long as the server runs.

use std::io;
use std::ops::Deref;

use memmap2::MmapMut;

pub(crate) enum Buffer {
    Small(Vec<u8>),
    /// Mapped pages. They use no memory until they are written to, so the mapping can have the size
    /// of the largest body.
    Large {
        pages: MmapMut,
        length: usize,
    },
}

impl Buffer {
    /// Makes room for `size` bytes in total.
    pub(crate) fn enlarge(&mut self, size: usize) -> io::Result<()> {
        let mut large = Self::Large {
            pages: MmapMut::map_anon(size.max(1))?,
            length: 0,
        };
        large.push(self)?;
        *self = large;
        Ok(())
    }

    /// Appends bytes.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Small(all) => all.extend_from_slice(bytes),
            Self::Large { pages, length } => {
                let end = length.saturating_add(bytes.len());
                let room = pages
                    .get_mut(*length..end)
                    .ok_or(io::ErrorKind::OutOfMemory)?;
                room.copy_from_slice(bytes);
                *length = end;
            }
        }
        Ok(())
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Small(all) => all,
            Self::Large { pages, length } => pages.get(..*length).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Buffer;

    #[test]
    fn a_buffer_keeps_its_bytes_when_it_is_enlarged() {
        let mut buffer = Buffer::Small(Vec::new());
        buffer.push(b"green ").unwrap();
        buffer.enlarge(9).unwrap();
        buffer.push(b"tea").unwrap();
        assert_eq!(&*buffer, b"green tea");
        assert!(buffer.push(b"s").is_err());
        assert_eq!(&*buffer, b"green tea");
    }
}
