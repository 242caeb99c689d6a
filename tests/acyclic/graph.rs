//! Cycles of a directed graph.

use std::collections::BTreeSet;

/// Returns each strongly connected component with more than one node. `edges` has the successors
/// of each node.
pub(crate) fn cycles(edges: &[BTreeSet<usize>]) -> Vec<Vec<usize>> {
    let reachable: Vec<BTreeSet<usize>> = (0..edges.len())
        .map(|node| reachable_from(node, edges))
        .collect();
    let mut seen = BTreeSet::new();
    let mut cycles = Vec::new();
    for node in 0..edges.len() {
        let cycle: Vec<usize> = reachable[node]
            .iter()
            .copied()
            .filter(|other| reachable[*other].contains(&node))
            .collect();
        if cycle.len() > 1 && seen.insert(cycle.clone()) {
            cycles.push(cycle);
        }
    }
    cycles
}

fn reachable_from(start: usize, edges: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut reachable = BTreeSet::new();
    let mut pending: Vec<usize> = edges[start].iter().copied().collect();
    while let Some(node) = pending.pop() {
        if reachable.insert(node) {
            pending.extend(&edges[node]);
        }
    }
    reachable
}
