//! Normalizes numerals: full-width digits, Chinese numerals, numbers with units.

/// Units that may follow a number without a space and do not change its value.
const UNITS: [&str; 10] = [
    "chars",
    "char",
    "characters",
    "tokens",
    "token",
    "items",
    "docs",
    "ms",
    "s",
    "x",
];

/// Replaces full-width characters by ASCII and Chinese numerals by digits.
pub(super) fn plain(text: &str) -> String {
    let narrow: Vec<char> = text.chars().map(narrow).collect();
    let mut out = String::with_capacity(text.len());
    let mut rest = narrow.as_slice();
    while let Some((first, tail)) = rest.split_first() {
        if let Some((number, taken)) = chinese(rest) {
            out.push_str(&format!(" {number} "));
            rest = rest.get(taken..).unwrap_or_default();
        } else if let Some((number, taken)) = multiplied(rest) {
            out.push_str(&number);
            rest = rest.get(taken..).unwrap_or_default();
        } else if first.is_ascii_digit() {
            // Take the whole number, so that its tail is not read as another one.
            let digits = rest.iter().take_while(|c| is_numeric(**c)).count();
            let (number, tail) = rest.split_at(digits);
            out.extend(number);
            rest = tail;
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    out
}

/// Removes the list number at the start of a line: `1. `, `(2) `, `③`, `4、`.
pub(super) fn without_number(line: &str) -> &str {
    let line = line.trim_start();
    let inner = line.strip_prefix('(').unwrap_or(line);
    let circled = line.trim_start_matches(|c| ('\u{2460}'..='\u{2473}').contains(&c));
    if circled.len() < line.len() {
        return circled;
    }
    let digits = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() == inner.len() || inner.len() - digits.len() > 2 {
        return line;
    }
    let mark = digits.trim_start_matches(['.', ')', '、']);
    let ends = digits.starts_with('、') || mark.starts_with(char::is_whitespace);
    if mark.len() < digits.len() && ends {
        mark
    } else {
        line
    }
}

/// Returns `4096` for `4096chars`.
pub(super) fn without_unit(word: &str) -> &str {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = word.get(digits.len()..).unwrap_or_default();
    if !digits.is_empty() && UNITS.contains(&unit.to_lowercase().as_str()) {
        digits
    } else {
        word
    }
}

fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            let code = u32::from(c) - 0xfee0;
            char::from_u32(code).unwrap_or(c)
        }
        c => c,
    }
}

fn is_numeric(c: char) -> bool {
    c.is_ascii_digit() || c == '.' || c == ','
}

/// Reads a number in digits with a power of ten, such as `1.2万`. Returns its digits and its length
/// in characters.
fn multiplied(text: &[char]) -> Option<(String, usize)> {
    let digits = text.iter().take_while(|c| is_numeric(**c)).count();
    let power = match text.get(digits)? {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '亿' => 8,
        _ => return None,
    };
    let number: String = text.get(..digits)?.iter().filter(|c| **c != ',').collect();
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    if whole.is_empty() || fraction.len() > power || fraction.contains('.') {
        return None;
    }
    let zeros = "0".repeat(power - fraction.len());
    Some((format!("{whole}{fraction}{zeros}"), digits + 1))
}

/// Reads a number in Chinese numerals that starts with a digit and contains a unit, such as
/// `一百二十八`. Returns its value and its length in characters. Single digits do not count, since
/// they are often articles, as "one" is.
fn chinese(text: &[char]) -> Option<(u64, usize)> {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| match c {
        '两' => Some(2),
        c => DIGITS.iter().position(|one| *one == c),
    };
    let unit = |c: char| match c {
        '十' => Some(10_u64),
        '百' => Some(100),
        '千' => Some(1_000),
        _ => None,
    };
    digit(*text.first()?).filter(|first| *first > 0)?;
    let (mut total, mut section, mut current, mut taken, mut has_unit) = (0, 0, 0, 0, false);
    for c in text {
        if let Some(value) = digit(*c) {
            current = u64::try_from(value).unwrap_or_default();
        } else if let Some(value) = unit(*c) {
            section += current * value;
            (current, has_unit) = (0, true);
        } else if *c == '万' && total == 0 {
            total = (section + current) * 10_000;
            (section, current, has_unit) = (0, 0, true);
        } else {
            break;
        }
        taken += 1;
        if taken > 16 {
            return None;
        }
    }
    has_unit.then_some((total + section + current, taken))
}
