// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Bodies in JSON: serde_json writes all but strings, which are written here. Most of a body is
//! text, and text is searched for what has to be escaped in blocks, not byte by byte.

use std::io;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::ser::{CharEscape, Formatter};

/// The bytes that `serde_json::to_vec` writes.
pub(crate) fn to_vec(value: &(impl Serialize + ?Sized)) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(128);
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Strings);
    WholeStrings(value).serialize(&mut serializer)?;
    Ok(out)
}

/// Writes strings, which come from [`WholeStrings`] as bytes: serde_json has no hook for a
/// whole string, but one for bytes.
struct Strings;

impl Formatter for Strings {
    fn write_byte_array<W: io::Write + ?Sized>(
        &mut self,
        out: &mut W,
        text: &[u8],
    ) -> io::Result<()> {
        out.write_all(b"\"")?;
        let mut rest = text;
        loop {
            let (plain, from_escaped) = rest.split_at(plain_length(rest));
            out.write_all(plain)?;
            let Some((byte, after)) = from_escaped.split_first() else {
                break;
            };
            self.write_char_escape(out, escape(*byte))?;
            rest = after;
        }
        out.write_all(b"\"")
    }
}

fn escape(byte: u8) -> CharEscape {
    match byte {
        b'"' => CharEscape::Quote,
        b'\\' => CharEscape::ReverseSolidus,
        0x08 => CharEscape::Backspace,
        b'\t' => CharEscape::Tab,
        b'\n' => CharEscape::LineFeed,
        0x0c => CharEscape::FormFeed,
        b'\r' => CharEscape::CarriageReturn,
        control => CharEscape::AsciiControl(control),
    }
}

/// The number of bytes before the first that must be escaped.
fn plain_length(text: &[u8]) -> usize {
    let mut rest = text;
    while let Some((block, after)) = rest.split_first_chunk::<64>() {
        // Without an early end, so that the compiler makes SIMD of it.
        if block
            .iter()
            .fold(false, |found, byte| found | is_escaped(*byte))
        {
            break;
        }
        rest = after;
    }
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        let found = escaped_in(u64::from_le_bytes(*word));
        if found != 0 {
            return text.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let plain = rest.iter().take_while(|byte| !is_escaped(**byte)).count();
    text.len() - rest.len() + plain
}

fn is_escaped(byte: u8) -> bool {
    // With its bit 1 turned over, the quote, 0x22, follows the controls.
    (byte ^ 2 <= 0x20) | (byte == b'\\')
}

/// The highest bit of each byte that has to be escaped. Only the lowest that is set is sure:
/// a byte found takes one from the next.
fn escaped_in(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | equal(b'"') | equal(b'\\')) & (ONES * 0x80)
}

/// Hands strings on as bytes, and all else as it is. Around a value, a serializer, or what
/// takes the values of a list or an object.
struct WholeStrings<T>(T);

impl<T: Serialize + ?Sized> Serialize for WholeStrings<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(WholeStrings(serializer))
    }
}

/// Methods that hand everything on as it is.
macro_rules! as_it_is {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $out:ident;)*) => {
        $(fn $name(self, $($argument: $kind),*) -> Result<S::$out, S::Error> {
            self.0.$name($($argument),*)
        })*
    };
}

impl<S: Serializer> Serializer for WholeStrings<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = WholeStrings<S::SerializeSeq>;
    type SerializeMap = WholeStrings<S::SerializeMap>;
    type SerializeStruct = Fields<S::SerializeStruct>;
    type SerializeTuple = S::SerializeTuple;
    type SerializeTupleStruct = S::SerializeTupleStruct;
    type SerializeTupleVariant = S::SerializeTupleVariant;
    type SerializeStructVariant = S::SerializeStructVariant;

    fn serialize_str(self, text: &str) -> Result<S::Ok, S::Error> {
        self.0.serialize_bytes(text.as_bytes())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<S::Ok, S::Error> {
        self.0.collect_seq(bytes)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_some(&WholeStrings(value))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_struct(name, &WholeStrings(value))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = WholeStrings(value);
        self.0
            .serialize_newtype_variant(name, index, variant, &value)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        self.0.serialize_seq(length).map(WholeStrings)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        self.0.serialize_map(length).map(WholeStrings)
    }

    fn serialize_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        Ok(Fields {
            inner: self.0.serialize_struct(name, length)?,
            // serde_json's own mark, as of a number with all its digits.
            as_they_are: name.starts_with('$'),
        })
    }

    as_it_is! {
        serialize_bool(value: bool) -> Ok;
        serialize_i8(value: i8) -> Ok;
        serialize_i16(value: i16) -> Ok;
        serialize_i32(value: i32) -> Ok;
        serialize_i64(value: i64) -> Ok;
        serialize_i128(value: i128) -> Ok;
        serialize_u8(value: u8) -> Ok;
        serialize_u16(value: u16) -> Ok;
        serialize_u32(value: u32) -> Ok;
        serialize_u64(value: u64) -> Ok;
        serialize_u128(value: u128) -> Ok;
        serialize_f32(value: f32) -> Ok;
        serialize_f64(value: f64) -> Ok;
        serialize_char(value: char) -> Ok;
        serialize_none() -> Ok;
        serialize_unit() -> Ok;
        serialize_unit_struct(name: &'static str) -> Ok;
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> Ok;
        serialize_tuple(length: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, length: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(
            name: &'static str, index: u32, variant: &'static str, length: usize
        ) -> SerializeTupleVariant;
        serialize_struct_variant(
            name: &'static str, index: u32, variant: &'static str, length: usize
        ) -> SerializeStructVariant;
    }
}

impl<S: SerializeSeq> SerializeSeq for WholeStrings<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), S::Error> {
        self.0.serialize_element(&WholeStrings(item))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

impl<S: SerializeMap> SerializeMap for WholeStrings<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.0.serialize_value(&WholeStrings(value))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

/// The fields of a struct.
struct Fields<S> {
    inner: S,
    as_they_are: bool,
}

impl<S: SerializeStruct> SerializeStruct for Fields<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        if self.as_they_are {
            return self.inner.serialize_field(name, value);
        }
        self.inner.serialize_field(name, &WholeStrings(value))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}
