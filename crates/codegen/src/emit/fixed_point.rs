//! Facts about types that depend on the same facts about the types that they hold.

/// Applies `step` to `facts` until it changes nothing. `step` must change each fact once at most.
pub(super) fn fixed_point<T: PartialEq>(mut facts: T, step: impl Fn(&T) -> T) -> T {
    loop {
        let next = step(&facts);
        if next == facts {
            return facts;
        }
        facts = next;
    }
}
