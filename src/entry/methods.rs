//! The methods of the three entry classes, as Python sees them.

use pyo3::PyClass;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::{Entry, OccupiedEntry, Slot, VacantEntry};
use crate::debug;
use crate::error::{Verb, cannot_pickle, closure_returned};
use crate::key::Key;
use crate::ref_mut::RefMut;
use crate::table::{Objects, State};

/// The entry under one of its two classes.
fn upcast<'a, 'py, T>(slf: &'a Bound<'py, T>) -> &'a Bound<'py, Entry>
where
    T: PyClass<BaseType = Entry>,
{
    slf.as_super()
}

#[pymethods]
impl Entry {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        PyTuple::new(py, ["entry"])
    }

    /// The entry itself, so that `case Entry.Occupied(e)` binds it.
    #[getter]
    #[allow(clippy::self_named_constructors, reason = "`__match_args__` names it")]
    fn entry<'a, 'py>(slf: &'a Bound<'py, Self>) -> &'a Bound<'py, Self> {
        slf
    }

    /// Inserts `value` if the entry is vacant, and returns a `RefMut` to the value that is there now.
    ///
    /// `value` is computed before the call, needed or not; `or_insert_with` computes it only when needed.
    /// Consumes the entry. Raises `MovedError` if that has happened before, `BorrowError` if the map was used since.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/enum.Entry.html#method.or_insert>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> scores = HashMap()
    /// >>> scores.entry("Blue").or_insert(10).value += 5
    /// >>> scores
    /// HashMap({'Blue': 15})
    #[pyo3(signature = (value, /))]
    fn or_insert<'py>(slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, RefMut>> {
        Self::or_insert_value(slf, Verb::OrInsert, value)
    }

    /// Inserts `f()` if the entry is vacant, and returns a `RefMut` to the value that is there now.
    ///
    /// `f` runs only for a vacant entry. It may read the map; if it changes it, `BorrowError` is raised and nothing
    /// is inserted: use `HashMap.get_or_insert_with` for that. Consumes the entry, even if `f` raises.
    /// Raises `MovedError` and `BorrowError` as `or_insert` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/enum.Entry.html#method.or_insert_with>.
    #[pyo3(signature = (f, /))]
    fn or_insert_with<'py>(slf: &Bound<'py, Self>, f: &Bound<'py, PyAny>) -> PyResult<Bound<'py, RefMut>> {
        Self::or_insert_made(slf, Verb::OrInsertWith, |_| f.call0())
    }

    /// Inserts `f(key)` if the entry is vacant, and returns a `RefMut` to the value that is there now.
    ///
    /// Otherwise like `or_insert_with`.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/enum.Entry.html#method.or_insert_with_key>.
    #[pyo3(signature = (f, /))]
    fn or_insert_with_key<'py>(slf: &Bound<'py, Self>, f: &Bound<'py, PyAny>) -> PyResult<Bound<'py, RefMut>> {
        Self::or_insert_made(slf, Verb::OrInsertWithKey, |handle| f.call1((&handle.key.object,)))
    }

    /// Inserts `factory()` if the entry is vacant, and returns a `RefMut` to the value that is there now.
    ///
    /// Python values have no `Default`, so the type is named: `or_default(list)`. Otherwise like `or_insert_with`.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/enum.Entry.html#method.or_default>.
    #[pyo3(signature = (factory, /))]
    fn or_default<'py>(slf: &Bound<'py, Self>, factory: &Bound<'py, PyAny>) -> PyResult<Bound<'py, RefMut>> {
        Self::or_insert_made(slf, Verb::OrDefault, |_| factory.call0())
    }

    /// Calls `f` with a `RefMut` to the value if the entry is occupied, and returns the same entry, still live.
    ///
    /// `f` writes through the `RefMut` and returns `None`; any other result is a `TypeError`, since
    /// `lambda n: n + 1` would change nothing (`and_update` stores what its function returns). If `f` raises, what it
    /// wrote stays. If it changes the map otherwise, `BorrowError`. The `RefMut` ends with `f`.
    /// Raises `MovedError` and `BorrowError` as `or_insert` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/enum.Entry.html#method.and_modify>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> scores = HashMap(Red=1)
    /// >>> for team in "Red", "Blue":
    /// ...     _ = scores.entry(team).and_modify(lambda s: s.add_assign(3)).or_insert(3)
    /// >>> scores["Red"], scores["Blue"]
    /// (4, 3)
    #[pyo3(signature = (f, /))]
    fn and_modify<'py>(slf: &Bound<'py, Self>, f: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Self>> {
        Self::modify(slf, Verb::AndModify, |lent| {
            let result = f.call1((lent,))?;
            if result.is_none() { Ok(None) } else { Err(closure_returned(&result)) }
        })
    }

    /// Stores `f(value)` if the entry is occupied, and returns the same entry, still live.
    ///
    /// Rust has no such method: there, `and_modify` does both. If `f` raises, the value stays.
    /// Raises `MovedError` and `BorrowError` as `and_modify` does.
    #[pyo3(signature = (f, /))]
    fn and_update<'py>(slf: &Bound<'py, Self>, f: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Self>> {
        let py = slf.py();
        Self::modify(slf, Verb::AndUpdate, |lent| match lent.get().peek(py) {
            Some(value) => f.call1((value,)).map(Some),
            None => Ok(None),
        })
    }

    /// The stored key of an occupied entry, the given key of a vacant one.
    ///
    /// An occupied entry's key is equal to the one it was looked up with, but may be another object.
    /// Raises `MovedError` and `BorrowError` as `or_insert` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/enum.Entry.html#method.key>.
    fn key(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        let ((), handle, _) = Self::act(slf, "key", |_, _| Ok(()))?;
        Ok(handle.key.object.clone_ref(slf.py()))
    }

    /// Stores `value`, whether or not the entry is vacant, and returns an `OccupiedEntry`.
    ///
    /// Consumes the entry. Raises `MovedError` and `BorrowError` as `or_insert` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/enum.Entry.html#method.insert_entry>.
    #[pyo3(signature = (value, /))]
    fn insert_entry<'py>(slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Entry>> {
        Self::insert_into(slf, value)
    }

    /// Rust's Debug text.
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Self::debug(slf, false)
    }

    /// `?` and `#?` are Rust's Debug; no other format is known.
    fn __format__(slf: &Bound<'_, Self>, spec: &str) -> PyResult<String> {
        Self::debug(slf, !spec.is_empty() && debug::form(slf.as_any(), spec)?)
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Err(cannot_pickle(slf.as_any()))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.slot
            .peek(|slot| match slot {
                Slot::Live { handle, .. } => handle.traverse(&visit),
                Slot::Consumed(_) => Ok(()),
            })
            .unwrap_or(Ok(()))
    }
}

