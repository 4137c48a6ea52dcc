//! `resolve`: how a key is found in a map, whatever its `__eq__` does.

use pyo3::basic::CompareOp;
use pyo3::prelude::*;

use crate::error::{Refusal, no_memory};
use crate::hasher::Foreign;
use crate::key::{self, Key, Probe, Search, Verdict};
use crate::table::{HashMap, MapOf, State};

/// A key on its way into a map: hashed by Python once.
pub struct Query<'a, 'py> {
    object: &'a Bound<'py, PyAny>,
    hash: isize,
    pure: bool,
}

impl<'a, 'py> Query<'a, 'py> {
    /// Calls `hash(object)`.
    #[inline]
    pub fn new(object: &'a Bound<'py, PyAny>) -> PyResult<Self> {
        Ok(Query { object, hash: object.hash()?, pure: key::is_pure(object) })
    }

    /// A key whose hash is known.
    pub fn hashed(object: &'a Bound<'py, PyAny>, hash: isize) -> Self {
        Query { object, hash, pure: key::is_pure(object) }
    }

    pub fn hash(&self) -> isize {
        self.hash
    }

    pub fn is_pure(&self) -> bool {
        self.pure
    }

    pub fn object(&self) -> &'a Bound<'py, PyAny> {
        self.object
    }

    /// Lends the key as a map with this `mix` stores it.
    #[inline]
    pub fn with_key<R>(&self, mix: u64, f: impl FnOnce(&Key) -> R) -> R {
        let key = Key { mix, object: self.object.clone().unbind() };
        let result = f(&key);
        // The caller holds the object, so this is never its last reference.
        drop(key.object.into_bound(self.object.py()));
        result
    }
}

/// Runs `act` under the borrow with a key whose lookup needs no Python code: the one given, or the stored one
/// that is equal to it. `used` names the call in messages.
///
/// Keys that only Python can compare are compared outside the borrow, stored key on the left, each stored
/// object at most once; then the map is probed again. So it does not matter what `__eq__` does to the map.
#[inline]
pub fn resolve<R>(
    map: &Bound<'_, HashMap>,
    query: &Query<'_, '_>,
    used: &str,
    mut act: impl FnMut(&mut State, &Key) -> Result<R, Refusal>,
) -> PyResult<R> {
    let plain = HashMap::with(map, |state| {
        let table = state.table()?;
        if !(table.is_pure() && query.pure) {
            return Ok(None);
        }
        match table.builder.try_mix(query.hash) {
            Ok(mix) => query.with_key(mix, |key| act(state, key)).map(Some),
            Err(_) => Ok(None),
        }
    });
    match plain {
        Ok(Some(result)) => Ok(result),
        Ok(None) => search(map, query, used, &mut act),
        Err(refusal) => Err(refusal.on_map(map.py(), used)),
    }
}

/// What one probe came to.
enum Step<R> {
    Done(R),
    /// The hasher is written in Python.
    Ask(Foreign),
    /// Stored keys that only Python can compare, and the shape of the map that holds them.
    Judge(Vec<Py<PyAny>>, u64),
}

/// What Python has said of the stored keys so far.
#[derive(Default)]
struct Judged {
    verdicts: Vec<Verdict>,
    /// While the map has this shape no verdict is missing.
    complete_at: Option<u64>,
}

/// Probes, asks Python about the candidates, and probes again, until none is left.
#[inline(never)]
fn search<R>(
    map: &Bound<'_, HashMap>,
    query: &Query<'_, '_>,
    used: &str,
    act: &mut impl FnMut(&mut State, &Key) -> Result<R, Refusal>,
) -> PyResult<R> {
    let py = map.py();
    let mut judged = Judged::default();
    let mut asked: Option<(Foreign, u64)> = None;
    loop {
        let step = HashMap::with(map, |state| {
            let mix = match (state.table()?.builder.try_mix(query.hash), &asked) {
                (Ok(mix), _) => mix,
                (Err(foreign), Some((last, mix))) if last.is(foreign) => *mix,
                (Err(foreign), _) => return Ok(Step::Ask(foreign.clone_ref(py))),
            };
            query.with_key(mix, |key| probe(py, state, key, &judged, act))
        });
        match step.map_err(|refusal| refusal.on_map(py, used))? {
            Step::Done(result) => return Ok(result),
            Step::Ask(foreign) => {
                let mix = foreign.ask(py, query.hash)?;
                asked = Some((foreign, mix));
            }
            Step::Judge(candidates, shape) => judged.ask(query, candidates, shape)?,
        }
    }
}

/// Acts if no candidate is left that Python must judge, else lists them.
fn probe<R>(
    py: Python<'_>,
    state: &mut State,
    key: &Key,
    judged: &Judged,
    act: &mut impl FnMut(&mut State, &Key) -> Result<R, Refusal>,
) -> Result<Step<R>, Refusal> {
    let shape = state.generation.shape();
    if judged.complete_at == Some(shape) {
        return match judged.verdicts.last() {
            Some(Verdict { stored, equal: true }) => {
                act(state, &Key { mix: key.mix, object: stored.clone_ref(py) }).map(Step::Done)
            }
            _ => act(state, key).map(Step::Done),
        };
    }
    let search = Search::new(py, key, &judged.verdicts);
    let stored = state.table()?.map.get_key_value(&search as &dyn Probe).map(|(stored, _)| stored.clone_ref(py));
    let unjudged = search.unjudged().map_err(|()| Refusal::NoMemory)?;
    match stored {
        Some(stored) => act(state, &stored).map(Step::Done),
        None if unjudged.is_empty() => act(state, key).map(Step::Done),
        None => Ok(Step::Judge(unjudged, shape)),
    }
}

impl Judged {
    /// Compares as `dict` does, up to the first key that is equal.
    fn ask(&mut self, query: &Query<'_, '_>, candidates: Vec<Py<PyAny>>, shape: u64) -> PyResult<()> {
        self.verdicts.try_reserve(candidates.len()).map_err(|_| no_memory())?;
        for stored in candidates {
            let equal = stored.bind(query.object.py()).rich_compare(query.object, CompareOp::Eq)?.is_truthy()?;
            self.verdicts.push(Verdict { stored, equal });
            if equal {
                break;
            }
        }
        self.complete_at = Some(shape);
        Ok(())
    }
}

/// What a private table holds for a key, and has at first.
pub trait Place {
    fn first(query: &Query<'_, '_>) -> Self;
}

/// The place of a key in a table that nobody else sees, which needs no second look.
pub fn place<'t, V: Place>(table: &'t mut MapOf<V>, query: &Query<'_, '_>, mix: u64) -> PyResult<&'t mut V> {
    let py = query.object.py();
    let key = Key { mix, object: query.object.clone().unbind() };
    let mut judged = Judged::default();
    let stored = loop {
        let search = Search::new(py, &key, &judged.verdicts);
        let stored = table.get_key_value(&search as &dyn Probe).map(|(stored, _)| stored.clone_ref(py));
        let unjudged = search.unjudged().map_err(|()| no_memory())?;
        if stored.is_some() || unjudged.is_empty() {
            break stored;
        }
        judged.ask(query, unjudged, 0)?;
    };
    table.try_reserve(1).map_err(|_| no_memory())?;
    Ok(table.entry(stored.unwrap_or(key)).or_insert_with(|| V::first(query)))
}
