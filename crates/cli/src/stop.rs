//! Ctrl-C and SIGTERM ask a training to stop after the present epoch; asked twice, the program ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// A flag that the signals raise.
pub fn flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // The first signal raises the flag, the second finds it raised and ends the program. Where a handler cannot be
        // registered, the signal ends the program as it does by default; the checkpoint is there all the same.
        let _ = flag::register_conditional_shutdown(signal, 130, stop.clone());
        let _ = flag::register(signal, stop.clone());
    }
    stop
}

/// Whether a stop was requested.
pub fn asked(stop: &AtomicBool) -> bool {
    stop.load(Relaxed)
}
