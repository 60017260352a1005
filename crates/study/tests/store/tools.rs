//! Short words for what these tests do often.

use serde_json::{Map, Value, json};
use sqlx::{AnyConnection, Connection};
use study::{Asker, Place, Proposal, State, Store, Told};

pub fn point(x: f64) -> Proposal {
    Proposal { point: Map::from_iter([("x".to_owned(), json!(x))]), origin: "model".into(), notes: json!({"mean": x}) }
}

pub fn complete(y: f64) -> Told {
    Told { state: State::Complete, outcomes: [("y".to_owned(), y)].into(), reason: None }
}

pub fn failed(reason: &str) -> Told {
    Told { state: State::Failed, outcomes: Default::default(), reason: Some(reason.into()) }
}

pub fn at(now: f64) -> Asker<'static> {
    Asker { now, ..Asker::default() }
}

/// A study with `n` pending trials, which have the points 1, 2 and so on.
pub fn study(place: &Place, name: &str, n: usize) -> Store {
    let mut store = Store::create(place, name, &json!({"about": name}), 0.0).unwrap();
    let points: Vec<Proposal> = (1..=n).map(|x| point(x as f64)).collect();
    store.propose(0, &points, &at(0.0)).unwrap().unwrap();
    store
}

/// What another program does to the database.
pub fn sql(place: &Place, statements: &str) {
    sqlx::any::install_default_drivers();
    let address = match place {
        Place::Memory => unreachable!("another connection sees another memory"),
        Place::Sqlite(path) => format!("sqlite://{}?mode=rwc", path.display().to_string().replace('?', "%3F")),
        Place::Postgres(address) => address.clone(),
    };
    let statements = sqlx::AssertSqlSafe(statements.to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = AnyConnection::connect(&address).await.unwrap();
        sqlx::raw_sql(statements).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// What an error says.
pub fn message<X: std::fmt::Debug>(result: spec::error::Result<X>) -> String {
    result.unwrap_err().to_string()
}

/// Whether two values are the same JSON, to the last bit.
pub fn same(a: &Value, b: &Value) -> bool {
    let text = |value: &Value| value.to_string();
    text(a) == text(b)
}
