//! The std map under the Python one: the only file that names `std::collections::HashMap`.
//!
//! Everything here that takes `&mut State` runs under the borrow. It calls no Python code and drops no object
//! that might be the last of its kind: what leaves the map is returned, and dropped by the caller afterwards.

use std::cell::{Cell as Flag, RefCell};
use std::collections::HashMap as StdMap;
use std::collections::TryReserveError;
use std::collections::hash_map::Entry as StdEntry;
use std::{mem, vec};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use crate::cell::{Cell, Generation};
use crate::error::{Refusal, Verb, room};
use crate::hasher::{Builder, Premixed};
use crate::iter::Walk;
use crate::key::{self, Key};

/// The std map over keys that know their mix.
pub type MapOf<V> = StdMap<Key, V, Premixed>;
pub type Map = MapOf<Py<PyAny>>;
/// The std map over plain numbers.
pub type Numbers = StdMap<i64, u64, foldhash::fast::FixedState>;
pub type Pair = (Key, Py<PyAny>);
/// A pair as Python sees it.
pub type Objects = (Py<PyAny>, Py<PyAny>);

/// Rust's `std::collections::HashMap` for Python.
///
/// `HashMap(source, **kwargs)` takes what `dict` takes: a mapping, or an iterable of pairs. It has dict's methods beside
/// Rust's, and no order: two equal maps iterate differently, even in one process.
/// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html>.
///
/// >>> from entrymap import HashMap
/// >>> scores = HashMap(Blue=10)
/// >>> scores.entry("Blue").or_insert(0).value += 5
/// >>> scores["Blue"]
/// 15
#[pyclass(frozen, subclass, weakref, mapping, generic, module = "entrymap")]
pub struct HashMap {
    cell: Cell<State>,
}

/// What a map's cell holds.
pub struct State {
    pub generation: Generation,
    content: Result<Table, Verb>,
    /// Where `popitem` took its last pair, so that emptying a map takes one walk.
    finger: Option<Walk>,
}

/// The std map with what is known of its keys and values.
pub struct Table {
    pub map: Map,
    pub builder: Builder,
    /// Every stored key is pure, so a pure key can be looked for in one probe.
    pure: bool,
    /// Some key or value may hold references that the collector must see.
    traced: bool,
}

impl HashMap {
    pub fn empty() -> Self {
        Self::holding(Table::hashing(Builder::default()))
    }

    pub fn holding(table: Table) -> Self {
        HashMap { cell: Cell::new(State { generation: Generation::new(), content: Ok(table), finger: None }) }
    }

    /// The call that consumed the map.
    pub fn moved_by(slf: &Bound<'_, Self>) -> Option<Verb> {
        Self::with(slf, |state| state.content.as_ref().err().copied())
    }

    /// Lends the state to `f`, which must keep to the rules at the top of this file.
    #[inline]
    pub fn with<R>(slf: &Bound<'_, Self>, f: impl FnOnce(&mut State) -> R) -> R {
        slf.get().cell.with(slf.as_any(), f)
    }

    /// Lends the state and a cell of an object that belongs to this map.
    #[inline]
    pub fn with_also<U, R>(slf: &Bound<'_, Self>, other: &Cell<U>, f: impl FnOnce(&mut State, &mut U) -> R) -> R {
        slf.get().cell.with_both(other, slf.as_any(), f)
    }

    /// Lends the table to a call named `used` that only reads.
    #[inline]
    pub fn read<R>(slf: &Bound<'_, Self>, used: &str, f: impl FnOnce(&Table) -> R) -> PyResult<R> {
        Self::with(slf, |state| state.table().map(|table| f(table))).map_err(|refusal| refusal.on_map(slf.py(), used))
    }

    /// The pairs, copied for a call named `used`.
    pub fn snapshot(slf: &Bound<'_, Self>, used: &str) -> PyResult<Vec<Objects>> {
        let py = slf.py();
        Self::with(slf, |state| state.table()?.snapshot(py)).map_err(|refusal| refusal.on_map(py, used))
    }

    pub fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.cell.peek(|state| state.content.as_ref().map_or(Ok(()), |table| table.traverse(visit))).unwrap_or(Ok(()))
    }
}

impl State {
    /// The table, unless the map was moved.
    #[inline]
    pub fn table(&mut self) -> Result<&mut Table, Refusal> {
        self.content.as_mut().map_err(|verb| Refusal::MapMoved(*verb))
    }

