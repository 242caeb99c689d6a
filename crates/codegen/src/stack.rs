//! Threads whose stacks hold what a contract may nest: the frames of the deserializers and of
//! progenitor are large, and the stack of a build or test thread is not.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

const STACK: usize = 64 << 20;

/// Runs `task` where it may recurse as deep as a contract may nest.
pub(crate) fn deep<T: Send>(task: impl Fn() -> T + Sync) -> T {
    beside(task, || ()).0
}

/// Runs `task` as [`deep`] does, and `other` here at the same time.
pub(crate) fn beside<T: Send, O>(task: impl Fn() -> T + Sync, other: impl FnOnce() -> O) -> (T, O) {
    scope(|scope| {
        let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, &task);
        let other = other();
        let task = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // Better here than nowhere: few contracts nest that deep.
            Err(_) => task(),
        };
        (task, other)
    })
}
