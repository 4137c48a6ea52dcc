//! `IterMut` and `ValuesMut`, which lend a `RefMut` with each step, and `ExtractIf`, which lends one to its function.
#![allow(unsafe_op_in_unsafe_fn, reason = "PyO3's wrappers of methods that a macro writes")]

use std::{mem, vec};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use super::reading::Cursor;
use super::{Both, Part, Source, ValueOnly, iterators, listed};
use crate::cell::Cell;
use crate::debug::{self, Text};
use crate::error::{Refusal, Verb, cannot_pickle, changed_by_predicate, lender_ended, no_verdict};
use crate::iter::Walk;
use crate::key::Key;
use crate::ref_mut::{Handle, RefMut};
use crate::table::{Buried, HashMap, Objects, State, bury};

/// A walk that lends: it ends with the epoch in which it began.
struct Lending<P> {
    cursor: Cursor<P>,
    epoch: u64,
    lender: Verb,
}

/// What a lending iterator makes of a key and the reference to its value.
trait Lent: Part {
    type Made;
    fn make(key: Py<PyAny>, lent: Py<RefMut>) -> Self::Made;
}

impl Lent for Both {
    type Made = (Py<PyAny>, Py<RefMut>);

    fn make(key: Py<PyAny>, lent: Py<RefMut>) -> Self::Made {
        (key, lent)
    }
}

impl Lent for ValueOnly {
    type Made = Py<RefMut>;

    fn make(_: Py<PyAny>, lent: Py<RefMut>) -> Self::Made {
        lent
    }
}

impl<P> Lending<P> {
    fn begin(map: &Bound<'_, HashMap>, lender: Verb) -> PyResult<Self> {
        let begun = HashMap::with(map, |state| {
            let (generation, table) = state.parts()?;
            let epoch = generation.raise(lender);
            Ok((Walk::start(table.map.iter(), generation), epoch))
        });
        let (walk, epoch) = begun.map_err(|refusal: Refusal| refusal.on_map(map.py(), lender.name()))?;
        Ok(Lending { cursor: Cursor::new(map, walk), epoch, lender })
    }

    /// Lends the walk while the epoch lasts; `None` once nothing is left.
    fn with<'py, R>(
        &self,
        me: &Bound<'py, PyAny>,
        what: &str,
        f: impl FnOnce(&mut State, &mut Walk) -> Option<R>,
    ) -> PyResult<Option<(Bound<'py, HashMap>, R)>> {
        let Some(map) = self.cursor.map(me) else { return Ok(None) };
        let step = self.cursor.with(&map, |state, walk| {
            state.table_at(self.epoch)?;
            Ok(f(state, walk))
        });
        Ok(step.map_err(|refusal| lender_ended(me.py(), what, refusal))?.map(|result| (map, result)))
    }
}

impl<P: Lent> Source for Lending<P> {
    type Item = P::Made;

    fn next(&self, me: &Bound<'_, PyAny>, what: &str) -> PyResult<Option<P::Made>> {
        let py = me.py();
        let next = |state: &mut State, walk: &mut Walk| {
            walk.next(&state.generation, |key, _| key.clone_ref(py)).ok().flatten()
        };
        let Some((map, key)) = self.with(me, what, next)? else {
            self.cursor.finish(me);
            return Ok(None);
        };
        let object = key.object.clone_ref(py);
        let lent = RefMut::lend(py, Handle::new(&map, key, self.lender), self.epoch)?;
        Ok(Some(P::make(object, lent.unbind())))
    }

    fn len(&self, me: &Bound<'_, PyAny>, what: &str) -> PyResult<usize> {
        let len = self.with(me, what, |state, walk| walk.len(&state.generation).ok())?;
        Ok(len.map_or(0, |(_, len)| len))
    }

    fn left(&self, me: &Bound<'_, PyAny>, alternate: bool) -> PyResult<Option<Vec<Text>>> {
        if let Some(map) = self.cursor.map(me)
            && HashMap::with(&map, |state| state.table_at(self.epoch).is_err())
        {
            return Ok(None);
        }
        self.cursor.left(me, alternate)
    }

    fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.cursor.traverse(visit)
    }

    /// A cycle through an iterator runs through its map, which is cleared.
    fn clear(&self, _: &Bound<'_, PyAny>) {}
}

iterators! {
    /// An iterator over the pairs of a map, which lends a `RefMut` to each value.
    ///
    /// It ends, and what it lent with it, when a later call changes the map, or could.
    IterMut(Lending<Both>), "IterMut";
    /// An iterator which lends a `RefMut` to each value of a map.
    ///
    /// It ends, and what it lent with it, when a later call changes the map, or could.
    ValuesMut(Lending<ValueOnly>), "ValuesMut";
}

macro_rules! begun {
    ($($class:ident)*) => { $(
        impl $class {
            pub fn of<'py>(map: &Bound<'py, HashMap>) -> PyResult<Bound<'py, $class>> {
                Bound::new(map.py(), $class(Lending::begin(map, Verb::$class)?))
            }
        }
    )* };
}

begun! { IterMut ValuesMut }

/// Asks a predicate about a pair. The `RefMut` it is given ends with it, at the call that follows.
pub fn ask(map: &Bound<'_, HashMap>, key: &Key, epoch: u64, f: &Py<PyAny>, verb: Verb) -> PyResult<bool> {
    let py = map.py();
    let lent = RefMut::lend(py, Handle::new(map, key.clone_ref(py), verb), epoch)?;
    let verdict = f.bind(py).call1((&key.object, lent))?;
    if verdict.is_none() || verdict.is_instance_of::<RefMut>() {
        return Err(no_verdict(&verdict, verb));
    }
    verdict.is_truthy()
}

