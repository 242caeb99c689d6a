//! Finds the documents that a message of the service names, as in `documents[17]`.

/// The text before the index.
const FIELD: &str = "documents[";

/// Returns the index of the first document that the message names.
pub(crate) fn first(message: &str) -> Option<usize> {
    mentions(message).next().map(|mention| mention.index)
}

/// Returns the message with the index of each document in it mapped from the request's to the
/// caller's: `indices` has the caller's index for each of the request's.
pub(crate) fn mapped(message: &str, indices: &[usize]) -> String {
    let mut mapped = String::with_capacity(message.len());
    let mut done = 0;
    for mention in mentions(message) {
        if let (Some(before), Some(index)) =
            (message.get(done..mention.start), indices.get(mention.index))
        {
            mapped.push_str(before);
            mapped.push_str(&index.to_string());
            done = mention.end;
        }
    }
    mapped.push_str(message.get(done..).unwrap_or_default());
    mapped
}

/// An index in a message, and the range of bytes that it takes there.
struct Mention {
    index: usize,
    start: usize,
    end: usize,
}

fn mentions(message: &str) -> impl Iterator<Item = Mention> {
    message.match_indices(FIELD).filter_map(|(at, field)| {
        let start = at.checked_add(field.len())?;
        let (digits, _) = message.get(start..)?.split_once(']')?;
        Some(Mention {
            index: digits.parse().ok()?,
            start,
            end: start.checked_add(digits.len())?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{first, mapped};

    #[test]
    fn the_first_document_that_is_named_is_found() {
        for (message, wanted) in [
            ("documents[17]: 5000 characters", Some(17)),
            ("$.documents[2].text, documents[3]", Some(2)),
            ("documents[] and documents[x], documents[4]", Some(4)),
            ("documents", None),
            ("documents[", None),
            ("documents[99999999999999999999999]", None),
            ("docs[1]", None),
        ] {
            assert_eq!(first(message), wanted, "{message}");
        }
    }

    #[test]
    fn every_index_is_mapped_that_the_request_has() {
        let indices = [40, 50, 60];
        for (message, wanted) in [
            ("documents[0]: 长", "documents[40]: 长"),
            (
                "a documents[2], documents[1]",
                "a documents[60], documents[50]",
            ),
            ("documents[3] of 3", "documents[3] of 3"),
            ("results[1], documents[01]", "results[1], documents[50]"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(mapped(message, &indices), wanted, "{message}");
        }
    }
}
