//! The store of studies keeps its rules in SQLite and in PostgreSQL, under eight threads, and when its program is killed.

mod crash;
mod files;
mod leases;
#[path = "../support/postgres.rs"]
mod postgres;
mod rules;
mod server;
mod threads;
mod tools;
