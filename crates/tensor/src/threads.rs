//! A few threads that wait for work without sleeping, because a training step asks for them every few microseconds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use std::thread::{self, JoinHandle};

/// Turns of the waiting loop before a thread gives its core back, then before it sleeps.
const TURNS_BEFORE_YIELD: usize = 2_000;
const TURNS_BEFORE_SLEEP: usize = 40_000;

/// A team of threads.
///
/// Work is cut by shapes alone, never by the number of threads, so results do not depend on it.
///
/// ```
/// use tensor::Threads;
/// let threads = Threads::new(2);
/// let mut squares = vec![0; 100];
/// threads.over_chunks(&mut squares, 7, |chunk, values| {
///     for (i, v) in values.iter_mut().enumerate() { *v = (chunk * 7 + i).pow(2); }
/// });
/// assert_eq!(squares[99], 9801);
/// ```
pub struct Threads {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
    busy: AtomicBool,
}

struct Shared {
    /// Counts jobs; a change tells the workers that `job` is there.
    generation: AtomicUsize,
    job: AtomicUsize,
    next_task: AtomicUsize,
    /// The highest bit says that a job may be joined; the others count the workers inside. So a worker that the
    /// system has put aside is not waited for: the others do its share.
    gate: AtomicUsize,
    sleeping: AtomicUsize,
    panicked: AtomicBool,
    stop: AtomicBool,
}

/// The bit of `gate` that lets workers in.
const OPEN: usize = 1 << (usize::BITS - 1);

struct Job<'a> {
    tasks: usize,
    work: &'a (dyn Fn(usize) + Sync),
}

impl Threads {
    /// A team of `count` threads, the caller's own included; zero means as many as there are cores.
    pub fn new(count: usize) -> Self {
        let count = if count == 0 { thread::available_parallelism().map_or(1, usize::from) } else { count };
        let shared = Arc::new(Shared {
            generation: AtomicUsize::new(0),
            job: AtomicUsize::new(0),
            next_task: AtomicUsize::new(0),
            gate: AtomicUsize::new(0),
            sleeping: AtomicUsize::new(0),
            panicked: AtomicBool::new(false),
            stop: AtomicBool::new(false),
        });
        let workers = (1..count)
            .map_while(|_| {
                let shared = shared.clone();
                thread::Builder::new().name("gedanken".into()).spawn(move || shared.serve()).ok()
            })
            .collect();
        Threads { shared, workers, busy: AtomicBool::new(false) }
    }

    /// How many threads work together.
    pub fn count(&self) -> usize {
        self.workers.len() + 1
    }

    /// Calls `work` once for every task in `0..tasks`, on all threads; a call from inside a task runs on its own thread.
    ///
    /// # Panics
    /// If `work` panics.
    pub fn run(&self, tasks: usize, work: &(dyn Fn(usize) + Sync)) {
        if self.workers.is_empty() || tasks < 2 || self.busy.swap(true, Acquire) {
            return (0..tasks).for_each(work);
        }
        let job = Job { tasks, work };
        let shared = &*self.shared;
        shared.next_task.store(0, Relaxed);
        shared.job.store(&raw const job as usize, Relaxed);
        shared.gate.store(OPEN, Release);
        shared.generation.fetch_add(1, SeqCst);
        if shared.sleeping.load(SeqCst) > 0 {
            self.workers.iter().for_each(|worker| worker.thread().unpark());
        }
        let own = catch_unwind(AssertUnwindSafe(|| shared.work_on(&job)));
        // The job lives on this stack: nobody may leave before every worker inside is through with it.
        shared.gate.fetch_and(!OPEN, AcqRel);
        wait_until(|| shared.gate.load(Acquire) == 0);
        let panicked = shared.panicked.swap(false, Relaxed);
        self.busy.store(false, Release);
        if let Err(payload) = own {
            std::panic::resume_unwind(payload);
        }
        assert!(!panicked, "a worker thread panicked; its message stands above");
    }

