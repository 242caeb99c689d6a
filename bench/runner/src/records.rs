//! Measurements as stored in `results/`: samples, not summaries.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::machine::{self, Machine};
use crate::paths::Bench;
use crate::statistics::Summary;

/// The measurements of a part.
#[derive(Deserialize, Serialize)]
pub(crate) struct Run {
    pub(crate) part: String,
    pub(crate) date: String,
    /// Measured with few repetitions, as a test.
    pub(crate) quick: bool,
    pub(crate) machine: Machine,
    /// The load average at the end.
    #[serde(default)]
    pub(crate) load_average: Option<f64>,
    /// The version of each contender.
    pub(crate) versions: BTreeMap<String, String>,
    /// Skipped contenders with the reason, and other remarks for the reader.
    pub(crate) remarks: Vec<String>,
    pub(crate) records: Vec<Record>,
    /// Local paths, which are removed from remarks.
    #[serde(skip)]
    hidden: Vec<String>,
}

/// The samples of one measurement.
#[derive(Deserialize, Serialize)]
pub(crate) struct Record {
    pub(crate) case: String,
    pub(crate) contender: String,
    pub(crate) metric: String,
    pub(crate) samples: Vec<f64>,
}

impl Run {
    pub(crate) fn new(part: &str, bench: &Bench) -> anyhow::Result<Self> {
        Ok(Self {
            part: part.to_owned(),
            date: machine::today()?,
            quick: bench.quick,
            machine: Machine::this()?,
            load_average: None,
            versions: machine::toolchain()?,
            remarks: Vec::new(),
            records: Vec::new(),
            hidden: [&bench.target, &bench.root]
                .map(|path| format!("{}/", path.display()))
                .into(),
        })
    }

    /// Adds a sample.
    pub(crate) fn add(&mut self, case: &str, contender: &str, metric: &str, sample: f64) {
        match self.find_mut(case, contender, metric) {
            Some(record) => record.samples.push(sample),
            None => self.records.push(Record {
                case: case.to_owned(),
                contender: contender.to_owned(),
                metric: metric.to_owned(),
                samples: vec![sample],
            }),
        }
    }

    /// Records a remark, once, and prints it.
    pub(crate) fn remark(&mut self, remark: impl Into<String>) {
        let mut remark = remark.into();
        for path in &self.hidden {
            remark = remark.replace(path, "");
        }
        if !self.remarks.contains(&remark) {
            eprintln!("  {remark}");
            self.remarks.push(remark);
        }
    }

    fn find_mut(&mut self, case: &str, contender: &str, metric: &str) -> Option<&mut Record> {
        self.records.iter_mut().find(|record| {
            record.case == case && record.contender == contender && record.metric == metric
        })
    }

    /// Returns the summary of a measurement, if there is one.
    pub(crate) fn get(&self, case: &str, contender: &str, metric: &str) -> Option<Summary> {
        let record = self.records.iter().find(|record| {
            record.case == case && record.contender == contender && record.metric == metric
        })?;
        Summary::from_samples(&record.samples)
    }

    /// Returns the maximum number of samples.
    pub(crate) fn rounds(&self) -> usize {
        let samples = self.records.iter().map(|record| record.samples.len());
        samples.max().unwrap_or_default()
    }

    pub(crate) fn median(&self, case: &str, contender: &str, metric: &str) -> Option<f64> {
        self.get(case, contender, metric)
            .map(|summary| summary.median)
    }

    /// Returns the cases of a metric, in the order of measurement.
    pub(crate) fn cases(&self, metric: &str) -> Vec<&str> {
        self.distinct(metric, |record| &record.case)
    }

    /// Returns the contenders of a metric, in the order of measurement.
    pub(crate) fn contenders(&self, metric: &str) -> Vec<&str> {
        self.distinct(metric, |record| &record.contender)
    }

    fn distinct<'a>(
        &'a self,
        metric: &str,
        name: impl Fn(&'a Record) -> &'a String,
    ) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for record in self.records.iter().filter(|record| record.metric == metric) {
            let name = name(record).as_str();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    pub(crate) fn store(&mut self, bench: &Bench) -> anyhow::Result<()> {
        self.load_average = Some(machine::load_average()?);
        let folder = bench.results_folder().join("results");
        fs::create_dir_all(&folder)?;
        let mut text = serde_json::to_string_pretty(&*self)?;
        text.push('\n');
        fs::write(folder.join(&self.part).with_extension("json"), text)?;
        Ok(())
    }

    /// Loads the last measurements of a part, if there are any.
    pub(crate) fn load(bench: &Bench, part: &str) -> anyhow::Result<Option<Self>> {
        let folder = bench.results_folder().join("results");
        let path = folder.join(part).with_extension("json");
        if !path.exists() {
            return Ok(None);
        }
        let text = fs::read_to_string(&path)?;
        let run = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        Ok(Some(run))
    }
}
