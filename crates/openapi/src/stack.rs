//! Threads with large stacks, for code that recurses as deep as a document nests: the frames of
//! deserializers and of progenitor are large, and the stack of a build or test thread is not.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// Enough for documents that nest as deep as the parser allows.
const DEEP: usize = 64 << 20;

/// Runs `task` on a stack of `bytes`.
pub fn with_stack<T: Send>(bytes: usize, task: impl Fn() -> T + Sync) -> T {
    join(bytes, task, || ()).0
}

/// Runs `task` on a stack that holds what a document may nest.
pub fn with_deep_stack<T: Send>(task: impl Fn() -> T + Sync) -> T {
    with_stack(DEEP, task)
}

/// Runs `deep` as [`with_deep_stack`] does, and `other` on the current thread meanwhile.
pub fn join_deep<T: Send, O>(deep: impl Fn() -> T + Sync, other: impl FnOnce() -> O) -> (T, O) {
    join(DEEP, deep, other)
}

fn join<T: Send, O>(
    bytes: usize,
    task: impl Fn() -> T + Sync,
    other: impl FnOnce() -> O,
) -> (T, O) {
    scope(|scope| {
        let thread = Builder::new().stack_size(bytes).spawn_scoped(scope, &task);
        let other = other();
        let task = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // The current stack is enough for most documents.
            Err(_) => task(),
        };
        (task, other)
    })
}
