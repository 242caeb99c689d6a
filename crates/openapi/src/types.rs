//! Types and formats of schemas, and the Rust types that carry them.

/// A type that the `type` keyword can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchemaType {
    /// An object.
    Object,
    /// A list.
    Array,
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// Null, which OpenAPI names since 3.1.
    Null,
}

impl SchemaType {
    /// All types.
    pub const ALL: [Self; 7] = [
        Self::Object,
        Self::Array,
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Null,
    ];

    /// The type of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ty| ty.name() == name)
    }

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Array => "array",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
        }
    }
}

/// The Rust type that carries an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntegerType {
    /// `int8`
    I8,
    /// `int16`
    I16,
    /// `int32`
    I32,
    /// `int64`, and any integer without a known format.
    I64,
    /// `uint8`
    U8,
    /// `uint16`
    U16,
    /// `uint32`
    U32,
    /// `uint64`
    U64,
}

impl IntegerType {
    /// All integer types.
    pub const ALL: [Self; 8] = [
        Self::I8,
        Self::I16,
        Self::I32,
        Self::I64,
        Self::U8,
        Self::U16,
        Self::U32,
        Self::U64,
    ];

    /// The type for an integer of this format; 64 bits if the format is not known.
    pub fn from_format(format: &str) -> Self {
        let known = Self::ALL.into_iter().find(|ty| ty.format() == format);
        known.unwrap_or(Self::I64)
    }

    /// The format in a document, as in `int32`.
    pub fn format(self) -> &'static str {
        match self {
            Self::I8 => "int8",
            Self::I16 => "int16",
            Self::I32 => "int32",
            Self::I64 => "int64",
            Self::U8 => "uint8",
            Self::U16 => "uint16",
            Self::U32 => "uint32",
            Self::U64 => "uint64",
        }
    }

    /// The name in Rust, as in `i32`.
    pub fn rust_name(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
        }
    }

    /// How many bits a value has.
    pub fn bits(self) -> u32 {
        match self {
            Self::I8 | Self::U8 => 8,
            Self::I16 | Self::U16 => 16,
            Self::I32 | Self::U32 => 32,
            Self::I64 | Self::U64 => 64,
        }
    }

    /// Whether values may be negative.
    pub fn is_signed(self) -> bool {
        matches!(self, Self::I8 | Self::I16 | Self::I32 | Self::I64)
    }
}

/// The Rust type that carries a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberType {
    /// `float`
    F32,
    /// `double`, and any number without a known format.
    F64,
}

impl NumberType {
    /// The type for a number of this format; 64 bits if the format is not known.
    pub fn from_format(format: &str) -> Self {
        if format == Self::F32.format() {
            Self::F32
        } else {
            Self::F64
        }
    }

    /// The format in a document, as in `double`.
    pub fn format(self) -> &'static str {
        match self {
            Self::F32 => "float",
            Self::F64 => "double",
        }
    }

    /// The name in Rust, as in `f64`.
    pub fn rust_name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::F64 => "f64",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{IntegerType, NumberType, SchemaType};

    #[test]
    fn formats_give_types_and_back() {
        for ty in IntegerType::ALL {
            assert_eq!(IntegerType::from_format(ty.format()), ty);
            assert!(ty.rust_name().ends_with(&ty.bits().to_string()));
            assert_eq!(ty.rust_name().starts_with('i'), ty.is_signed());
        }
        for ty in [NumberType::F32, NumberType::F64] {
            assert_eq!(NumberType::from_format(ty.format()), ty);
        }
    }

    #[test]
    fn an_unknown_format_gives_the_widest_type() {
        assert_eq!(IntegerType::from_format("unix-time"), IntegerType::I64);
        assert_eq!(NumberType::from_format("decimal"), NumberType::F64);
    }

    #[test]
    fn types_are_known_by_name() {
        for ty in SchemaType::ALL {
            assert_eq!(SchemaType::from_name(ty.name()), Some(ty));
        }
        assert_eq!(SchemaType::from_name("file"), None);
    }
}
