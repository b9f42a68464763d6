//! Times whole builds, as processes: what they cost beside copying their own output, how much memory they take, and what a second one costs.
//!
//! ```sh
//! cargo bench --bench builds -- --documents 1000 --documents 10000 --peers
//! ```
//!
//! With `--peers` Hugo and Zola, where they are installed, build the same postmortems, one tool after the other; they make less of them (no
//! checks, no facets, no related incidents, no search, no feeds). Processor time is what to compare, as a multiple of what `cp -r` of the
//! same output takes in the same run: that is the part of the disk. A Markdown table is printed, and with `--write` put into
//! `content/guide/speed.md`. Nothing here passes or fails.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement works on real files, processes and the clock, and panics when they are not what it made"
)]
#![expect(clippy::cast_precision_loss, reason = "figures are rounded for people")]

mod corpus;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser as _;

use corpus::{Common, Corpus, Flavour, machine};

/// How often a copy is made; the cheapest counts, since a disk that is busy with something else only adds.
const COPIES: usize = 3;
/// How often the memory of a process is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(3);
/// Of `/proc/self/stat`: hundredths of a second.
const TICKS_A_SECOND: f64 = 100.0;
/// How many postmortems other generators are given at most: with ten times as many they would want more memory than most machines have.
const MOST_FOR_PEERS: usize = 20_000;

#[derive(clap::Parser)]
struct Arguments {
    /// How many postmortems a site has; may be given several times.
    #[arg(long, default_values_t = [1000])]
    documents: Vec<usize>,

    #[command(flatten)]
    common: Common,
}

fn main() {
    if !corpus::is_asked_to_measure() {
        return;
    }
    let Arguments { documents, common: Common { peers, seed, write, .. } } = Arguments::parse();
    let mut table = format!("{}.\n\n", machine());
    table += "| Postmortems | Tool | What | CPU, s | × `cp -r` | Wall, s | Peak memory, MiB | Files | MB |\n|--:|---|---|--:|--:|--:|--:|--:|--:|\n";
    // For some minutes ext4 hands out the places of deleted files reluctantly, which makes the next files dear: nothing is deleted before the end.
    let mut folders = Vec::new();
    for documents in documents {
        for flavour in [Flavour::Afterword, Flavour::Hugo, Flavour::Zola] {
            if flavour == Flavour::Afterword || (peers && documents <= MOST_FOR_PEERS) {
                let folder = tempfile::tempdir().unwrap();
                let rows = measure(Corpus { flavour, seed, documents }, folder.path());
                folders.push(folder);
                print!("{rows}");
                table += &rows;
            }
        }
    }
    println!("\n{table}");
    if write {
        corpus::write_into_guide("builds", &table);
    }
}

/// The rows of a tool.
fn measure(corpus: Corpus, folder: &Path) -> String {
    let documents = corpus.documents;
    let Some(version) = corpus.flavour.version() else {
        return format!("| {documents} | {} | not installed |\n", corpus.flavour.program());
    };
    let (site, output) = (folder.join("site"), folder.join("output"));
    corpus.write(&site);
    let run = |arguments: &[&str]| cost(Command::new(corpus.flavour.program()).args(arguments).current_dir(&site));
    let out = output.to_str().unwrap();
    let first = match corpus.flavour {
        Flavour::Afterword => run(&["build", "--output", out]),
        Flavour::Hugo => run(&["--destination", out]),
        Flavour::Zola => run(&["build", "--output-dir", out]),
    };
    let copy = (0..COPIES).map(|n| {
        let to = folder.join(format!("copy-{n}"));
        cost(Command::new("cp").arg("-r").args([&output, &to])).cpu
    });
    let copy = copy.min_by(f64::total_cmp).unwrap();
    let (files, bytes) = size(&output);
    let row = |what: &str, cost: &Cost| {
        let Cost { cpu, wall, peak } = cost;
        format!("| {documents} | {version} | {what} | {cpu:.2} | {:.1} | {wall:.2} | {peak} |", cpu / copy)
    };
    let mut rows = format!("{} {} | {:.0} |\n", row("first build", &first), files, bytes as f64 / 1e6);
    if corpus.flavour == Flavour::Afterword {
        let second = run(&["build", "--output", out]);
        let text = corpus.postmortem(documents / 2).replacen("\n## Root cause\n\n", "\n## Root cause\n\nOne thing more was found. ", 1);
        fs::write(site.join(corpus::path(documents / 2)), text).unwrap();
        let third = run(&["build", "--output", out]);
        let further = [
            ("nothing changed", second),
            ("one text changed", third),
            ("`check`", run(&["check", "--quiet"])),
            ("`search`", run(&["search", "connection pool"])),
            ("`--version`", run(&["--version"])),
        ];
        for (what, cost) in further {
            writeln!(rows, "{} | |", row(what, &cost)).unwrap();
        }
    }
    rows
}

/// What a process took.
struct Cost {
    /// Processor time of all its threads, in seconds.
    cpu: f64,
    /// Seconds on the clock.
    wall: f64,
    /// The most memory it had, in MiB.
    peak: u64,
}

/// Runs a program to its end.
fn cost(command: &mut Command) -> Cost {
    let (before, started) = (of_children(), Instant::now());
    let mut process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", process.id());
    let mut peak = 0;
    while process.try_wait().unwrap().is_none() {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = peak.max(line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default());
        thread::sleep(LOOK_EVERY);
    }
    Cost { cpu: of_children() - before, wall: started.elapsed().as_secs_f64(), peak: peak / 1024 }
}

/// The processor time of the processes that this one has started and waited for, in seconds: fields 16 and 17 of `proc_pid_stat(5)`.
fn of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    let ticks: f64 = fields.split(' ').skip(13).take(2).map(|field| field.parse::<f64>().unwrap()).sum();
    ticks / TICKS_A_SECOND
}

/// How many files are in a folder, and their bytes.
fn size(folder: &Path) -> (usize, u64) {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.fold((0, 0), |(count, bytes), entry| (count + 1, bytes + entry.metadata().unwrap().len()))
}