/// An iterator over the pairs that a function picks: they leave the map as they are yielded.
///
/// It has no length, since nobody knows what the function will say. Dropped early, it leaves the rest in the map.
/// It ends when a later call changes the map, or could.
/// See <https://doc.rust-lang.org/std/collections/hash_map/struct.ExtractIf.html>.
#[pyclass(frozen, generic, module = "entrymap")]
pub struct ExtractIf {
    map: Py<HashMap>,
    f: Py<PyAny>,
    rest: Cell<Rest>,
}

/// The keys that the function has not been asked about, and the epoch in which they hold.
struct Rest {
    keys: vec::IntoIter<Key>,
    epoch: u64,
}

const WHAT: &str = "ExtractIf";

impl ExtractIf {
    pub fn of<'py>(map: &Bound<'py, HashMap>, f: Py<PyAny>) -> PyResult<Bound<'py, ExtractIf>> {
        let py = map.py();
        let rest = HashMap::with(map, |state| {
            let keys = state.table()?.keys(py)?.into_iter();
            Ok(Rest { keys, epoch: state.generation.raise(Verb::ExtractIf) })
        });
        let rest = rest.map_err(|refusal: Refusal| refusal.on_map(py, Verb::ExtractIf.name()))?;
        Bound::new(py, ExtractIf { map: map.clone().unbind(), f, rest: Cell::new(rest) })
    }

    /// The next key to ask about.
    fn candidate(&self, py: Python<'_>) -> PyResult<Option<(Key, u64)>> {
        HashMap::with_also(self.map.bind(py), &self.rest, |state, rest| {
            if rest.keys.len() > 0 {
                state.table_at(rest.epoch)?;
            }
            Ok(rest.keys.next().map(|key| (key, rest.epoch)))
        })
        .map_err(|refusal: Refusal| lender_ended(py, WHAT, refusal))
    }

    /// Ends what the function was lent, and takes the pair out if that is the verdict.
    fn settle(&self, py: Python<'_>, key: &Key, epoch: u64, out: bool) -> PyResult<Option<Objects>> {
        let pair = HashMap::with_also(self.map.bind(py), &self.rest, |state, rest| {
            state.table_at(epoch)?;
            let pair = if out { state.remove(key, Verb::ExtractIf)? } else { None };
            rest.epoch = state.generation.raise(Verb::ExtractIf);
            Ok(pair)
        });
        let pair = pair.map_err(|refusal: Refusal| changed_by_predicate(py, refusal, Verb::ExtractIf))?;
        Ok(pair.map(|(key, value)| (key.object, value)))
    }
}

#[pymethods]
impl ExtractIf {
    #[allow(clippy::self_named_constructors, reason = "Python's name")]
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Objects>> {
        while let Some((key, epoch)) = self.candidate(py)? {
            let verdict = ask(self.map.bind(py), &key, epoch, &self.f, Verb::ExtractIf);
            let pair = self.settle(py, &key, epoch, matches!(verdict, Ok(true)));
            verdict?;
            if let Some(pair) = pair? {
                return Ok(Some(pair));
            }
        }
        Ok(None)
    }

    /// The next pair that the function picks, or `None` after the last; Rust's `Iterator::next`.
    ///
    /// If the function raises, its pair stays, and the next call goes on after it.
    /// Raises `BorrowError` if the iterator has ended, or if the function changes the map.
    /// See <https://doc.rust-lang.org/std/iter/trait.Iterator.html#tymethod.next>.
    fn next(&self, py: Python<'_>) -> PyResult<Option<Objects>> {
        self.__next__(py)
    }

    /// How many pairs may come, as `(at least, at most)`.
    ///
    /// At least 0: there is no telling what the function will pick.
    /// See <https://doc.rust-lang.org/std/iter/trait.Iterator.html#method.size_hint>.
    fn size_hint(&self, py: Python<'_>) -> (usize, usize) {
        (0, HashMap::with_also(self.map.bind(py), &self.rest, |_, rest| rest.keys.len()))
    }

    fn __repr__(&self) -> &'static str {
        "ExtractIf { .. }"
    }

    /// `?` and `#?` are Rust's Debug; no other format is known.
    fn __format__(slf: &Bound<'_, Self>, spec: &str) -> PyResult<&'static str> {
        if !spec.is_empty() {
            debug::form(slf.as_any(), spec)?;
        }
        Ok("ExtractIf { .. }")
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Err(cannot_pickle(slf.as_any()))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.map)?;
        visit.call(&self.f)?;
        self.rest.peek(|rest| rest.keys.as_slice().iter().try_for_each(|key| visit.call(&key.object))).unwrap_or(Ok(()))
    }

    fn __clear__(&self, py: Python<'_>) {
        let keys = HashMap::with_also(self.map.bind(py), &self.rest, |_, rest| mem::take(&mut rest.keys));
        bury(Buried::Keys(keys));
    }
}

impl Drop for ExtractIf {
    fn drop(&mut self) {
        let keys = mem::take(&mut self.rest.get_mut().keys);
        if keys.len() > 0 {
            bury(Buried::Keys(keys));
        }
    }
}
