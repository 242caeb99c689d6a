//! Folders, tables, and processes of the program.

use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long a process may take for what it does in a moment.
const PATIENCE: Duration = Duration::from_secs(120);

/// Returns a call of the program.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rerank-tables"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// A folder with tables, and with results.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Returns the path as an argument.
    pub(crate) fn arg(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// Returns what is in the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = self.0.path().read_dir().unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    /// Runs a query over `docs.*`, and returns the call.
    pub(crate) fn call(&self, table: &str, sql: &str, out: &str, more: &[&str]) -> Command {
        let table = format!("docs={}", self.arg(table));
        let out = self.arg(out);
        let mut command = program(&["run", sql, "--table", &table, "--out", &out]);
        command.args(["--format", "csv"]).args(more);
        command
    }

    /// Runs a query over a table, and returns the lines of the result after the header.
    pub(crate) fn run(&self, table: &str, sql: &str, out: &str, more: &[&str]) -> Vec<String> {
        succeed(&mut self.call(table, sql, out, more));
        self.lines(out)
    }

    /// Returns the lines of a result in CSV after the header.
    pub(crate) fn lines(&self, out: &str) -> Vec<String> {
        let mut files: Vec<_> = self.path(out).read_dir().unwrap().collect();
        assert_eq!(files.len(), 1, "one file");
        let text = fs::read_to_string(files.remove(0).unwrap().path()).unwrap();
        text.lines().skip(1).map(str::to_owned).collect()
    }
}

/// Runs a call that must succeed.
pub(crate) fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    output
}

/// Runs a call that must fail, and returns the exit code and standard error.
pub(crate) fn fail(command: &mut Command) -> (i32, String) {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{command:?}: {errors}");
    (output.status.code().unwrap_or(-1), errors)
}

/// The words of generated texts.
const WORDS: [&str; 12] = [
    "green", "tea", "capital", "France", "water", "city", "model", "茶", "法国", "river", "stone",
    "light",
];

/// Returns a table in CSV with rows of some queries: id, query, row, text.
pub(crate) fn generated(rows: usize, queries: usize) -> String {
    let mut table = "id,query,row,text\n".to_owned();
    let mut state = 1_u64;
    let mut word = || {
        // A linear congruential generator: the same table each time.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        WORDS[usize::try_from(state >> 40).unwrap() % WORDS.len()]
    };
    for row in 0..rows {
        let id = row % queries;
        let query = (
            WORDS[id % WORDS.len()],
            WORDS[id / WORDS.len() % WORDS.len()],
        );
        let text = [word(), word(), word(), word(), word(), word()].join(" ");
        writeln!(table, "{id},{} {},{row},{text}", query.0, query.1).unwrap();
    }
    table
}

/// Returns the folder of a small model.
pub(crate) fn model(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/model/tests/models");
    folder.join(name).to_str().unwrap().to_owned()
}

/// A process that is killed at the end of the test.
pub(crate) struct Process(pub(crate) Child);

impl Process {
    pub(crate) fn start(command: &mut Command) -> Self {
        Self(command.stderr(Stdio::null()).spawn().unwrap())
    }

    pub(crate) fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Waits until the process has worked for some time on a processor.
    pub(crate) fn wait_for_work(&self, time: Duration) {
        let begin = Instant::now();
        while self.cpu_time() < time {
            assert!(begin.elapsed() < PATIENCE, "the process does not work");
            sleep(Duration::from_millis(20));
        }
    }

