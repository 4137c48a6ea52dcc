//! `Entry`, `OccupiedEntry` and `VacantEntry`.

use std::fmt::Formatter;

use pyo3::PyClass;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::cell::Cell;
use crate::debug::{self, With};
use crate::error::{Refusal, Verb, cannot_pickle, closure_returned, consumed};
use crate::key::Key;
use crate::ref_mut::{Handle, RefMut};
use crate::resolve::{Query, resolve, settled};
use crate::table::{HashMap, Objects, State};

/// The place of one key in a map: an `OccupiedEntry` or a `VacantEntry`.
///
/// `HashMap.entry` returns it, with the key hashed and looked up. The calls that end in a value consume it.
/// See <https://doc.rust-lang.org/std/collections/hash_map/enum.Entry.html>.
///
/// >>> from entrymap import HashMap, Entry
/// >>> scores = HashMap(Blue=10)
/// >>> match scores.entry("Blue"):
/// ...     case Entry.Occupied(e): print("there:", e.get())
/// ...     case Entry.Vacant(e): print("not there:", e.key())
/// there: 10
#[pyclass(frozen, subclass, generic, module = "entrymap")]
pub struct Entry {
    slot: Cell<Slot>,
    occupied: bool,
}

enum Slot {
    Live { handle: Handle, epoch: u64 },
    Consumed(Verb),
}

/// The place of a key that is there.
///
/// See <https://doc.rust-lang.org/std/collections/hash_map/struct.OccupiedEntry.html>.
#[pyclass(frozen, extends = Entry, generic, module = "entrymap")]
pub struct OccupiedEntry;

/// The place of a key that is not there.
///
/// See <https://doc.rust-lang.org/std/collections/hash_map/struct.VacantEntry.html>.
#[pyclass(frozen, extends = Entry, generic, module = "entrymap")]
pub struct VacantEntry;

const WHAT: &str = "entry";

/// `HashMap.entry`: looks the key up, reserves its place, and hands out the entry.
pub fn entry<'py>(map: &Bound<'py, HashMap>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Entry>> {
    let py = map.py();
    let query = Query::new(key)?;
    settled(map, || {
        let (key, occupied, epoch) = resolve(map, &query, "entry", |state, key| {
            let stored = state.claim(py, key, Verb::Entry)?;
            let occupied = stored.is_some();
            Ok((stored.unwrap_or_else(|| key.clone_ref(py)), occupied, state.generation.epoch()))
        })?;
        Ok((Entry::lend(py, Handle::new(map, key, Verb::Entry), epoch, occupied)?, epoch))
    })
}

