//! Synthetic texts to send and to rank: deterministic, with as many escapes as real texts.

/// The script of a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Script {
    Ascii,
    Chinese,
}

impl Script {
    pub(crate) const ALL: [Self; 2] = [Self::Ascii, Self::Chinese];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ascii => "ASCII",
            Self::Chinese => "Chinese",
        }
    }
}

/// Returns a query and documents of exactly this many characters.
pub(crate) fn texts(script: Script, documents: usize, characters: usize) -> (String, Vec<String>) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let query = text(script, 40, &mut random);
    let documents = (0..documents).map(|_| text(script, characters, &mut random));
    (query, documents.collect())
}

fn text(script: Script, characters: usize, random: &mut Random) -> String {
    let mut text = String::new();
    let mut words = 0;
    let mut count = 0;
    while count < characters {
        words += 1;
        let word = match script {
            Script::Ascii => format!(
                "{}{}",
                english(random),
                after(words, [" ", ". ", "\n", " \"", "\" "])
            ),
            Script::Chinese => format!(
                "{}{}",
                chinese(random),
                after(words, ["", "。", "\n", "“", "”"])
            ),
        };
        text.push_str(&word);
        count += word.chars().count();
    }
    text.chars().take(characters).collect()
}

/// Returns the separator after the word with this number: sentences, paragraphs and quotations.
fn after(number: usize, [plain, end, paragraph, open, close]: [&str; 5]) -> &str {
    match number % 60 {
        0 => paragraph,
        12 | 24 | 36 => end,
        40 => open,
        44 => close,
        _ => plain,
    }
}

/// Returns a word out of some thousands, of which a few are common.
fn english(random: &mut Random) -> String {
    const STARTS: [&str; 16] = [
        "b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "w", "st",
    ];
    const ENDS: [&str; 16] = [
        "a", "e", "i", "o", "u", "an", "en", "in", "on", "ar", "er", "al", "ing", "ed", "es", "at",
    ];
    let mut rank = random.rank(4096);
    let mut word = String::new();
    loop {
        word.push_str(STARTS[rank % 16]);
        word.push_str(ENDS[(rank / 16 + rank) % 16]);
        rank /= 64;
        if rank == 0 {
            return word;
        }
    }
}

/// Returns a word of two characters out of some thousands.
fn chinese(random: &mut Random) -> String {
    const COMMON: u32 = 0x4e00;
    let mut one = || char::from_u32(COMMON + random.rank(3000) as u32 * 6).unwrap_or('一');
    [one(), one()].iter().collect()
}

/// A deterministic pseudo-random number generator (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Returns a rank below `count`; low ranks are far more frequent, as with words in texts.
    fn rank(&mut self, count: usize) -> usize {
        let fraction = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((count as f64).powf(fraction) as usize - 1).min(count - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Script, texts};

    #[test]
    fn lengths_are_exact_and_texts_repeat() {
        for script in Script::ALL {
            let (_, documents) = texts(script, 3, 100);
            assert!(documents.iter().all(|text| text.chars().count() == 100));
            assert_eq!(documents, texts(script, 3, 100).1);
            assert_ne!(documents[0], documents[1]);
        }
    }
}