    /// Calls `work(index, chunk)` for consecutive chunks of `data` of length `chunk`, the last perhaps shorter.
    pub fn over_chunks<X: Send>(&self, data: &mut [X], chunk: usize, work: impl Fn(usize, &mut [X]) + Sync) {
        let chunk = chunk.max(1);
        let len = data.len();
        let start = Parts(data.as_mut_ptr());
        self.run(len.div_ceil(chunk), &|index| {
            let start = &start;
            let (from, to) = (index * chunk, ((index + 1) * chunk).min(len));
            // SAFETY: every index is visited once, the ranges of two indices are disjoint and lie inside `data`,
            // which stays mutably borrowed until `run` returns.
            work(index, unsafe { std::slice::from_raw_parts_mut(start.0.add(from), to - from) });
        });
    }
}

/// A pointer whose users share out what it points to.
struct Parts<X>(*mut X);
// SAFETY: `over_chunks` gives every thread its own part.
unsafe impl<X: Send> Sync for Parts<X> {}

impl Shared {
    fn serve(&self) {
        let mut seen = 0;
        loop {
            seen = self.wait_for_change(seen);
            if self.stop.load(Acquire) {
                return;
            }
            if self.gate.fetch_update(AcqRel, Acquire, |gate| (gate & OPEN != 0).then_some(gate + 1)).is_err() {
                continue;
            }
            // SAFETY: `run` stored a pointer to a job on its stack before it opened the gate, and does not return
            // before this worker has left through it.
            let job = unsafe { &*(self.job.load(Relaxed) as *const Job<'_>) };
            if catch_unwind(AssertUnwindSafe(|| self.work_on(job))).is_err() {
                self.panicked.store(true, Relaxed);
            }
            self.gate.fetch_sub(1, Release);
        }
    }

    fn work_on(&self, job: &Job<'_>) {
        loop {
            let task = self.next_task.fetch_add(1, Relaxed);
            if task >= job.tasks {
                return;
            }
            (job.work)(task);
        }
    }

    /// Returns the generation that follows `seen`, or a later one.
    fn wait_for_change(&self, seen: usize) -> usize {
        for turn in 0..TURNS_BEFORE_SLEEP {
            let generation = self.generation.load(Acquire);
            if generation != seen {
                return generation;
            }
            pause(turn);
        }
        self.sleeping.fetch_add(1, SeqCst);
        while self.generation.load(SeqCst) == seen {
            thread::park();
        }
        self.sleeping.fetch_sub(1, SeqCst);
        self.generation.load(Acquire)
    }
}

fn wait_until(done: impl Fn() -> bool) {
    let mut turn = 0;
    while !done() {
        pause(turn);
        turn += 1;
    }
}

fn pause(turn: usize) {
    if turn % TURNS_BEFORE_YIELD == TURNS_BEFORE_YIELD - 1 { thread::yield_now() } else { std::hint::spin_loop() }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.shared.stop.store(true, Release);
        self.shared.generation.fetch_add(1, SeqCst);
        for worker in self.workers.drain(..) {
            worker.thread().unpark();
            // A worker catches every panic of its work, so joining cannot fail.
            let _ = worker.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_runs_exactly_once() {
        let threads = Threads::new(3);
        for tasks in [0, 1, 2, 100] {
            let counts: Vec<AtomicUsize> = (0..tasks).map(|_| AtomicUsize::new(0)).collect();
            threads.run(tasks, &|task| {
                counts[task].fetch_add(1, Relaxed);
            });
            assert!(counts.iter().all(|c| c.load(Relaxed) == 1));
        }
    }

    #[test]
    fn a_sleeping_team_wakes_up() {
        let threads = Threads::new(2);
        thread::sleep(std::time::Duration::from_millis(50));
        let sum = AtomicUsize::new(0);
        threads.run(10, &|task| {
            sum.fetch_add(task, Relaxed);
        });
        assert_eq!(sum.into_inner(), 45);
    }

    #[test]
    fn a_call_from_inside_a_task_runs_there() {
        let threads = Threads::new(2);
        let sum = AtomicUsize::new(0);
        threads.run(4, &|_| {
            threads.run(4, &|task| {
                sum.fetch_add(task, Relaxed);
            })
        });
        assert_eq!(sum.into_inner(), 24);
    }

    #[test]
    fn a_panic_in_a_task_reaches_the_caller_and_leaves_the_team_usable() {
        let threads = Threads::new(2);
        let result = catch_unwind(AssertUnwindSafe(|| threads.run(8, &|task| assert_ne!(task, 5))));
        assert!(result.is_err());
        threads.run(8, &|_| {});
    }
}