    /// The table for a handle of `epoch`, unless that has ended.
    #[inline]
    pub fn table_at(&mut self, epoch: u64) -> Result<&mut Table, Refusal> {
        let (generation, table) = self.parts()?;
        generation.check(epoch)?;
        Ok(table)
    }

    /// The value that a handle of `epoch` stands for.
    #[inline]
    pub fn value_at<'py>(&mut self, py: Python<'py>, key: &Key, epoch: u64) -> Result<Bound<'py, PyAny>, Refusal> {
        let value = self.table_at(epoch)?.map.get(key).map(|value| value.bind(py).clone());
        value.ok_or_else(|| Refusal::Ended(self.generation.ending(epoch)))
    }

    /// Writes through a handle of `epoch` and returns the value that was there.
    #[inline]
    pub fn set_at<'py>(
        &mut self,
        key: &Key,
        value: &Bound<'py, PyAny>,
        epoch: u64,
    ) -> Result<Bound<'py, PyAny>, Refusal> {
        let table = self.table_at(epoch)?;
        table.note_value(value);
        let old = table.map.get_mut(key).map(|place| exchange(place, value));
        old.ok_or_else(|| Refusal::Ended(self.generation.ending(epoch)))
    }

    /// The generation and the table side by side.
    #[inline]
    pub fn parts(&mut self) -> Result<(&mut Generation, &mut Table), Refusal> {
        match &mut self.content {
            Ok(table) => Ok((&mut self.generation, table)),
            Err(verb) => Err(Refusal::MapMoved(*verb)),
        }
    }

    /// The table ready for one more key if `key` is absent, within a `&mut self` call. A present key never makes
    /// it grow.
    #[inline]
    fn with_room(&mut self, key: &Key, verb: Verb) -> Result<(&mut Generation, &mut Table), Refusal> {
        let (generation, table) = self.parts()?;
        if table.map.len() == table.map.capacity() && !table.map.contains_key(key) {
            table.map.try_reserve(1).map_err(|_| Refusal::NoMemory)?;
            generation.reshape(verb);
        }
        generation.raise(verb);
        Ok((generation, table))
    }

    /// std's `entry`: the stored key if there is one, else a reserved place.
    #[inline]
    pub fn claim(&mut self, py: Python<'_>, key: &Key, verb: Verb) -> Result<Option<Key>, Refusal> {
        let (_, table) = self.with_room(key, verb)?;
        match table.map.entry(key.clone_ref(py)) {
            StdEntry::Occupied(entry) => Ok(Some(entry.key().clone_ref(py))),
            StdEntry::Vacant(_) => Ok(None),
        }
    }

    /// Stores `value` under `key` and returns the value it replaced.
    #[inline]
    pub fn insert<'py>(
        &mut self,
        key: &Key,
        value: &Bound<'py, PyAny>,
        verb: Verb,
    ) -> Result<Option<Bound<'py, PyAny>>, Refusal> {
        let py = value.py();
        let (generation, table) = self.with_room(key, verb)?;
        table.note_value(value);
        match table.map.entry(key.clone_ref(py)) {
            StdEntry::Occupied(mut entry) => Ok(Some(exchange(entry.get_mut(), value))),
            StdEntry::Vacant(entry) => {
                entry.insert(value.clone().unbind());
                table.note_key(py, key);
                generation.reshape(verb);
                Ok(None)
            }
        }
    }

    /// Stores `value` under an absent `key`; returns the value of a present one.
    #[inline]
    pub fn or_insert<'py>(
        &mut self,
        key: &Key,
        value: &Bound<'py, PyAny>,
        verb: Verb,
    ) -> Result<Option<Bound<'py, PyAny>>, Refusal> {
        let py = value.py();
        let (generation, table) = self.with_room(key, verb)?;
        match table.map.entry(key.clone_ref(py)) {
            StdEntry::Occupied(entry) => Ok(Some(entry.into_mut().bind(py).clone())),
            StdEntry::Vacant(entry) => {
                entry.insert(value.clone().unbind());
                table.note_value(value);
                table.note_key(py, key);
                generation.reshape(verb);
                Ok(None)
            }
        }
    }

    /// Takes `key` out.
    #[inline]
    pub fn remove(&mut self, key: &Key, verb: Verb) -> Result<Option<Pair>, Refusal> {
        let (generation, table) = self.parts()?;
        let pair = table.map.remove_entry(key);
        generation.raise(verb);
        if pair.is_some() {
            generation.reshape(verb);
        }
        Ok(pair)
    }

    /// Takes the key of an occupied entry out.
    pub fn remove_occupied(&mut self, py: Python<'_>, key: &Key, verb: Verb) -> Result<Option<Pair>, Refusal> {
        let (generation, table) = self.parts()?;
        let StdEntry::Occupied(entry) = table.map.entry(key.clone_ref(py)) else {
            return Ok(None);
        };
        generation.raise(verb);
        generation.reshape(verb);
        Ok(Some(entry.remove_entry()))
    }

    /// Takes some pair out.
    pub fn pop(&mut self, py: Python<'_>, verb: Verb) -> Result<Option<Pair>, Refusal> {
        let finger = self.finger.take().filter(|finger| finger.holds(&self.generation));
        let (generation, table) = self.parts()?;
        let mut finger = finger.unwrap_or_else(|| Walk::start(table.map.iter(), generation));
        let Ok(Some(key)) = finger.next(generation, |key, _| key.clone_ref(py)) else {
            return Ok(None);
        };
        let pair = table.map.remove_entry(&key);
        generation.raise(verb);
        generation.reshape(verb);
        finger.took(generation);
        self.finger = Some(finger);
        Ok(pair)
    }

    /// Moves those of the `rejected` keys that are still stored into `gone`, which has room for them.
    pub fn reject(&mut self, rejected: &[Key], verb: Verb, gone: &mut Vec<Pair>) {
        let Ok((generation, table)) = self.parts() else { return };
        let stored =
            |map: &Map, key: &Key| map.get_key_value(key).is_some_and(|(stored, _)| stored.object.is(&key.object));
        for key in rejected {
            if stored(&table.map, key) {
                gone.extend(table.map.remove_entry(key));
            }
        }
        if !gone.is_empty() {
            generation.reshape(verb);
        }
    }

    /// Takes everything out and keeps the allocation.
    pub fn drain(&mut self, verb: Verb) -> Result<Vec<Pair>, Refusal> {
        let (generation, table) = self.parts()?;
        let mut pairs = room(table.map.len())?;
        generation.raise(verb);
        if !table.map.is_empty() {
            generation.reshape(verb);
        }
        pairs.extend(table.map.drain());
        (table.pure, table.traced) = (true, false);
        Ok(pairs)
    }

    /// Takes everything out and leaves a moved map; returns the emptied table too.
    pub fn consume(&mut self, verb: Verb) -> Result<(Vec<Pair>, Option<Table>), Refusal> {
        let pairs = self.drain(verb)?;
        self.generation.reshape(verb);
        Ok((pairs, mem::replace(&mut self.content, Err(verb)).ok()))
    }

    /// Takes everything out. The allocation is kept, unless there is no memory for a list of the pairs.
    pub fn clear(&mut self, verb: Verb) -> Result<Buried, Refusal> {
        match self.drain(verb) {
            Ok(pairs) => Ok(Buried::Pairs(pairs.into_iter())),
            Err(Refusal::NoMemory) => {
                let (generation, table) = self.parts()?;
                generation.raise(verb);
                generation.reshape(verb);
                (table.pure, table.traced) = (true, false);
                Ok(Buried::Map(mem::take(&mut table.map)))
            }
            Err(moved) => Err(moved),
        }
    }

    /// Makes room for `additional` more pairs.
    pub fn reserve(&mut self, additional: usize, verb: Verb) -> Result<Result<(), TryReserveError>, Refusal> {
        let (generation, table) = self.parts()?;
        let before = table.map.capacity();
        let reserved = table.map.try_reserve(additional);
        if reserved.is_ok() {
            generation.raise(verb);
        }
        if table.map.capacity() != before {
            generation.reshape(verb);
        }
        Ok(reserved)
    }

    /// Gives memory back, but for `least` pairs. std's own `shrink_to` would abort where there is none for the
    /// smaller table.
    pub fn shrink(&mut self, least: usize, verb: Verb) -> Result<(), Refusal> {
        let (generation, table) = self.parts()?;
        let wanted = least.max(table.map.len());
        if wanted < table.map.capacity() {
            let mut smaller = Map::default();
            smaller.try_reserve(wanted).map_err(|_| Refusal::NoMemory)?;
            if smaller.capacity() < table.map.capacity() {
                smaller.extend(table.map.drain());
                table.map = smaller;
                generation.reshape(verb);
            }
        }
        generation.raise(verb);
        Ok(())
    }

    /// Puts another table in the place of this one, which is returned.
    pub fn replace(&mut self, table: Table, verb: Verb) -> Result<Table, Refusal> {
        let (generation, mine) = self.parts()?;
        generation.raise(verb);
        generation.reshape(verb);
        Ok(mem::replace(mine, table))
    }
}