#[pymethods]
impl OccupiedEntry {
    /// The value.
    ///
    /// Raises `MovedError` if the entry was consumed, `BorrowError` if the map was used since.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/struct.OccupiedEntry.html#method.get>.
    fn get<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let read = |state: &mut State, key: &Key| {
            let epoch = state.generation.epoch();
            state.value_at(py, key, epoch)
        };
        Entry::act(upcast(slf), "get", read).map(|(value, ..)| value)
    }

    /// A `RefMut` to the value, which ends at the entry's next writing call.
    ///
    /// The entry stays live. Raises `MovedError` and `BorrowError` as `get` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/struct.OccupiedEntry.html#method.get_mut>.
    fn get_mut<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, RefMut>> {
        let py = slf.py();
        let entry = upcast(slf);
        let begin = |state: &mut State, key: &Key| state.claim(py, key, Verb::GetMut);
        let (_stored, handle, epoch) = Entry::act(entry, "get_mut", begin)?;
        let lent = RefMut::lend_after(py, handle.lent_by(Verb::GetMut), epoch)?;
        Entry::renew(entry, epoch, lent.get().epoch());
        Ok(lent)
    }

    /// Turns the entry into a `RefMut` to the value.
    ///
    /// Consumes the entry. Raises `MovedError` and `BorrowError` as `get` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/struct.OccupiedEntry.html#method.into_mut>.
    fn into_mut<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, RefMut>> {
        let py = slf.py();
        Entry::consume_into_ref(upcast(slf), Verb::IntoMut, |state, key| {
            state.claim(py, key, Verb::IntoMut).map(|_| None)
        })
    }

    /// Stores `value` and returns the one that was there.
    ///
    /// The entry stays live; a `RefMut` it gave out ends. Raises `MovedError` and `BorrowError` as `get` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/struct.OccupiedEntry.html#method.insert>.
    #[pyo3(signature = (value, /))]
    fn insert<'py>(slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let store = |state: &mut State, key: &Key| state.insert(key, value, Verb::Insert);
        Entry::act(upcast(slf), "insert", store).map(|(old, ..)| old)
    }

    /// Takes the entry out of the map and returns its value.
    ///
    /// Consumes the entry. Raises `MovedError` and `BorrowError` as `get` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/struct.OccupiedEntry.html#method.remove>.
    fn remove(slf: &Bound<'_, Self>) -> PyResult<Option<Py<PyAny>>> {
        let py = slf.py();
        let take = |state: &mut State, key: &Key| state.remove_occupied(py, key, Verb::Remove);
        let (pair, ..) = Entry::consume(upcast(slf), Verb::Remove, take)?;
        Ok(pair.map(|(_, value)| value))
    }

    /// Takes the entry out of the map and returns its key and value.
    ///
    /// Consumes the entry. Raises `MovedError` and `BorrowError` as `get` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/struct.OccupiedEntry.html#method.remove_entry>.
    fn remove_entry(slf: &Bound<'_, Self>) -> PyResult<Option<Objects>> {
        let py = slf.py();
        let take = |state: &mut State, key: &Key| state.remove_occupied(py, key, Verb::RemoveEntry);
        let (pair, ..) = Entry::consume(upcast(slf), Verb::RemoveEntry, take)?;
        Ok(pair.map(|(key, value)| (key.object, value)))
    }
}

#[pymethods]
impl VacantEntry {
    /// Gives the key back; nothing is inserted.
    ///
    /// Consumes the entry. Raises `MovedError` if that has happened before, `BorrowError` if the map was used since.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/struct.VacantEntry.html#method.into_key>.
    fn into_key(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        let give = |state: &mut State, key: &Key| state.claim(py, key, Verb::IntoKey);
        let (_, handle, _) = Entry::consume(upcast(slf), Verb::IntoKey, give)?;
        Ok(handle.key.object.clone_ref(py))
    }

    /// Inserts `value` and returns a `RefMut` to it.
    ///
    /// Consumes the entry. Raises `MovedError` and `BorrowError` as `into_key` does.
    /// See <https://doc.rust-lang.org/std/collections/hash_map/struct.VacantEntry.html#method.insert>.
    #[pyo3(signature = (value, /))]
    fn insert<'py>(slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, RefMut>> {
        Entry::or_insert_value(upcast(slf), Verb::Insert, value)
    }
}
