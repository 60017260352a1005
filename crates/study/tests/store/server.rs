//! What holds of servers alone.

use serde_json::json;
use study::{Place, Store};

use crate::postgres::Postgres;
use crate::tools::{complete, message, sql, study};

/// Port 1 belongs to a service that nobody runs.
#[test]
fn the_store_says_when_a_server_cannot_be_reached() {
    let place: Place = "postgres://ada:secret@127.0.0.1:1/lab".parse().unwrap();
    assert_eq!(
        message(Store::open(&place, None)),
        "`postgres://ada:***@127.0.0.1:1/lab` could not be reached: Connection refused (os error 111)\n\
         hint: check the address, and that the server runs and can be reached from here"
    );
    for address in ["postgres://ada:secret@host:x/lab", "postgres://ada:secret@host/lab?sslmode=some", "postgres://:::"]
    {
        let message = message(Store::open(&address.parse().unwrap(), None));
        assert!(message.contains("could not be reached") && !message.contains("secret"), "{message}");
    }
}

#[test]
fn the_store_says_what_a_server_refuses_and_comes_back_after_a_break() {
    let Some(server) = Postgres::start() else { return };
    let address = server.database("lab");
    let place: Place = address.parse().unwrap();
    let shown = place.to_string();

    assert_eq!(
        message(Store::open(&place, None)),
        format!("`{shown}` contains no study\nhint: check the path or address, or create a study there")
    );
    let wrong: Place = address.replace("secret", "guess").parse().unwrap();
    assert_eq!(
        message(Store::create(&wrong, "coating", &json!({}), 0.0)),
        format!(
            "`{shown}` could not be opened: password authentication failed for user \"tester\"\n\
             hint: check the user and the password"
        )
    );
    let other: Place = address.replace("/lab", "/other").parse().unwrap();
    assert_eq!(
        message(Store::open(&other, None)),
        format!(
            "`{other}` could not be opened: database \"other\" does not exist\n\
             hint: check the name of the database, or create it with `createdb`"
        )
    );

    let mut store = study(&place, "coating", 1);
    let end =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'lab' AND pid <> pg_backend_pid()";
    sql(&place, end);
    store.tell(1, &complete(0.5), false, 1.0).unwrap();
    sql(&place, end);
    assert_eq!(store.trials().unwrap()[0].outcomes["y"], 0.5);

    // Tables are not changed where they are there, so that this needs no right to make any.
    sql(
        &place,
        "CREATE ROLE guest LOGIN PASSWORD 'guest'; REVOKE CREATE ON SCHEMA public FROM PUBLIC; \
        GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO guest",
    );
    let guest: Place = address.replace("tester:secret", "guest:guest").parse().unwrap();
    study(&guest, "alloy", 1);
    sql(&place, "REVOKE UPDATE ON gedanken_trials FROM guest");
    let mut store = Store::open(&guest, Some("alloy")).unwrap();
    assert_eq!(
        message(store.tell(1, &complete(0.5), false, 1.0)),
        format!(
            "`{guest}` could not be used: permission denied for table gedanken_trials\n\
             hint: ask for the right to create tables and to write to them"
        )
    );
}