impl Table {
    /// An empty table with this hasher.
    pub fn hashing(builder: Builder) -> Table {
        Table { map: Map::default(), builder, pure: true, traced: false }
    }

    /// Whether every stored key compares without Python code.
    #[inline]
    pub fn is_pure(&self) -> bool {
        self.pure
    }

    /// The pairs, copied so that Python code can run over them.
    pub fn snapshot(&self, py: Python<'_>) -> Result<Vec<Objects>, Refusal> {
        let mut pairs = room(self.map.len())?;
        pairs.extend(self.map.iter().map(|(key, value)| (key.object.clone_ref(py), value.clone_ref(py))));
        Ok(pairs)
    }

    /// The keys, copied.
    pub fn keys(&self, py: Python<'_>) -> Result<Vec<Key>, Refusal> {
        let mut keys = room(self.map.len())?;
        keys.extend(self.map.keys().map(|key| key.clone_ref(py)));
        Ok(keys)
    }

    /// A copy with the same hasher and the same mixes, made without hashing anything.
    pub fn duplicate(&self, py: Python<'_>) -> Result<Table, Refusal> {
        let mut map = Map::default();
        map.try_reserve(self.map.len()).map_err(|_| Refusal::NoMemory)?;
        map.extend(self.map.iter().map(|(key, value)| (key.clone_ref(py), value.clone_ref(py))));
        Ok(Table { map, builder: self.builder.clone_ref(py), pure: self.pure, traced: self.traced })
    }