    /// Returns the time on processors, in which the kernel counts hundredths of a second.
    pub(crate) fn cpu_time(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap();
        // After the name, which is in parentheses: the state and ten other fields.
        let fields = stat.rsplit_once(')').unwrap().1.split_whitespace();
        let ticks: u64 = fields
            .skip(11)
            .take(2)
            .map(|field| field.parse::<u64>().unwrap())
            .sum();
        Duration::from_millis(ticks * 10)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A scheduler and its executors on free ports of this machine.
pub(crate) struct Cluster {
    pub(crate) port: u16,
    pub(crate) scheduler: Process,
    pub(crate) executors: Vec<Process>,
    /// The folders of the executors, by their numbers.
    work: TempDir,
}

impl Cluster {
    /// Starts a cluster, each executor with its model.
    pub(crate) fn start(models: &[Option<&str>]) -> Self {
        let port = free_port();
        let scheduler = start_scheduler(port);
        let work = TempDir::new().unwrap();
        let executors = models.iter().enumerate().map(|(number, model)| {
            start_executor(port, *model, &work.path().join(number.to_string()))
        });
        let cluster = Self {
            port,
            scheduler,
            executors: executors.collect(),
            work,
        };
        cluster.wait_for_executors(models.len());
        cluster
    }

    /// Kills an executor, and removes its intermediate results, which others could read here.
    pub(crate) fn lose_executor(&mut self, number: usize) {
        self.executors[number].kill();
        let work = self.work.path().join(number.to_string());
        // It may not have had any.
        let _ = fs::remove_dir_all(work);
    }

    /// Returns how many outputs an executor wrote in a stage.
    pub(crate) fn outputs(&self, number: usize, stage: u32) -> usize {
        let work = self.work.path().join(number.to_string());
        let jobs = work.read_dir().into_iter().flatten();
        let stages = jobs.map(|job| job.unwrap().path().join(stage.to_string()));
        stages.map(|stage| files(&stage)).sum()
    }

    /// Waits until an executor wrote so many outputs in a stage.
    pub(crate) fn wait_for_outputs(&self, number: usize, stage: u32, count: usize) {
        let begin = Instant::now();
        while self.outputs(number, stage) < count {
            assert!(begin.elapsed() < PATIENCE, "the executor does not work");
            sleep(Duration::from_millis(10));
        }
    }

    /// Waits until all executors have nothing to do.
    pub(crate) fn wait_for_rest(&self) {
        let work = || {
            self.executors
                .iter()
                .map(Process::cpu_time)
                .sum::<Duration>()
        };
        let (begin, mut last) = (Instant::now(), work());
        loop {
            sleep(Duration::from_secs(1));
            let now = work();
            // They ask for work a few times a second.
            if now - last < Duration::from_millis(200) {
                return;
            }
            assert!(begin.elapsed() < PATIENCE, "the executors still work");
            last = now;
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Waits until the scheduler knows so many executors.
    pub(crate) fn wait_for_executors(&self, count: usize) {
        use std::io::{Read as _, Write as _};
        let begin = Instant::now();
        let expected = format!("ready: {count} executors registered");
        loop {
            let mut response = String::new();
            if let Ok(mut stream) = std::net::TcpStream::connect(self.address()) {
                let request = b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
                let _ = stream.write_all(request);
                let _ = stream.read_to_string(&mut response);
            }
            if response.contains(&expected) || (count == 0 && response.starts_with("HTTP")) {
                return;
            }
            assert!(begin.elapsed() < PATIENCE, "{expected}: {response}");
            sleep(Duration::from_millis(50));
        }
    }
}

/// Waits until a file has a text.
pub(crate) fn wait_for_text(path: &Path, text: &str) {
    let begin = Instant::now();
    loop {
        let found = fs::read_to_string(path).unwrap();
        if found.contains(text) {
            return;
        }
        assert!(begin.elapsed() < PATIENCE, "{text} is not in {found}");
        sleep(Duration::from_millis(50));
    }
}

/// Returns how many files are in a folder and its folders.
fn files(folder: &Path) -> usize {
    let entries = folder.read_dir().into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

pub(crate) fn start_scheduler(port: u16) -> Process {
    let port = port.to_string();
    Process::start(&mut program(&[
        "scheduler",
        "--port",
        &port,
        "--executor-timeout",
        "10",
    ]))
}

fn start_executor(scheduler: u16, model: Option<&str>, work: &Path) -> Process {
    let scheduler = format!("127.0.0.1:{scheduler}");
    let port = free_port().to_string();
    let mut command = program(&["executor", "--scheduler", &scheduler, "--port", &port]);
    command.args(["--threads", "1", "--work"]).arg(work);
    if let Some(model) = model {
        command.args(["--model", model]);
    }
    Process::start(&mut command)
}

/// The next port to try. All tests of the process share it, so that no port is given out twice.
static NEXT_PORT: AtomicU16 = AtomicU16::new(0);

/// Returns a free port, below those that the system gives to clients.
pub(crate) fn free_port() -> u16 {
    let first = 12_000 + u16::try_from(process::id() % 150).unwrap() * 100;
    for _ in 0..100 {
        let port = first + NEXT_PORT.fetch_add(1, Ordering::Relaxed);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no free port");
}
