//! Positions of the nodes of a YAML text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::ControlFlow;

use saphyr_parser::{Event, Marker, Parser};

use super::scan::{DEPTH_LIMIT, Scan};
use crate::Pointer;
use crate::Position;

/// Finds the position of each node of `text`.
pub(super) fn positions(text: &str) -> Scan {
    let text = without_surrogates(text);
    let mut scanner = Scanner::default();
    for event in Parser::new_from_str(&text) {
        let step = match event {
            Ok((event, span)) => scanner.step(event, position(&span.start)),
            Err(error) => {
                // The scanner's own limit on flow collections, beyond ours.
                if error.info().contains("recursion limit") {
                    scanner.scan.too_deep = Some(position(error.marker()));
                }
                ControlFlow::Break(())
            }
        };
        if step.is_break() {
            break;
        }
    }
    scanner.scan
}

/// The scanner counts lines from 1 and columns from 0.
fn position(marker: &Marker) -> Position {
    Position {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

/// `text` with `\u0020` for every escaped UTF-16 surrogate.
///
/// JSON may write a character as `\ud83d\ude00`, which is invalid in YAML. Positions do not
/// depend on what an escape means, and the replacement has the same length.
fn without_surrogates(text: &str) -> Cow<'_, str> {
    if !text.contains("\\ud") && !text.contains("\\uD") {
        return Cow::Borrowed(text);
    }
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        replaced.push_str(plain);
        let length = if starts_with_surrogate(escape) {
            replaced.push_str("\\u0020");
            6
        } else {
            // With the character it escapes, which may be another backslash.
            let escaped: String = escape.chars().take(2).collect();
            replaced.push_str(&escaped);
            escaped.len()
        };
        rest = escape.get(length..).unwrap_or_default();
    }
    replaced.push_str(rest);
    Cow::Owned(replaced)
}

fn starts_with_surrogate(text: &str) -> bool {
    matches!(
        text.as_bytes(),
        [b'\\', b'u', b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', third, fourth, ..]
            if third.is_ascii_hexdigit() && fourth.is_ascii_hexdigit()
    )
}

/// The state of the scan: the collections around the current event.
///
/// The stack is explicit, and bounded by [`DEPTH_LIMIT`] because each address is as
/// long as its depth.
#[derive(Default)]
struct Scanner {
    scan: Scan,
    stack: Vec<Frame>,
    /// The texts of scalars with an anchor, which aliases refer to.
    anchors: HashMap<usize, String>,
    documents: usize,
}

/// An open collection; its address is `None` inside a key.
enum Frame {
    Sequence {
        pointer: Option<Pointer>,
        next: usize,
    },
    Mapping(Mapping),
}

struct Mapping {
    pointer: Option<Pointer>,
    /// The lines of the keys so far.
    lines: HashMap<String, usize>,
    expects: Expects,
}

/// What the next node of a mapping is.
enum Expects {
    Key,
    Value(Option<Pointer>),
}

impl Scanner {
    fn step(&mut self, event: Event<'_>, at: Position) -> ControlFlow<()> {
        match event {
            Event::DocumentStart(_) => return self.document(at),
            Event::Alias(anchor) => {
                let text = self.anchors.get(&anchor).cloned();
                self.node(text.as_deref(), at);
            }
            Event::Scalar(text, _, anchor, _) => {
                self.node(Some(&text), at);
                if anchor > 0 {
                    self.anchors.insert(anchor, text.into_owned());
                }
            }
            Event::SequenceStart(..) => {
                let pointer = self.node(None, at);
                return self.begin(Frame::Sequence { pointer, next: 0 }, at);
            }
            Event::MappingStart(..) => {
                let mapping = Mapping {
                    pointer: self.node(None, at),
                    lines: HashMap::new(),
                    expects: Expects::Key,
                };
                return self.begin(Frame::Mapping(mapping), at);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.stack.pop();
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        ControlFlow::Continue(())
    }

    fn document(&mut self, at: Position) -> ControlFlow<()> {
        self.documents += 1;
        if self.documents < 2 {
            return ControlFlow::Continue(());
        }
        self.scan.second_document = Some(at);
        ControlFlow::Break(())
    }

    fn begin(&mut self, frame: Frame, at: Position) -> ControlFlow<()> {
        if self.stack.len() == DEPTH_LIMIT {
            self.scan.too_deep = Some(at);
            return ControlFlow::Break(());
        }
        self.stack.push(frame);
        ControlFlow::Continue(())
    }

    /// Records the position of a node, and returns its address.
    fn node(&mut self, text: Option<&str>, at: Position) -> Option<Pointer> {
        let pointer = match self.stack.last_mut() {
            None => Some(Pointer::root()),
            Some(Frame::Sequence { pointer, next }) => {
                let index = *next;
                *next += 1;
                pointer.as_ref().map(|pointer| pointer.index(index))
            }
            Some(Frame::Mapping(mapping)) => return mapping.node(text, at, &mut self.scan),
        };
        if let Some(pointer) = &pointer {
            self.scan.positions.insert(pointer.clone(), at);
        }
        pointer
    }
}

impl Mapping {
    fn node(&mut self, text: Option<&str>, at: Position, scan: &mut Scan) -> Option<Pointer> {
        match std::mem::replace(&mut self.expects, Expects::Key) {
            Expects::Value(pointer) => pointer,
            Expects::Key => {
                let member = self.key(text, at, scan);
                self.expects = Expects::Value(member);
                None
            }
        }
    }

    /// Records the position of a key, and returns the address of its member.
    fn key(&mut self, text: Option<&str>, at: Position, scan: &mut Scan) -> Option<Pointer> {
        let mapping = self.pointer.as_ref()?;
        let Some(text) = text else {
            scan.complex_keys.push((mapping.clone(), at));
            return None;
        };
        let pointer = mapping.key(text);
        let first_line = self.lines.get(text).copied();
        scan.member(&pointer, at, first_line);
        if first_line.is_none() {
            self.lines.insert(text.to_owned(), at.line);
        }
        Some(pointer)
    }
}
