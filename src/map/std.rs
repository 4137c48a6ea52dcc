//! The methods of Rust's `HashMap` that take a key.

use pyo3::prelude::*;

use crate::entry::{self, Entry};
use crate::error::{Verb, occupied};
use crate::ref_mut::{Handle, RefMut};
use crate::resolve::{Query, resolve};
use crate::table::{HashMap, Objects, State};

#[pymethods]
impl HashMap {
    /// The number of pairs; `len(m)` is the same.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.len>.
    fn len(slf: &Bound<'_, Self>) -> PyResult<usize> {
        Self::read(slf, "len", |table| table.map.len())
    }

    fn __len__(slf: &Bound<'_, Self>) -> PyResult<usize> {
        Self::read(slf, "len", |table| table.map.len())
    }

    /// Whether there is no pair; `not m` is the same.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.is_empty>.
    fn is_empty(slf: &Bound<'_, Self>) -> PyResult<bool> {
        Self::read(slf, "is_empty", |table| table.map.is_empty())
    }

    /// The value under `key`, or `default`.
    ///
    /// Raises `TypeError` for an unhashable key, even on an empty map.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.get>.
    #[pyo3(signature = (key, default = None, /))]
    fn get<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        default: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(Self::look_up(slf, key, "get")?.or_else(|| default.cloned()))
    }

    /// The stored key that equals `key` and its value, or `None`.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.get_key_value>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> HashMap({1: "one"}).get_key_value(1.0)
    /// (1, 'one')
    #[pyo3(signature = (key, /))]
    fn get_key_value(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>) -> PyResult<Option<Objects>> {
        let py = slf.py();
        let query = Query::new(key)?;
        resolve(slf, &query, "get_key_value", |state, key| {
            let pair = state.table()?.map.get_key_value(key);
            Ok(pair.map(|(key, value)| (key.object.clone_ref(py), value.clone_ref(py))))
        })
    }

    /// Whether `key` is there; `key in m` is the same.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.contains_key>.
    #[pyo3(signature = (key, /))]
    fn contains_key(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        let query = Query::new(key)?;
        resolve(slf, &query, "contains_key", |state, key| Ok(state.table()?.map.contains_key(key)))
    }

    /// A `RefMut` to the value under `key`, or `None`.
    ///
    /// A `RefMut` is always true, so `if r := m.get_mut(key)` asks only whether the key is there.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.get_mut>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> m = HashMap(a=0)
    /// >>> if r := m.get_mut("a"):
    /// ...     r.value += 1
    /// >>> m["a"]
    /// 1
    #[pyo3(signature = (key, /))]
    fn get_mut<'py>(slf: &Bound<'py, Self>, key: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, RefMut>>> {
        let py = slf.py();
        let query = Query::new(key)?;
        let (stored, epoch) = resolve(slf, &query, "get_mut", |state, key| {
            let (generation, table) = state.parts()?;
            let stored = table.map.get_key_value(key).map(|(stored, _)| stored.clone_ref(py));
            Ok((stored, generation.raise(Verb::GetMut)))
        })?;
        stored.map(|key| RefMut::lend_after(py, Handle::new(slf, key, Verb::GetMut), epoch)).transpose()
    }

    /// Stores `value` under `key` and returns the value it replaces, or `None`.
    ///
    /// Of equal keys the first stays. `m[key] = value` does the same and returns nothing.
    /// Raises `MemoryError` if the map cannot grow.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.insert>.
    #[pyo3(signature = (key, value, /))]
    fn insert<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        value: &Bound<'py, PyAny>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        Self::store(slf, key, value, Verb::Insert)
    }

    /// Stores `value` under an absent `key` and returns a `RefMut` to it.
    ///
    /// Raises `OccupiedError`, with `.entry` and `.value`, if the key is there; nothing is changed then.
    /// Rust has it on nightly only.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.try_insert>.
    #[pyo3(signature = (key, value, /))]
    fn try_insert<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        value: Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, RefMut>> {
        let py = slf.py();
        let query = Query::new(key)?;
        let (key, present, epoch) = resolve(slf, &query, "try_insert", |state, key| {
            if let Some(stored) = state.claim(py, key, Verb::TryInsert)? {
                let epoch = state.generation.epoch();
                let present = state.value_at(py, &stored, epoch)?;
                return Ok((stored, Some(present), epoch));
            }
            state.insert(key, &value, Verb::TryInsert)?;
            Ok((key.clone_ref(py), None, state.generation.epoch()))
        })?;
        let handle = Handle::new(slf, key, Verb::TryInsert);
        let Some(present) = present else {
            return RefMut::lend_after(py, handle, epoch);
        };
        let key = handle.key.object.clone_ref(py).into_bound(py);
        let entry = Entry::lend(py, handle, epoch, true)?;
        Err(occupied(entry.into_any(), &key, &present, value))
    }

    /// Takes `key` out and returns its value, or `None`.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.remove>.
    #[pyo3(signature = (key, /))]
    fn remove(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
        Ok(Self::take(slf, key, Verb::Remove)?.map(|(_, value)| value))
    }

    /// Takes `key` out and returns the stored key and its value, or `None`.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.remove_entry>.
    #[pyo3(signature = (key, /))]
    fn remove_entry(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>) -> PyResult<Option<Objects>> {
        Self::take(slf, key, Verb::RemoveEntry)
    }

    /// Looks `key` up, once, and returns its place: an `OccupiedEntry` or a `VacantEntry`.
    ///
    /// For an absent key the map makes room at once. The key is hashed here and not again by what follows.
    /// Raises `MemoryError` if the map cannot grow.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.entry>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> counts = HashMap()
    /// >>> for letter in "hello":
    /// ...     counts.entry(letter).or_insert(0).value += 1
    /// >>> counts["l"]
    /// 2
    #[pyo3(signature = (key, /))]
    fn entry<'py>(slf: &Bound<'py, Self>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Entry>> {
        entry::entry(slf, key)
    }
}

impl HashMap {
    /// Stores `value` and returns the value it replaces.
    #[inline]
    pub fn store<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        value: &Bound<'py, PyAny>,
        verb: Verb,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let query = Query::new(key)?;
        resolve(slf, &query, verb.name(), |state, key| state.insert(key, value, verb))
    }

    /// Takes a pair out.
    pub fn take(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>, verb: Verb) -> PyResult<Option<Objects>> {
        let query = Query::new(key)?;
        let pair = resolve(slf, &query, verb.name(), |state: &mut State, key| state.remove(key, verb))?;
        Ok(pair.map(|(key, value)| (key.object, value)))
    }
}
