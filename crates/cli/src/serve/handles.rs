//! File handles for connections: each connection takes one, and programs often start with 1024.

/// File handles that the program needs besides connections, with some to spare.
#[cfg(unix)]
const OTHERS: u64 = 64;

/// Raises the limit of file handles for `connections` open connections. Returns how many can be
/// open, which is fewer if the system does not allow more.
#[cfg(unix)]
pub(super) fn reserve(connections: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let wanted = u64::try_from(connections)
        .unwrap_or(u64::MAX)
        .saturating_add(OTHERS);
    let limit = getrlimit(Resource::Nofile);
    let Some(current) = limit.current.filter(|current| *current < wanted) else {
        return connections;
    };
    let raised = limit.maximum.map_or(wanted, |maximum| wanted.min(maximum));
    let limit = Rlimit {
        current: Some(raised),
        maximum: limit.maximum,
    };
    let available = match setrlimit(Resource::Nofile, limit) {
        Ok(()) => raised,
        Err(_) => current,
    };
    // With very few handles, other files and connections share them.
    let room = available.saturating_sub(OTHERS).max(available / 2).max(1);
    usize::try_from(room).map_or(connections, |room| room.min(connections))
}

/// Elsewhere there is no such limit.
#[cfg(not(unix))]
pub(super) fn reserve(connections: usize) -> usize {
    connections
}
