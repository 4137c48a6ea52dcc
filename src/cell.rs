//! The cell that lends a map's state out, and the generation by which handles know whether they still hold.
#![allow(unsafe_code, reason = "this is the one place that makes `&mut` out of a shared object")]

use std::cell::{Cell as Flag, UnsafeCell};
use std::ptr;

use pyo3::prelude::*;
use pyo3::sync::critical_section::with_critical_section;

use crate::error::{Ending, Refusal, Verb};

/// State shared by Python objects and lent to one closure at a time.
///
/// With the GIL the attached thread is the only one here; on free-threaded builds the closure runs inside the
/// critical section of `lock`, which must be the same object at every call. The closure must not run Python
/// code, nor drop an object that might be the last reference to it: a re-entrant call would find the cell lent
/// and panic.
pub struct Cell<T> {
    lent: Flag<bool>,
    content: UnsafeCell<T>,
}

// SAFETY: `content` and `lent` are touched only by an attached thread, inside the critical section of the cell's
// lock where there is no GIL. Held by tests/test_cell.py::test_threads_share_one_map.
unsafe impl<T: Send> Sync for Cell<T> {}

impl<T> Cell<T> {
    pub const fn new(content: T) -> Self {
        Cell { lent: Flag::new(false), content: UnsafeCell::new(content) }
    }

    /// The content of a cell that nobody else has.
    pub fn get_mut(&mut self) -> &mut T {
        self.content.get_mut()
    }

    /// Lends the content to `f`.
    #[inline]
    pub fn with<R>(&self, lock: &Bound<'_, PyAny>, f: impl FnOnce(&mut T) -> R) -> R {
        with_critical_section(lock, || self.lend(f))
    }

    /// Lends two cells that share one lock.
    #[inline]
    pub fn with_both<U, R>(&self, other: &Cell<U>, lock: &Bound<'_, PyAny>, f: impl FnOnce(&mut T, &mut U) -> R) -> R {
        with_critical_section(lock, || self.lend(|mine| other.lend(|theirs| f(mine, theirs))))
    }

    #[inline]
    fn lend<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        assert!(!self.lent.replace(true), "entrymap: a map's state was lent twice");
        // SAFETY: the flag was down, so no other `&mut` to the content exists, and stays up until `f` is done;
        // if `f` unwinds it stays up for good. Held by tests/test_cell.py::test_no_python_code_under_the_borrow.
        let result = f(unsafe { &mut *self.content.get() });
        self.lent.set(false);
        result
    }

    /// A look for the garbage collector, which has no token: nothing while the content is lent.
    pub fn peek<R>(&self, f: impl FnOnce(&T) -> R) -> Option<R> {
        if self.lent.get() {
            return None;
        }
        // SAFETY: not lent, and the collector runs either with the GIL or with the world stopped, so nobody
        // writes during `f`, which only visits. Held by tests/map/test_mod.py::test_cycles_are_collected.
        Some(f(unsafe { &*self.content.get() }))
    }
}

/// Counts what happens to a map, so that a handle or an iterator can tell whether it still holds.
pub struct Generation {
    /// Raised by every `&mut self` call; handles compare it.
    epoch: u64,
    /// Raised when a key came or went or the table moved; reading iterators compare it.
    shape: u64,
    /// The verbs of the last eight epochs, the latest in the low byte.
    history: u64,
    /// The verb of the latest shape.
    reshaped_by: Verb,
    /// The thread of the latest epoch.
    thread: usize,
    /// The tags of the threads of the last eight epochs, the latest in the low byte.
    tags: u64,
}

/// How many verbs a `u64` of history holds.
const REMEMBERED: u64 = 8;

impl Generation {
    pub const fn new() -> Self {
        Generation { epoch: 0, shape: 0, history: 0, reshaped_by: Verb::Nothing, thread: 0, tags: 0 }
    }

    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    pub fn shape(&self) -> u64 {
        self.shape
    }

    pub fn reshaped_by(&self) -> Verb {
        self.reshaped_by
    }

    /// A `&mut self` call: every handle given out before ends.
    #[inline]
    pub fn raise(&mut self, verb: Verb) -> u64 {
        self.epoch += 1;
        self.history = self.history << 8 | verb as u64;
        self.thread = this_thread();
        self.tags = self.tags << 8 | tag(self.thread);
        self.epoch
    }

    /// A key came or went, or the table moved: every reading iterator ends.
    #[inline]
    pub fn reshape(&mut self, verb: Verb) {
        self.shape += 1;
        self.reshaped_by = verb;
    }

    /// Whether a handle of `epoch` still holds, and if not, what ended it.
    #[inline]
    pub fn check(&self, epoch: u64) -> Result<(), Refusal> {
        if self.epoch == epoch { Ok(()) } else { Err(Refusal::Ended(self.ending(epoch))) }
    }

    /// Whether all `&mut self` calls since `epoch` came from this thread, as far as is remembered.
    pub fn raised_here(&self, epoch: u64) -> bool {
        let since = self.epoch.saturating_sub(epoch);
        let mine = tag(this_thread());
        self.thread == this_thread()
            && since <= REMEMBERED
            && (0..since).all(|back| self.tags >> (8 * back) & TAG == mine)
    }

    /// What ended a handle of `epoch`: the verb just after it, if that is still remembered.
    pub fn ending(&self, epoch: u64) -> Ending {
        let since = self.epoch.saturating_sub(epoch);
        let exact = (1..=REMEMBERED).contains(&since);
        let back = if exact { since - 1 } else { 0 };
        let [byte, ..] = (self.history >> (8 * back)).to_le_bytes();
        let elsewhere = self.tags >> (8 * back) & TAG != tag(this_thread());
        Ending { verb: Verb::from_byte(byte), exact, moved: false, elsewhere }
    }
}

thread_local! {
    static MARK: u8 = const { 0 };
}

const TAG: u64 = 0xff;

/// One byte of a thread's number. Two threads may share it, and a message then does not tell them apart.
#[inline]
fn tag(thread: usize) -> u64 {
    (thread as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56
}

/// A number that differs between live threads.
#[inline]
fn this_thread() -> usize {
    MARK.with(|mark| ptr::from_ref(mark).addr())
}
