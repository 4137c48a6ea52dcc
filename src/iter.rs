//! `Walk`: std's own iterator over a table, kept from one call to the next.
#![allow(unsafe_code, reason = "a stored std iterator needs its lifetime erased")]

use std::collections::hash_map::Iter as StdIter;
use std::mem;

use pyo3::prelude::*;

use crate::cell::Generation;
use crate::error::Verb;
use crate::key::Key;

type Pairs<'a> = StdIter<'a, Key, Py<PyAny>>;

/// A walk over a map, which ends when a key comes or goes.
#[derive(Clone)]
pub struct Walk {
    /// `None` once nothing is left.
    rest: Option<Pairs<'static>>,
    shape: u64,
}

/// The call that ended a walk.
pub struct Ended(pub Verb);

impl Walk {
    /// Starts at the front of a table whose map is kept alive for longer than the walk, and whose generation is
    /// the one that every later call brings.
    pub fn start(pairs: Pairs<'_>, generation: &Generation) -> Walk {
        // SAFETY: the iterator points into the table's allocation, which stays where it is, with the pairs that
        // the walk has yet to meet, while `shape` is the same. `rest` checks that before each use, and the owner of
        // the walk keeps the map. Held by tests/test_iter.py::test_a_changed_map_ends_every_iterator.
        let rest = unsafe { mem::transmute::<Pairs<'_>, Pairs<'static>>(pairs) };
        Walk { rest: Some(rest), shape: generation.shape() }
    }

    /// A walk that is over.
    pub fn over() -> Walk {
        Walk { rest: None, shape: 0 }
    }

    /// Whether the map still has the keys it had.
    pub fn holds(&self, generation: &Generation) -> bool {
        self.shape == generation.shape()
    }

    /// What is left, if the map still has the keys it had.
    #[inline]
    fn rest(&mut self, generation: &Generation) -> Result<Option<&mut Pairs<'static>>, Ended> {
        if self.rest.is_some() && !self.holds(generation) {
            return Err(Ended(generation.reshaped_by()));
        }
        Ok(self.rest.as_mut())
    }

    /// What `pick` takes of the next pair.
    #[inline]
    pub fn next<R>(
        &mut self,
        generation: &Generation,
        pick: impl FnOnce(&Key, &Py<PyAny>) -> R,
    ) -> Result<Option<R>, Ended> {
        let next = self.rest(generation)?.and_then(Iterator::next).map(|(key, value)| pick(key, value));
        if next.is_none() {
            self.rest = None;
        }
        Ok(next)
    }

    /// How many pairs are left.
    pub fn len(&mut self, generation: &Generation) -> Result<usize, Ended> {
        Ok(self.rest(generation)?.map_or(0, |rest| rest.len()))
    }

    /// Shows `see` every pair that is left, and goes on from where it is.
    pub fn survey(&mut self, generation: &Generation, mut see: impl FnMut(&Key, &Py<PyAny>)) -> Result<(), Ended> {
        if let Some(rest) = self.rest(generation)? {
            rest.clone().for_each(|(key, value)| see(key, value));
        }
        Ok(())
    }

    /// The pair met last has been taken out of the map by the walk's owner, which moves nothing.
    pub fn took(&mut self, generation: &Generation) {
        self.shape = generation.shape();
    }
}
