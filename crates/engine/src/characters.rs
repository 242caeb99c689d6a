//! Which characters are read together, apart, or not at all.

use unicode_script::{Script, UnicodeScript};

/// Returns whether the character is an ideograph of the main block. These have no other form
/// and no case, and each is a word by itself, so no general rule of Unicode applies to them.
#[inline]
pub(crate) fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Returns the script of a character, ideographs first because Chinese texts consist of them.
#[inline]
pub(crate) fn script_of(c: char) -> Script {
    match is_ideograph(c) {
        true => Script::Han,
        false => c.script(),
    }
}

/// Returns whether the script sets no spaces between words, or sets them between longer units.
pub(crate) fn is_unspaced(script: Script) -> bool {
    matches!(
        script,
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Hangul
            | Script::Bopomofo
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
    )
}

/// Returns whether a reader does not see the character: `Default_Ignorable_Code_Point`, which
/// NFKC_Casefold removes as well. It has soft hyphens, joiners and non-joiners, bidi controls
/// and variation selectors. The zero-width space is left out, for it separates words.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200c}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Returns whether the character ends every word before it and is part of none, given the
/// character that follows: quotation marks, dashes, and punctuation of Chinese and Japanese.
///
/// A full-width comma or colon joins digits and letters as the ASCII one does, so it separates
/// only where none follows.
#[inline]
pub(crate) fn is_separator(c: char, next: Option<char>) -> bool {
    match c {
        '\u{2013}'..='\u{2015}'
        | '\u{201c}'..='\u{201e}'
        | '\u{2026}'
        | '\u{3000}'..='\u{3002}' => true,
        '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}' => true,
        '\u{ff01}' | '\u{ff08}' | '\u{ff09}' | '\u{ff1f}' => true,
        '\u{ff0c}' | '\u{ff1a}' | '\u{ff1b}' => next.is_none_or(|next| {
            next.is_ascii_whitespace()
                || is_ideograph(next)
                || matches!(next, '\u{201c}'..='\u{201e}')
        }),
        _ => false,
    }
}
