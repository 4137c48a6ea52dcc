//! What Rust's `HashMap` does with all its pairs: walks, and what takes them out.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::pairs::store_all;
use crate::error::{Refusal, Verb, changed_by_predicate, collect, room};
use crate::iterators::lending::{ExtractIf, IterMut, ValuesMut, ask};
use crate::iterators::owning::{Drain, IntoIter, IntoKeys, IntoValues};
use crate::iterators::reading::Iter;
use crate::key::Key;
use crate::ref_mut::{Handle, RefMut};
use crate::resolve::{Query, resolve};
use crate::table::{HashMap, bury};
use crate::views::{ItemsView, KeysView, ValuesView};

#[pymethods]
impl HashMap {
    /// An iterator over the pairs; `for key in m` goes over the keys.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.iter>.
    fn iter<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Iter>> {
        Iter::over(slf, "iter")
    }

    /// An iterator over the pairs, with a `RefMut` to each value.
    ///
    /// It ends, and what it lent with it, when a later call changes the map, or could.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.iter_mut>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> m = HashMap(a=1, b=2)
    /// >>> for key, value in m.iter_mut():
    /// ...     value.value *= 2
    /// >>> m["a"], m["b"]
    /// (2, 4)
    fn iter_mut<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, IterMut>> {
        IterMut::of(slf)
    }

    /// A live view of the keys.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.keys>.
    fn keys(slf: &Bound<'_, Self>) -> PyResult<KeysView> {
        KeysView::of(slf)
    }

    /// A live view of the values.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.values>.
    fn values(slf: &Bound<'_, Self>) -> PyResult<ValuesView> {
        ValuesView::of(slf)
    }

    /// A live view of the pairs, as dict has it.
    fn items(slf: &Bound<'_, Self>) -> PyResult<ItemsView> {
        ItemsView::of(slf)
    }

    /// An iterator over a `RefMut` to each value.
    ///
    /// It ends as `iter_mut` does.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.values_mut>.
    fn values_mut<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, ValuesMut>> {
        ValuesMut::of(slf)
    }

    /// Turns the map into an iterator over its pairs.
    ///
    /// The map is moved: any use of it raises `MovedError` from then on. O(n) in time and space, at the call.
    /// Raises `MemoryError` if there is no memory for the pairs.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.into_iter>.
    fn into_iter<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, IntoIter>> {
        IntoIter::of(slf)
    }

    /// Turns the map into an iterator over its keys.
    ///
    /// The map is moved, as by `into_iter`.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.into_keys>.
    fn into_keys<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, IntoKeys>> {
        IntoKeys::of(slf)
    }

    /// Turns the map into an iterator over its values.
    ///
    /// The map is moved, as by `into_iter`.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.into_values>.
    fn into_values<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, IntoValues>> {
        IntoValues::of(slf)
    }

    /// Takes every pair out and returns an iterator over them; the memory is kept.
    ///
    /// The map is empty at once, whatever becomes of the iterator. O(n) in time and space.
    /// Raises `MemoryError` if there is no memory for the pairs; the map is as it was then.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.drain>.
    fn drain<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Drain>> {
        Drain::of(slf)
    }

    /// Takes every pair out; the memory is kept for the next ones.
    ///
    /// O(n).
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.clear>.
    fn clear(slf: &Bound<'_, Self>) -> PyResult<()> {
        let objects = Self::with(slf, |state| state.clear(Verb::Clear));
        bury(objects.map_err(|refusal: Refusal| refusal.on_map(slf.py(), "clear"))?);
        Ok(())
    }

    /// Keeps the pairs for which `f(key, value)` is true; `value` is a `RefMut`.
    ///
    /// The others leave when `f` has judged them all; if it raises, those that it has rejected leave, the others
    /// stay. The `RefMut` ends with `f`. Raises `TypeError` if `f` returns `None` or a `RefMut`, `BorrowError` if it
    /// changes the map. O(n).
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.retain>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> m = HashMap((n, n * n) for n in range(8))
    /// >>> m.retain(lambda n, square: n % 2 == 0)
    /// >>> len(m)
    /// 4
    #[pyo3(signature = (f, /))]
    fn retain(slf: &Bound<'_, Self>, f: Py<PyAny>) -> PyResult<()> {
        let py = slf.py();
        let begun = Self::with(slf, |state| {
            let keys = state.table()?.keys(py)?;
            let (rejected, gone) = (room(keys.len())?, room(keys.len())?);
            Ok((keys, rejected, gone, state.generation.raise(Verb::Retain)))
        });
        let (keys, mut rejected, mut gone, epoch) = begun.map_err(|refusal: Refusal| refusal.on_map(py, "retain"))?;
        let judged = Self::judge(slf, keys, epoch, &f, &mut rejected);
        Self::with(slf, |state| state.reject(&rejected, Verb::Retain, &mut gone));
        judged
    }