    /// Marks what a stored value means for the collector.
    #[inline]
    pub fn note_value(&mut self, value: &Bound<'_, PyAny>) {
        self.traced = self.traced || key::may_hold_references(value);
    }

    #[inline]
    fn note_key(&mut self, py: Python<'_>, key: &Key) {
        let object = key.object.bind(py);
        self.pure = self.pure && key::is_pure(object);
        self.traced = self.traced || key::may_hold_references(object);
    }

    fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.builder.traverse(visit)?;
        if self.traced {
            for (key, value) in &self.map {
                visit.call(&key.object)?;
                visit.call(value)?;
            }
        }
        Ok(())
    }
}

/// Puts a value into a place and returns the one that was there.
fn exchange<'py>(place: &mut Py<PyAny>, value: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    mem::replace(place, value.clone().unbind()).into_bound(value.py())
}

/// Objects taken out of a map, dropped outside the borrow and without recursion.
pub enum Buried {
    Map(Map),
    Pairs(vec::IntoIter<Pair>),
    Keys(vec::IntoIter<Key>),
    Key(Py<PyAny>),
}

/// How deep drops may nest before the rest waits its turn, as in Python's own containers.
const DEEPEST: usize = 50;

thread_local! {
    static DEPTH: Flag<usize> = const { Flag::new(0) };
    static WAITING: RefCell<Vec<Buried>> = const { RefCell::new(Vec::new()) };
}

/// Drops what was taken out. What lies deeper than `DEEPEST` maps or handles waits until the stack is flat again.
pub fn bury(objects: Buried) {
    let depth = DEPTH.get();
    let mut now = Some(objects);
    if depth >= DEEPEST {
        // Without memory, or while the thread ends, it is dropped where it is.
        let _ = WAITING.try_with(|waiting| {
            let mut waiting = waiting.borrow_mut();
            if waiting.try_reserve(1).is_ok() {
                waiting.extend(now.take());
            }
        });
    }
    DEPTH.set(depth + 1);
    drop(now);
    if depth == 0 {
        while let Ok(Some(next)) = WAITING.try_with(|waiting| waiting.borrow_mut().pop()) {
            drop(next);
        }
    }
    DEPTH.set(depth);
}

impl Drop for Table {
    fn drop(&mut self) {
        if !self.map.is_empty() {
            bury(Buried::Map(mem::take(&mut self.map)));
        }
    }
}
