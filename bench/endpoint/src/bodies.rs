//! The bodies that loads send.

/// The largest body that is read.
const LARGEST: usize = 8 << 20;

/// Ten documents of 200 characters.
pub(crate) fn small() -> String {
    let sentence = "Green tea turns bitter in boiling water; 70 to 80 degrees suit it best. ";
    let text: String = sentence.chars().cycle().take(200).collect();
    body(&vec![text; 10], "")
}

/// As much as the contract allows, in words.
pub(crate) fn longest() -> String {
    let words = [
        "green", "tea", "water", "bitter", "leaf", "steep", "cup", "kettle",
    ];
    let texts: Vec<_> = (0..128)
        .map(|shift| {
            let text: Vec<_> = words
                .iter()
                .cycle()
                .skip(shift)
                .take(900)
                .copied()
                .collect();
            text.join(" ").chars().take(4096).collect::<String>()
        })
        .collect();
    body(&texts, "")
}

/// As much as the contract allows of a character that normalization makes 18 of.
pub(crate) fn expanding() -> String {
    body(&vec!["\u{fdfa}".repeat(4096); 128], "")
}

/// As much of such a character as is scored.
pub(crate) fn expanding_within_the_limit() -> String {
    body(&vec!["\u{fdfa}".repeat(4096); 28], "")
}

/// A request whose response has megabytes: each character takes six bytes.
pub(crate) fn large_response() -> String {
    body(
        &vec![r"\u0001".repeat(4096); 128],
        r#","return_documents":true"#,
    )
}

/// Lists within lists in a member that the contract has otherwise, as large as is read.
pub(crate) fn nested() -> String {
    let (before, after) = (r#"{"model":["#, r#"[]],"query":"a","documents":["a"]}"#);
    let room = LARGEST - before.len() - after.len();
    let lists = "[[],[[]]],".repeat(room / 10);
    let spaces = " ".repeat(room % 10);
    format!("{before}{lists}{spaces}{after}")
}

fn body(documents: &[String], rest: &str) -> String {
    let documents: Vec<_> = documents.iter().map(|text| format!("\"{text}\"")).collect();
    let documents = documents.join(",");
    format!(
        r#"{{"query":"how hot should water be for green tea","documents":[{documents}]{rest}}}"#
    )
}