    /// An iterator over the pairs for which `f(key, value)` is true; `value` is a `RefMut`.
    ///
    /// Lazy: a pair leaves the map as it is yielded, and what is never asked for stays. The `RefMut` ends with `f`.
    /// Raises as `retain` does, at `next`. O(n) in space.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.extract_if>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> m = HashMap((n, n) for n in range(8))
    /// >>> sorted(n for n, _ in m.extract_if(lambda n, _: n % 2 == 0)), sorted(m)
    /// ([0, 2, 4, 6], [1, 3, 5, 7])
    #[pyo3(signature = (f, /))]
    fn extract_if<'py>(slf: &Bound<'py, Self>, f: Py<PyAny>) -> PyResult<Bound<'py, ExtractIf>> {
        ExtractIf::of(slf, f)
    }

    /// A list with a `RefMut` for each key of an iterable, or `None` where the key is absent.
    ///
    /// Raises `ValueError` if a present key comes twice; an absent one may.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.get_disjoint_mut>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> m = HashMap(a=1, b=2)
    /// >>> a, b = m.get_disjoint_mut(["a", "b"])
    /// >>> a.value, b.value = b.value, a.value
    /// >>> m["a"], m["b"]
    /// (2, 1)
    #[pyo3(signature = (keys, /))]
    fn get_disjoint_mut<'py>(
        slf: &Bound<'py, Self>,
        keys: &Bound<'py, PyAny>,
    ) -> PyResult<Vec<Option<Bound<'py, RefMut>>>> {
        Self::lend_disjoint(slf, keys)
    }

    /// What `get_disjoint_mut` does, checks included.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.get_disjoint_unchecked_mut>.
    #[pyo3(signature = (keys, /))]
    fn get_disjoint_unchecked_mut<'py>(
        slf: &Bound<'py, Self>,
        keys: &Bound<'py, PyAny>,
    ) -> PyResult<Vec<Option<Bound<'py, RefMut>>>> {
        Self::lend_disjoint(slf, keys)
    }

    /// Stores every pair of an iterable or a mapping.
    ///
    /// Like `update` with one argument.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.extend>.
    #[pyo3(signature = (pairs, /))]
    fn extend(slf: &Bound<'_, Self>, pairs: &Bound<'_, PyAny>) -> PyResult<()> {
        store_all(slf, pairs, Verb::Extend)
    }

    /// Becomes a copy of `other`, its hasher included.
    ///
    /// O(n); calls no `__hash__`. Raises `MemoryError` if there is no memory for the copy; the map is as it was then.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.clone_from>.
    #[pyo3(signature = (other, /))]
    fn clone_from(slf: &Bound<'_, Self>, other: &Bound<'_, HashMap>) -> PyResult<()> {
        let verb = Verb::CloneFrom;
        if slf.is(other) { Self::reserve_for(slf, 0, verb) } else { Self::become_copy(slf, other, verb.name()) }
    }
}

impl HashMap {
    /// Asks a predicate about every key, and collects those that it rejects.
    fn judge(
        slf: &Bound<'_, Self>,
        keys: Vec<Key>,
        mut epoch: u64,
        f: &Py<PyAny>,
        rejected: &mut Vec<Key>,
    ) -> PyResult<()> {
        for key in keys {
            let kept = ask(slf, &key, epoch, f, Verb::Retain);
            let after = Self::with(slf, |state| {
                state.table_at(epoch)?;
                Ok(state.generation.raise(Verb::Retain))
            });
            let kept = kept?;
            epoch = after.map_err(|refusal: Refusal| changed_by_predicate(slf.py(), refusal, Verb::Retain))?;
            if !kept {
                rejected.push(key);
            }
        }
        Ok(())
    }

    fn lend_disjoint<'py>(
        slf: &Bound<'py, Self>,
        keys: &Bound<'py, PyAny>,
    ) -> PyResult<Vec<Option<Bound<'py, RefMut>>>> {
        let py = slf.py();
        let verb = Verb::GetDisjointMut;
        let keys = collect(keys.try_iter()?)?;
        let queries = collect(keys.iter().map(Query::new))?;
        let find = |query: &Query<'_, '_>| {
            resolve(slf, query, verb.name(), |state, key| {
                Ok(state.table()?.map.get_key_value(key).map(|(stored, _)| stored.clone_ref(py)))
            })
        };
        let found = collect(queries.iter().map(find))?;
        let mut present = collect(found.iter().flatten().map(|key| Ok(key.object.as_ptr())))?;
        present.sort_unstable();
        if present.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(PyValueError::new_err("duplicate keys found"));
        }
        let raised = Self::with(slf, |state| state.parts().map(|(generation, _)| generation.raise(verb)));
        let epoch = raised.map_err(|refusal| refusal.on_map(py, verb.name()))?;
        let lend = |key: Option<Key>| key.map(|key| RefMut::lend(py, Handle::new(slf, key, verb), epoch)).transpose();
        let handles = collect(found.into_iter().map(lend))?;
        RefMut::settle(handles.iter().flatten(), epoch);
        Ok(handles)
    }
}
