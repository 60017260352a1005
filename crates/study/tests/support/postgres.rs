//! A server of PostgreSQL for one test. Tests include this file by its path:
//!
//! ```text
//! #[path = "support/postgres.rs"]
//! mod postgres;
//!
//! let Some(server) = postgres::Postgres::start() else { return };
//! let place: Place = server.database("lab").parse().unwrap();
//! ```

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

const PASSWORD: &str = "secret";
/// How often a server is asked whether it is ready, ten times in a second.
const PATIENCE: usize = 600;

/// A server that ends when this is dropped, with all that it has stored.
pub struct Postgres {
    server: Child,
    port: u16,
    programs: Programs,
    /// Dropped last: the server writes here.
    folder: TempDir,
}

impl Postgres {
    /// Starts a server with an empty cluster on a free port of this machine. `None` where PostgreSQL is not installed, which
    /// is an error on servers that test (`CI=true`).
    pub fn start() -> Option<Postgres> {
        let Some(programs) = Programs::find() else {
            let tested = std::env::var("CI").is_ok_and(|value| value == "true");
            assert!(!tested, "PostgreSQL is not installed: must not be skipped here");
            println!("skipped: PostgreSQL is not installed");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("password"), PASSWORD).unwrap();
        for path in [folder.path().to_owned(), folder.path().join("password")] {
            if let Some((user, group)) = programs.user {
                chown(path, Some(user), Some(group)).unwrap();
            }
        }
        let words = "--pgdata data --username tester --pwfile password --auth scram-sha-256 --encoding UTF8 --locale C --no-sync";
        finish(programs.command("initdb", folder.path()).args(words.split(' ')));
        // Another program may take the port between its choice and the start.
        let served = (0..5).find_map(|_| serve(&programs, folder.path()));
        let (server, port) = served.expect("PostgreSQL should start");
        Some(Postgres { server, port, programs, folder })
    }

    /// Makes an empty database, and gives its address.
    pub fn database(&self, name: &str) -> String {
        let port = self.port.to_string();
        let words = ["--host", "127.0.0.1", "--port", &port, "--username", "tester", "--no-password", name];
        finish(self.programs.command("createdb", self.folder.path()).args(words).env("PGPASSWORD", PASSWORD));
        format!("postgres://tester:{PASSWORD}@127.0.0.1:{port}/{name}")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT: end all connections, and stop.
        let asked = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

/// Where the programs of PostgreSQL are, and the user that runs them where we are root, which they refuse.
struct Programs {
    folder: PathBuf,
    user: Option<(u32, u32)>,
}

impl Programs {
    fn find() -> Option<Programs> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|v| v.path().join("bin"));
        let folder = std::env::split_paths(&path).chain(debian).find(|folder| folder.join("initdb").exists())?;
        // Links may lead from the path to a folder that has all the programs.
        let folder = fs::canonicalize(folder.join("initdb")).ok()?.parent()?.to_owned();
        let root = fs::metadata("/proc/self").ok()?.uid() == 0;
        let user = if root { Some(user("postgres")?) } else { None };
        Some(Programs { folder, user })
    }

    fn command(&self, program: &str, at: &Path) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command.current_dir(at).stdin(Stdio::null()).env("LC_ALL", "C");
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }
}

/// The numbers of a user and of its group.
fn user(name: &str) -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// A server that answers, and its port.
fn serve(programs: &Programs, folder: &Path) -> Option<(Child, u16)> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let log = File::create(folder.join("log")).unwrap();
    let text = port.to_string();
    // What a test stores may be lost in a power failure.
    let words = ["-D", "data", "-h", "127.0.0.1", "-p", &text, "-c", "unix_socket_directories=", "-c", "fsync=off"];
    let mut server =
        programs.command("postgres", folder).args(words).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
    for _ in 0..PATIENCE {
        let mut ready = programs.command("pg_isready", folder);
        ready.args(["--host", "127.0.0.1", "--port", &text, "--quiet"]);
        if ready.status().unwrap().success() {
            return Some((server, port));
        }
        if server.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let _ = server.kill();
    let _ = server.wait();
    println!("{}", fs::read_to_string(folder.join("log")).unwrap_or_default());
    None
}

fn finish(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
