//! The arguments of the functions: a query and a text.

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray as _, LargeStringArray, StringArray, StringViewArray,
};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, exec_err, plan_err};

/// What the arguments are called in errors.
const NAMES: [&str; 2] = ["query", "text"];

/// Returns the types that arguments are converted to: strings stay, and NULL becomes one.
pub(crate) fn coerce(function: &str, types: &[DataType]) -> Result<Vec<DataType>> {
    if types.len() != NAMES.len() {
        return plan_err!(
            "{function} takes a query and a text, and found {} arguments: {function}(query, text)",
            types.len()
        );
    }
    let coerced = types.iter().zip(NAMES).map(|(found, name)| match found {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok(found.clone()),
        DataType::Null => Ok(DataType::Utf8),
        DataType::Dictionary(_, value) if value.is_string() => Ok(value.as_ref().clone()),
        other => plan_err!(
            "{function}: the {name} has type {other}, expected a string; convert it with \
             CAST({name} AS VARCHAR)"
        ),
    });
    coerced.collect()
}

/// A column of strings.
pub(crate) enum Texts<'a> {
    Utf8(&'a StringArray),
    LargeUtf8(&'a LargeStringArray),
    Utf8View(&'a StringViewArray),
}

impl<'a> Texts<'a> {
    /// Returns the queries and the texts among the values of a function's arguments.
    pub(crate) fn pair(function: &str, values: &'a [ArrayRef]) -> Result<(Self, Self)> {
        match values {
            [query, text, ..] => Ok((Self::new(function, query)?, Self::new(function, text)?)),
            _ => exec_err!("{function}: expected a query and a text"),
        }
    }

    fn new(function: &str, array: &'a ArrayRef) -> Result<Self> {
        match array.data_type() {
            DataType::Utf8 => Ok(Self::Utf8(array.as_string())),
            DataType::LargeUtf8 => Ok(Self::LargeUtf8(array.as_string())),
            DataType::Utf8View => Ok(Self::Utf8View(array.as_string_view())),
            other => exec_err!("{function}: expected a string, found {other}"),
        }
    }

    /// Returns the string of a row; `None` if it is null.
    pub(crate) fn get(&self, row: usize) -> Option<&'a str> {
        match self {
            Self::Utf8(array) => {
                (row < array.len() && array.is_valid(row)).then(|| array.value(row))
            }
            Self::LargeUtf8(array) => {
                (row < array.len() && array.is_valid(row)).then(|| array.value(row))
            }
            Self::Utf8View(array) => {
                (row < array.len() && array.is_valid(row)).then(|| array.value(row))
            }
        }
    }
}
