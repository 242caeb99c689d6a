//! Texts as tokens, cut to what the model reads.

use std::path::Path;

use tokenizers::utils::truncation::TruncationDirection;
use tokenizers::{Encoding, PostProcessor, Tokenizer};

use crate::LoadError;
use crate::runtime::Input;

/// The tokenizer of a model, and how many tokens the model reads.
pub(crate) struct Tokens {
    tokenizer: Tokenizer,
    limit: usize,
    greatest_id: u32,
}

/// A query that leaves room for documents.
pub(crate) struct Query {
    encoding: Encoding,
    /// The tokens of the query, before it was cut.
    pub(crate) count: usize,
}

/// A document with its query, or alone, as the model reads it.
pub(crate) struct Document {
    /// One input, or one for each window.
    pub(crate) inputs: Vec<Input>,
    /// The tokens of the document, before it was cut.
    pub(crate) count: usize,
    /// Whether it was longer than the model reads.
    pub(crate) is_long: bool,
}

impl Tokens {
    pub(crate) fn load(file: &Path, limit: usize) -> Result<Self, LoadError> {
        let mut tokenizer =
            Tokenizer::from_file(file).map_err(|error| LoadError::invalid(file, error))?;
        // Texts are cut here, and never padded.
        tokenizer
            .with_truncation(None)
            .map_err(|error| LoadError::invalid(file, error))?;
        tokenizer.with_padding(None);
        let greatest_id = tokenizer.get_vocab(true).into_values().max();
        let tokens = Self {
            greatest_id: greatest_id.unwrap_or_default(),
            tokenizer,
            limit,
        };
        if tokens.room(true) < 4 {
            let reason = format!("a limit of {limit} tokens leaves no room for two texts");
            return Err(LoadError::unsupported(file, reason));
        }
        Ok(tokens)
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// The greatest id that a token can have.
    pub(crate) fn greatest_id(&self) -> u32 {
        self.greatest_id
    }

    /// Returns the special tokens of a pair of texts, or of one text.
    pub(crate) fn special(&self, is_pair: bool) -> usize {
        let special = self.tokenizer.get_post_processor();
        special.map_or(0, |processor| processor.added_tokens(is_pair))
    }

    /// The tokens that a pair of texts, or one text, can have besides the special ones.
    fn room(&self, is_pair: bool) -> usize {
        self.limit.saturating_sub(self.special(is_pair))
    }

    fn encode(&self, text: &str) -> Result<Encoding, String> {
        let encoding = self.tokenizer.encode_fast(text, false);
        encoding.map_err(|error| format!("a text has no tokens: {error}"))
    }

    /// The query, cut to three quarters of what a pair can have.
    pub(crate) fn query(&self, text: &str) -> Result<Query, String> {
        let mut encoding = self.encode(text)?;
        let count = encoding.len();
        let most = self.room(true).saturating_mul(3) / 4;
        encoding.truncate(most, 0, TruncationDirection::Right);
        encoding.take_overflowing();
        Ok(Query { encoding, count })
    }

    /// A document after its query; with `in_windows`, all of it.
    pub(crate) fn pair(
        &self,
        query: &Query,
        text: &str,
        in_windows: bool,
    ) -> Result<Document, String> {
        let room = self.room(true).saturating_sub(query.encoding.len());
        self.document(text, room, in_windows, |part| {
            let pair = self
                .tokenizer
                .post_process(query.encoding.clone(), Some(part), true);
            pair.map_err(|error| error.to_string())
        })
    }

    /// A text alone.
    pub(crate) fn alone(&self, text: &str, in_windows: bool) -> Result<Document, String> {
        self.document(text, self.room(false), in_windows, |part| {
            let single = self.tokenizer.post_process(part, None, true);
            single.map_err(|error| error.to_string())
        })
    }

    fn document(
        &self,
        text: &str,
        room: usize,
        in_windows: bool,
        finish: impl Fn(Encoding) -> Result<Encoding, String>,
    ) -> Result<Document, String> {
        let mut first = self.encode(text)?;
        let count = first.len();
        let is_long = count > room;
        // Windows overlap by a quarter, so that a passage is whole in one of them.
        let overlap = if in_windows { room / 4 } else { 0 };
        if is_long {
            first.truncate(room, overlap, TruncationDirection::Right);
        }
        let further = first.take_overflowing();
        let mut parts = vec![first];
        if in_windows {
            parts.extend(further);
        }
        let inputs = parts
            .into_iter()
            .map(|part| finish(part).map(|it| input(&it)));
        Ok(Document {
            inputs: inputs.collect::<Result<_, _>>()?,
            count,
            is_long,
        })
    }
}

/// Returns an id as the graph reads it. Vocabularies are far smaller than its greatest.
pub(crate) fn id(id: u32) -> i32 {
    i32::try_from(id).unwrap_or(i32::MAX)
}

fn input(encoding: &Encoding) -> Input {
    let numbers = |values: &[u32]| values.iter().map(|value| id(*value)).collect();
    Input {
        ids: numbers(encoding.get_ids()),
        types: numbers(encoding.get_type_ids()),
    }
}
