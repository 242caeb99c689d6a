//! Files that are not UTF-8 text, recognized by their first bytes.

use crate::failure::Failure;

/// The first bytes of a format, its name, and how to get text from it.
const FORMATS: [(&[u8], &str, &str); 10] = [
    (
        b"\x1f\x8b",
        "compressed with gzip",
        "decompress it first: gunzip -c FILE | rerank …",
    ),
    (
        b"\x28\xb5\x2f\xfd",
        "compressed with zstd",
        "decompress it first: zstd -dc FILE | rerank …",
    ),
    (
        b"\xfd7zXZ\0",
        "compressed with xz",
        "decompress it first: xz -dc FILE | rerank …",
    ),
    (
        b"BZh",
        "compressed with bzip2",
        "decompress it first: bzip2 -dc FILE | rerank …",
    ),
    (
        b"PK\x03\x04",
        "a zip archive (as .xlsx, .docx and .npz are)",
        "extract it first, or save the sheet as CSV and name its column with --column",
    ),
    (
        b"PAR1",
        "a Parquet file",
        "export it first, for example: duckdb -c \"COPY (FROM 'FILE') TO 'out.csv'\"",
    ),
    (
        b"ARROW1",
        "an Arrow file",
        "export it as CSV or JSON Lines first",
    ),
    (
        b"SQLite format 3\0",
        "an SQLite database",
        "export it first: sqlite3 -csv -header FILE 'SELECT …' | rerank …",
    ),
    (
        b"%PDF-",
        "a PDF",
        "extract its text first: pdftotext FILE - | rerank …",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an Office document in the old binary format",
        "save it as text or CSV first",
    ),
];

/// Rejects known formats that are not UTF-8 text, by their names.
pub(super) fn check(bytes: &[u8], name: &str) -> Result<(), Failure> {
    if let Some((label, encoding)) = wide(bytes) {
        return Err(Failure::usage(
            format!("{name}: the file is {label}"),
            &format!("convert it first: iconv -f {encoding} -t UTF-8 FILE"),
        ));
    }
    let format = FORMATS.iter().find(|(magic, ..)| bytes.starts_with(magic));
    match format {
        // A text may begin with "PAR1" or "BZh".
        Some((_, format, help)) if !is_text(bytes) => Err(Failure::usage(
            format!("{name}: the file is {format}"),
            help,
        )),
        _ => Ok(()),
    }
}

fn is_text(bytes: &[u8]) -> bool {
    let is_binary = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c');
    str::from_utf8(bytes).is_ok_and(|text| !text.contains(is_binary))
}

/// Returns the encoding of wide characters, by its usual name and by that of iconv, from the byte
/// order mark or the zeros of Latin text.
fn wide(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some(("UTF-32", "UTF-32")),
        // iconv takes the byte order from the mark.
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some(("UTF-16", "UTF-16")),
        _ => {}
    }
    let start = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let (pairs, _) = start.as_chunks::<2>();
    let zeros = |at: usize| {
        let zeros = pairs.iter().filter(|pair| pair.get(at) == Some(&0));
        zeros.count()
    };
    // Blanks, digits and Latin letters have a zero on one side only.
    let (first, second) = (zeros(0), zeros(1));
    match pairs.len() {
        0..2 => None,
        _ if first == 0 && second * 2 > pairs.len() => Some(("UTF-16", "UTF-16LE")),
        _ if second == 0 && first * 2 > pairs.len() => Some(("UTF-16", "UTF-16BE")),
        _ => None,
    }
}
