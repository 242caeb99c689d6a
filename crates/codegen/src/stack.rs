//! Threads whose stacks hold what a contract may nest: the frames of the deserializers and of
//! progenitor are large, and the stack of a build or test thread is not.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

const STACK: usize = 64 << 20;

/// Runs `task` on a stack of so many bytes: for what recurses as deep as a contract nests.
pub fn on_a_stack<T: Send>(bytes: usize, task: impl Fn() -> T + Sync) -> T {
    both(bytes, task, || ()).0
}

/// Runs `task` where it may recurse as deep as the generator lets a contract nest.
pub(crate) fn deep<T: Send>(task: impl Fn() -> T + Sync) -> T {
    on_a_stack(STACK, task)
}

/// Runs `task` as [`deep`] does, and `other` here at the same time.
pub(crate) fn beside<T: Send, O>(task: impl Fn() -> T + Sync, other: impl FnOnce() -> O) -> (T, O) {
    both(STACK, task, other)
}

fn both<T: Send, O>(
    bytes: usize,
    task: impl Fn() -> T + Sync,
    other: impl FnOnce() -> O,
) -> (T, O) {
    scope(|scope| {
        let thread = Builder::new().stack_size(bytes).spawn_scoped(scope, &task);
        let other = other();
        let task = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // Better here than nowhere: few contracts nest that deep.
            Err(_) => task(),
        };
        (task, other)
    })
}
