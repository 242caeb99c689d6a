// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Integers as JSON Schema defines them: by value, so that `1.0`, `1e2` and `-0` are integers.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Expected, Unexpected, Visitor};

/// Reads an integer, an optional one, or a list or map of them.
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Integers,
    D: Deserializer<'de>,
{
    T::read(deserializer)
}

/// A type that holds integers and nothing else.
pub(crate) trait Integers: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Has [`Integers`] read where serde asks for [`Deserialize`].
pub(crate) struct Read<T>(pub(crate) T);

impl<'de, T: Integers> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer).map(Read)
    }
}

impl<T: Integers> Integers for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<Read<T>>::deserialize(deserializer)?;
        Ok(value.map(|Read(value)| value))
    }
}

impl<T: Integers> Integers for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<Read<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|Read(item)| item).collect())
    }
}

impl<T: Integers> Integers for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = BTreeMap::<String, Read<T>>::deserialize(deserializer)?;
        Ok(members
            .into_iter()
            .map(|(name, Read(value))| (name, value))
            .collect())
    }
}

macro_rules! integers {
    ($($ty:ty),*) => {$(
        impl Integers for $ty {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // Of the hints for numbers, the only one that every source of JSON, serde's own
                // buffers included, answers with any number, and with integers as such.
                deserializer.deserialize_f64(Number {
                    range: Range(<$ty>::MIN as i64, <$ty>::MAX as u64),
                    read: PhantomData,
                })
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);

/// From here on, a number with a fraction or an exponent may have been read as its neighbour:
/// readers of JSON make an `f64` of it, and fast ones may miss the nearest by one step.
const INEXACT: f64 = (1_u64 << 52) as f64;

/// The least and the greatest value of a type.
struct Range(i64, u64);

impl Expected for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an integer from {} to {}", self.0, self.1)
    }
}

struct Number<T> {
    range: Range,
    read: PhantomData<T>,
}

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for Number<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self.range))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self.range))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        let found = Unexpected::Float(value);
        if value.fract() != 0.0 {
            return Err(E::invalid_type(found, &self));
        }
        if value.abs() >= INEXACT {
            let wanted = "an integer beyond 2^52 to have neither fraction nor exponent";
            return Err(E::invalid_value(found, &wanted));
        }
        self.visit_i64(value as i64)
    }
}