impl Entry {
    pub fn lend(py: Python<'_>, handle: Handle, epoch: u64, occupied: bool) -> PyResult<Bound<'_, Entry>> {
        let base = PyClassInitializer::from(Entry { slot: Cell::new(Slot::Live { handle, epoch }), occupied });
        if occupied {
            Bound::new(py, base.add_subclass(OccupiedEntry)).map(Bound::into_super)
        } else {
            Bound::new(py, base.add_subclass(VacantEntry)).map(Bound::into_super)
        }
    }

    fn with_slot<R>(slf: &Bound<'_, Self>, f: impl FnOnce(&mut Slot) -> R) -> R {
        slf.get().slot.with(slf.as_any(), f)
    }

    /// The handle, for a call that leaves the entry live.
    fn live(slf: &Bound<'_, Self>, used: &str) -> PyResult<(Handle, u64)> {
        let py = slf.py();
        Self::with_slot(slf, |slot| match slot {
            Slot::Live { handle, epoch } => Ok((handle.clone_ref(py), *epoch)),
            Slot::Consumed(verb) => Err(*verb),
        })
        .map_err(|verb| consumed(py, used, verb))
    }

    /// The handle, moved out by a consuming call.
    fn take(slf: &Bound<'_, Self>, verb: Verb) -> PyResult<(Handle, u64)> {
        Self::with_slot(slf, |slot| match std::mem::replace(slot, Slot::Consumed(verb)) {
            Slot::Live { handle, epoch } => Ok((handle, epoch)),
            Slot::Consumed(first) => {
                *slot = Slot::Consumed(first);
                Err(first)
            }
        })
        .map_err(|first| consumed(slf.py(), verb.name(), first))
    }

    /// Undoes `take` for a call that was refused before it acted.
    fn put_back(slf: &Bound<'_, Self>, handle: &Handle, epoch: u64) {
        let handle = handle.clone_ref(slf.py()).lent_by(Verb::Entry);
        Self::with_slot(slf, |slot| *slot = Slot::Live { handle, epoch });
    }

    /// The entry's own `&mut self` call has begun a new epoch, in which it lives on.
    fn renew(slf: &Bound<'_, Self>, before: u64, after: u64) {
        Self::with_slot(slf, |slot| {
            if let Slot::Live { epoch, .. } = slot
                && *epoch == before
            {
                *epoch = after;
            }
        });
    }

    /// Runs a call that leaves the entry live under the borrow, and renews the entry.
    fn act<R>(
        slf: &Bound<'_, Self>,
        used: &str,
        f: impl FnOnce(&mut State, &Key) -> Result<R, Refusal>,
    ) -> PyResult<(R, Handle, u64)> {
        let (handle, epoch) = Self::live(slf, used)?;
        let (result, after) = handle.with(slf.py(), WHAT, used, |state, key| {
            state.table_at(epoch)?;
            let result = f(state, key)?;
            Ok((result, state.generation.epoch()))
        })?;
        if after != epoch {
            Self::renew(slf, epoch, after);
        }
        Ok((result, handle, after))
    }

    /// Consumes the entry: `f` acts under the borrow.
    fn consume<R>(
        slf: &Bound<'_, Self>,
        verb: Verb,
        f: impl FnOnce(&mut State, &Key) -> Result<R, Refusal>,
    ) -> PyResult<(R, Handle, u64)> {
        let (handle, epoch) = Self::take(slf, verb)?;
        let result = handle.with(slf.py(), WHAT, verb.name(), |state, key| {
            state.table_at(epoch)?;
            let result = f(state, key)?;
            Ok((result, state.generation.epoch()))
        });
        match result {
            Ok((result, after)) => Ok((result, handle, after)),
            Err(error) => {
                Self::put_back(slf, &handle, epoch);
                Err(error)
            }
        }
    }

    /// Consumes the entry into a `RefMut`, which is made before `f` acts, so that a refusal changes nothing.
    fn consume_into_ref<'py>(
        slf: &Bound<'py, Self>,
        verb: Verb,
        f: impl FnOnce(&mut State, &Key) -> Result<Option<Bound<'py, PyAny>>, Refusal>,
    ) -> PyResult<Bound<'py, RefMut>> {
        let py = slf.py();
        let (handle, epoch) = Self::take(slf, verb)?;
        let lent = RefMut::lend(py, handle.lent_by(verb), epoch)?;
        let handle = lent.get().handle();
        let acted: Result<_, Refusal> = HashMap::with(handle.map.bind(py), |state| {
            state.table_at(epoch)?;
            let leftover = f(state, &handle.key)?;
            lent.get().hold(state.generation.epoch());
            Ok(leftover)
        });
        match acted {
            Ok(_leftover) => Ok(lent),
            Err(refusal) => {
                Self::put_back(slf, handle, epoch);
                let lender = handle.clone_ref(py).lent_by(Verb::Entry);
                Err(refusal.on_handle(py, verb.name(), &lender.lent(WHAT)))
            }
        }
    }

    fn or_insert_value<'py>(
        slf: &Bound<'py, Self>,
        verb: Verb,
        value: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, RefMut>> {
        Self::consume_into_ref(slf, verb, |state, key| state.or_insert(key, value, verb))
    }

    /// `or_insert_with` and its kin: `default` is called only for a vacant entry, which it consumes even if it raises.
    fn or_insert_made<'py>(
        slf: &Bound<'py, Self>,
        verb: Verb,
        default: impl FnOnce(&Handle) -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, RefMut>> {
        let py = slf.py();
        if slf.get().occupied {
            return Self::consume_into_ref(slf, verb, |state, key| state.claim(py, key, verb).map(|_| None));
        }
        let ((), handle, epoch) = Self::consume(slf, verb, |_, _| Ok(()))?;
        let handle = handle.lent_by(verb);
        let value = default(&handle)?;
        let lent = RefMut::lend(py, handle, epoch)?;
        let handle = lent.get().handle();
        let acted = HashMap::with(handle.map.bind(py), |state| {
            state.table_at(epoch)?;
            state.or_insert(&handle.key, &value, verb)?;
            lent.get().hold(state.generation.epoch());
            Ok(())
        });
        match acted {
            Ok(()) => Ok(lent),
            Err(refusal) => Err(changed(py, handle, refusal, verb.name(), REMEDY)),
        }
    }

    /// `and_modify` and `and_update`: `f` is given what `lend` makes of the place, and the entry lives on.
    fn modify<'py>(
        slf: &Bound<'py, Self>,
        verb: Verb,
        f: impl FnOnce(Bound<'py, RefMut>) -> PyResult<Option<Bound<'py, PyAny>>>,
    ) -> PyResult<Bound<'py, Self>> {
        let py = slf.py();
        let begin = |state: &mut State, _: &Key| Ok(state.generation.raise(verb));
        let (_, handle, epoch) = Self::act(slf, verb.name(), begin)?;
        if !slf.get().occupied {
            return Ok(slf.clone());
        }
        let lent = RefMut::lend_after(py, handle.clone_ref(py).lent_by(verb), epoch)?;
        let before = epoch;
        let epoch = lent.get().epoch();
        Self::renew(slf, before, epoch);
        let result = f(lent);
        let ended = HashMap::with(handle.map.bind(py), |state| {
            state.table_at(epoch)?;
            let old = match &result {
                Ok(Some(value)) => Some(state.set_at(&handle.key, value, epoch)?),
                _ => None,
            };
            Ok((state.generation.raise(verb), old))
        });
        if let Ok((after, _)) = &ended {
            Self::renew(slf, epoch, *after);
        }
        result?;
        let (handle, remedy) = (handle.lent_by(verb), "take a new entry, and change the map before or after");
        ended.map_err(|refusal| changed(py, &handle, refusal, verb.name(), remedy))?;
        Ok(slf.clone())
    }

    /// The value as the entry sees it, for printing.
    fn peek(slf: &Bound<'_, Self>) -> Result<(Handle, Option<Py<PyAny>>), String> {
        let py = slf.py();
        let (handle, epoch) = Self::with_slot(slf, |slot| match slot {
            Slot::Live { handle, epoch } => Ok((handle.clone_ref(py), *epoch)),
            Slot::Consumed(verb) => Err(format!("consumed by {}", verb.name())),
        })?;
        let value = HashMap::with(handle.map.bind(py), |state| {
            state.table_at(epoch).map(|table| table.map.get(&handle.key).map(|value| value.clone_ref(py)))
        });
        value.map(|value| (handle, value)).map_err(|_| String::from("ended"))
    }

    fn debug(slf: &Bound<'_, Self>, alternate: bool) -> PyResult<String> {
        let py = slf.py();
        let name = if slf.get().occupied { "OccupiedEntry" } else { "VacantEntry" };
        debug::guarded(slf.as_any(), format!("{name}(...)"), || {
            let (handle, value) = match Self::peek(slf) {
                Ok(held) => held,
                Err(end) => return Ok(format!("<{name} {end}>")),
            };
            let key = debug::text(handle.key.object.bind(py), alternate)?;
            let value = value.map(|value| debug::text(value.bind(py), alternate)).transpose()?;
            let entry = With(|f: &mut Formatter<'_>| match &value {
                Some(value) => f.debug_struct(name).field("key", &key).field("value", value).finish_non_exhaustive(),
                None => f.debug_tuple(name).field(&key).finish(),
            });
            Ok(debug::render(&entry, alternate))
        })
    }
}

const REMEDY: &str = "nothing was inserted; get_or_insert_with takes a function that may use the map";

/// The exception for a closure that changed the map under its entry.
fn changed(py: Python<'_>, handle: &Handle, refusal: Refusal, used: &str, remedy: &str) -> PyErr {
    match refusal {
        Refusal::Ended(ending) => handle.lent(WHAT).changed_by_closure(py, ending, remedy),
        other => other.on_handle(py, used, &handle.lent(WHAT)),
    }
}

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
        let py = slf.py();
        let verb = Verb::InsertEntry;
        let (handle, epoch) = Self::take(slf, verb)?;
        let entry = Entry::lend(py, handle.clone_ref(py).lent_by(verb), epoch, true)?;
        let acted = handle.with(py, WHAT, verb.name(), |state, key| {
            state.table_at(epoch)?;
            let old = state.insert(key, value, verb)?;
            Ok((old, state.generation.epoch()))
        });
        match acted {
            Ok((_old, after)) => {
                Self::renew(&entry, epoch, after);
                Ok(entry)
            }
            Err(error) => {
                Self::put_back(slf, &handle, epoch);
                Err(error)
            }
        }
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
