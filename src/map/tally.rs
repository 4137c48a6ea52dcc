//! `tally`: counting in a private table, whose counts are added to the map at the end, all or none.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use pyo3::prelude::*;

use super::combine::{Combine, add_count};
use super::histogram::{self, Counted, int};
use super::items::Items;
use crate::error::{Refusal, Verb, no_memory, with_room};
use crate::key::Key;
use crate::resolve::{Place, Query, place, resolve};
use crate::table::{HashMap, MapOf};

const VERB: Verb = Verb::Tally;

/// Counts the items of an iterable into a map.
pub fn count(map: &Bound<'_, HashMap>, items: &Bound<'_, PyAny>) -> PyResult<()> {
    HashMap::read(map, VERB.name(), |_| ())?;
    let counted = match histogram::of(items)? {
        Some(counted) => counted,
        None => Private::default().count(items)?,
    };
    pour(map, &counted)
}

/// A table that nobody else sees, with a hasher that is cheaper than a map's.
#[derive(Default)]
struct Private {
    counts: MapOf<(isize, u64)>,
    impure: bool,
    hasher: RandomState,
}

impl Private {
    fn count(mut self, items: &Bound<'_, PyAny>) -> PyResult<Vec<Counted>> {
        Items::of(items)?.each(|item| self.add(item))?;
        let mut counted = with_room(self.counts.len())?;
        let all = self.counts.into_iter();
        counted.extend(all.map(|(key, (hash, count))| Counted { object: key.object, hash, count }));
        Ok(counted)
    }

    #[inline]
    fn add(&mut self, item: &Bound<'_, PyAny>) -> PyResult<()> {
        let query = Query::new(item)?;
        let mix = self.hasher.hash_one(query.hash());
        if self.impure || !query.is_pure() {
            self.impure = true;
            let (_, count) = place(&mut self.counts, &query, mix)?;
            *count += 1;
            return Ok(());
        }
        let met = query.with_key(mix, |key| self.counts.get_mut(key).map(|(_, count)| *count += 1));
        if met.is_none() {
            self.counts.try_reserve(1).map_err(|_| no_memory())?;
            self.counts.insert(Key { mix, object: item.clone().unbind() }, (query.hash(), 1));
        }
        Ok(())
    }
}

impl Place for (isize, u64) {
    fn first(query: &Query<'_, '_>) -> Self {
        (query.hash(), 0)
    }
}

/// How often the sums are made anew because the map was used meanwhile.
const TRIES: usize = 3;

/// Adds the counts to the map. Only keys that are compared in Python let others use it meanwhile; if they go on
/// doing so, each count is added by itself.
fn pour(map: &Bound<'_, HashMap>, counted: &[Counted]) -> PyResult<()> {
    for _ in 0..TRIES {
        let epoch = HashMap::with(map, |state| state.generation.epoch());
        let sums = sums(map, counted)?;
        if commit(map, sums, epoch)? {
            return Ok(());
        }
    }
    for one in counted {
        let key = one.object.bind(map.py());
        let count = int(map.py(), one.count)?;
        HashMap::combine_at(map, &Query::hashed(key, one.hash), &count, &Combine::Count(key), VERB)?;
    }
    Ok(())
}

/// A key as the map has it, or will have it, and its new value.
struct Sum {
    key: Key,
    value: Py<PyAny>,
    absent: bool,
}

fn sums(map: &Bound<'_, HashMap>, counted: &[Counted]) -> PyResult<Vec<Sum>> {
    let py = map.py();
    let mut sums = with_room(counted.len())?;
    for one in counted {
        let object = one.object.bind(py);
        let query = Query::hashed(object, one.hash);
        let (key, old) = resolve(map, &query, VERB.name(), |state, key| {
            Ok(match state.table()?.map.get_key_value(key) {
                Some((stored, old)) => (stored.clone_ref(py), Some(old.clone_ref(py))),
                None => (key.clone_ref(py), None),
            })
        })?;
        let count = int(py, one.count)?;
        let (value, absent) = match old {
            Some(old) => (add_count(object, old.bind(py), &count)?, false),
            None => (count, true),
        };
        sums.push(Sum { key, value: value.unbind(), absent });
    }
    Ok(sums)
}

/// Stores the sums, if the map was not used since `epoch`.
fn commit(map: &Bound<'_, HashMap>, sums: Vec<Sum>, epoch: u64) -> PyResult<bool> {
    let py = map.py();
    let absent = sums.iter().filter(|sum| sum.absent).count();
    let mut replaced = with_room(sums.len() - absent)?;
    let committed = HashMap::with(map, |state| {
        if state.generation.epoch() != epoch {
            return Ok(false);
        }
        state.reserve(absent, VERB)?.map_err(|_| Refusal::NoMemory)?;
        for sum in &sums {
            replaced.extend(state.insert(&sum.key, sum.value.bind(py), VERB)?);
        }
        Ok(true)
    });
    committed.map_err(|refusal: Refusal| refusal.on_map(py, VERB.name()))
}
