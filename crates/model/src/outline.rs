//! The outline of an ONNX file, which is checked before the runtime reads it: with some files that
//! are no Protocol Buffers message, the runtime does not return.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// The field of a model that holds its graph.
const GRAPH: u64 = 7;

/// Checks that the fields of the file end where the file ends, and that one of them is a graph.
pub(crate) fn check(path: &Path) -> Result<(), String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let length = file.metadata().map_err(|error| error.to_string())?.len();
    match has_graph(&mut BufReader::new(file), length) {
        Some(true) => Ok(()),
        Some(false) => Err("it has no graph".to_owned()),
        None => Err("it is not an ONNX file, or is cut short".to_owned()),
    }
}

/// Returns whether a field is a graph, or nothing if the fields are invalid.
fn has_graph(reader: &mut (impl Read + Seek), length: u64) -> Option<bool> {
    let (mut position, mut found) = (0_u64, false);
    while position < length {
        let (tag, bytes) = number(reader)?;
        position = position.checked_add(bytes)?;
        let field = tag >> 3;
        if field == 0 {
            return None;
        }
        let skipped = match tag & 7 {
            0 => {
                position = position.checked_add(number(reader)?.1)?;
                continue;
            }
            1 => 8,
            2 => {
                let (skipped, bytes) = number(reader)?;
                position = position.checked_add(bytes)?;
                found |= field == GRAPH;
                skipped
            }
            5 => 4,
            _ => return None,
        };
        position = position.checked_add(skipped)?;
        if position > length {
            return None;
        }
        reader.seek(SeekFrom::Start(position)).ok()?;
    }
    (position == length).then_some(found)
}

/// Reads a number of variable length, and returns its length too.
fn number(reader: &mut impl Read) -> Option<(u64, u64)> {
    let mut value = 0_u64;
    for (index, bytes) in (0..10).zip(1..) {
        let mut byte = [0];
        reader.read_exact(&mut byte).ok()?;
        let [byte] = byte;
        value |= u64::from(byte & 0x7f) << (index * 7);
        if byte < 0x80 {
            return Some((value, bytes));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::has_graph;

    #[test]
    fn fields_end_with_the_file() {
        for (bytes, expected) in [
            (&[][..], Some(false)),
            (&[8, 8], Some(false)),
            (&[0x3a, 1, 0], Some(true)),
            (&[0x3a, 2, 0], None),
            (
                &[
                    0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1,
                ],
                None,
            ),
            (&[0; 4], None),
            (&[0xff; 40], None),
            (b"ONNX", None),
        ] {
            let length = bytes.len() as u64;
            assert_eq!(
                has_graph(&mut Cursor::new(bytes), length),
                expected,
                "{bytes:?}"
            );
        }
    }
}
