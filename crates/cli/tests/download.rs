//! `data get` against a server on loopback: what is kept is what was promised.

mod common;

use std::io::{Read, Write};
use std::net::TcpListener;

use common::Bench;

/// Serves `body` once, to any request.
fn serve(body: &'static [u8], status: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let Ok((mut stream, _)) = listener.accept() else { return };
        let _ = stream.read(&mut [0; 4096]);
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    });
    address
}

#[test]
fn other_bytes_than_promised_are_not_kept() {
    let bench = Bench::new();
    let host = serve(b"something else", "200 OK");
    let output = bench.output(&format!("data get esol --out kept --host {host}"));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && told.contains("its SHA-256 is") && told.contains("nothing was saved"),
        "{told}"
    );
    assert!(!bench.path().join("kept/esol.csv").exists());
}

#[test]
fn a_server_without_the_file_is_an_error() {
    let bench = Bench::new();
    let host = serve(b"", "404 Not Found");
    let output = bench.output(&format!("data get esol --out kept --host {host}"));
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("404"), "{output:?}");
}

#[test]
fn the_embedded_data_set_is_written_out() {
    let bench = Bench::new();
    bench.run("data get boiling_points --out kept");
    assert!(bench.text("kept/boiling_points.csv").starts_with("name,smiles,boiling_point [K]\n"));
}

#[test]
fn a_generated_data_set_is_written_out() {
    let bench = Bench::new();
    bench.run("data get lorenz63 --out kept");
    let text = bench.text("kept/lorenz63.csv");
    assert!(text.starts_with("time,x,y,z\n0,") && text.lines().count() == 5001, "{text}");
}

/// With the real file at hand, the whole way is walked.
#[test]
fn the_promised_bytes_are_kept() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/esol.csv");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("not run: the data set is not at hand");
        return;
    };
    let bench = Bench::new();
    let host = serve(bytes.leak(), "200 OK");
    bench.run(&format!("data get esol --out kept --host {host}"));
    assert_eq!(bench.text("kept/esol.csv").lines().count(), 1129);
    // A file that is there already is not fetched again: the server is gone.
    bench.run(&format!("data get esol --out kept --host {host}"));
}
