//! A scorer that a test can block, to keep a server busy.

use std::sync::{Arc, RwLock, RwLockWriteGuard};
use std::thread;
use std::time::Duration;

use bigmodel_rerank_engine::{
    Cancellation, Description, Lexical, ScoreError, Scored, Scorer, ScorerKind,
};

use super::Running;

/// A scorer that scores nothing while it is shut.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<RwLock<()>>);

impl Gate {
    /// Shuts the gate until the guard is dropped.
    pub(crate) fn shut(&self) -> RwLockWriteGuard<'_, ()> {
        self.0.write().unwrap()
    }
}

impl Scorer for Gate {
    fn score(
        &self,
        query: &str,
        documents: &[&str],
        _: &Cancellation,
    ) -> Result<Scored, ScoreError> {
        drop(self.0.read());
        Ok(Lexical.score(query, documents))
    }

    fn description(&self) -> Description {
        Description::new("gate", ScorerKind::Lexical)
    }
}

impl Running {
    /// Returns the value of a line of `/metrics`.
    pub(crate) fn metric(&self, name: &str) -> u64 {
        let text = self.get("/metrics").text().to_owned();
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("no {name} in {text}"))
            .parse()
            .unwrap()
    }

    /// Waits until a line of `/metrics` has this value, for at most a minute.
    pub(crate) fn wait_for(&self, name: &str, value: u64) {
        for _ in 0..12_000 {
            if self.metric(name) == value {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("{name} is {}, not {value}", self.metric(name));
    }
}
