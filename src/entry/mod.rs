//! `Entry`, `OccupiedEntry` and `VacantEntry`: what they hold and how they act. Their methods are in `methods`.

mod methods;

use std::fmt::Formatter;

use pyo3::prelude::*;

use crate::cell::Cell;
use crate::debug::{self, With};
use crate::error::{Refusal, Verb, consumed};
use crate::key::Key;
use crate::ref_mut::{Handle, RefMut};
use crate::resolve::{Query, resolve};
use crate::table::{HashMap, State};

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

/// How often an entry is made anew.
const TRIES: usize = 8;

/// `HashMap.entry`: looks the key up, reserves its place, and hands out the entry.
///
/// Making a Python object may run the collector, and that finalizers, which may use the map and so end the entry before
/// anybody has seen it: then it is made again.
pub fn entry<'py>(map: &Bound<'py, HashMap>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Entry>> {
    let query = Query::new(key)?;
    for _ in 1..TRIES {
        let (entry, epoch) = made(map, &query)?;
        if HashMap::with(map, |state| state.generation.epoch()) == epoch {
            return Ok(entry);
        }
    }
    made(map, &query).map(|(entry, _)| entry)
}

/// The entry, and the epoch in which it holds.
fn made<'py>(map: &Bound<'py, HashMap>, query: &Query<'_, 'py>) -> PyResult<(Bound<'py, Entry>, u64)> {
    let py = map.py();
    let (key, occupied, epoch) = resolve(map, query, "entry", |state, key| {
        let stored = state.claim(py, key, Verb::Entry)?;
        let occupied = stored.is_some();
        Ok((stored.unwrap_or_else(|| key.clone_ref(py)), occupied, state.generation.epoch()))
    })?;
    Ok((Entry::lend(py, Handle::new(map, key, Verb::Entry), epoch, occupied)?, epoch))
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

    /// `insert_entry`: the new entry is made before the value is stored, so that a refusal changes nothing.
    fn insert_into<'py>(slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Entry>> {
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
