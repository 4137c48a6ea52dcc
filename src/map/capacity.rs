//! What Rust's `HashMap` says and does about its room.

use pyo3::prelude::*;

use super::Capacity;
use crate::error::{Refusal, Verb, cannot_reserve};
use crate::table::HashMap;

#[pymethods]
impl HashMap {
    /// How many pairs the map holds at least before it has to grow.
    ///
    /// A lower bound, which may fall after removals.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.capacity>.
    fn capacity(slf: &Bound<'_, Self>) -> PyResult<usize> {
        Self::read(slf, "capacity", |table| table.map.capacity())
    }

    /// Makes room for `additional` more pairs, so that adding them moves nothing.
    ///
    /// O(n) if the map grows. Raises `MemoryError` if there is no memory for them, `OverflowError` for a negative
    /// number.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.reserve>.
    #[pyo3(signature = (additional, /))]
    fn reserve(slf: &Bound<'_, Self>, additional: Capacity) -> PyResult<()> {
        Self::reserve_for(slf, additional.0, Verb::Reserve)
    }

    /// Makes room for `additional` more pairs, or says why there is none.
    ///
    /// O(n) if the map grows. Raises `TryReserveError`, a `MemoryError` whose `kind` is `"CapacityOverflow"` or
    /// `"AllocError"`, and `OverflowError` for a negative number.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.try_reserve>.
    ///
    /// >>> from entrymap import HashMap, TryReserveError
    /// >>> try:
    /// ...     HashMap().try_reserve(2**62)
    /// ... except TryReserveError as error:
    /// ...     print(error.kind)
    /// CapacityOverflow
    #[pyo3(signature = (additional, /))]
    fn try_reserve(slf: &Bound<'_, Self>, additional: Capacity) -> PyResult<()> {
        let verb = Verb::TryReserve;
        Self::with(slf, |state| state.reserve(additional.0, verb))
            .map_err(|refusal| refusal.on_map(slf.py(), verb.name()))?
            .map_err(|error| cannot_reserve(slf.py(), &error))
    }

    /// Gives back the memory that is not needed for the pairs that are there.
    ///
    /// O(n). Raises `MemoryError` if there is none for the smaller table; the map is as it was then.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.shrink_to_fit>.
    fn shrink_to_fit(slf: &Bound<'_, Self>) -> PyResult<()> {
        Self::shrink(slf, 0, Verb::ShrinkToFit)
    }

    /// Gives back memory, but keeps room for `min_capacity` pairs, and for those that are there.
    ///
    /// O(n). A map with less room stays as it is. Raises as `shrink_to_fit` does, and `OverflowError` for a
    /// negative number.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.shrink_to>.
    #[pyo3(signature = (min_capacity, /))]
    fn shrink_to(slf: &Bound<'_, Self>, min_capacity: Capacity) -> PyResult<()> {
        Self::shrink(slf, min_capacity.0, Verb::ShrinkTo)
    }
}

impl HashMap {
    /// `reserve`, and what else makes room as it does.
    pub fn reserve_for(slf: &Bound<'_, Self>, additional: usize, verb: Verb) -> PyResult<()> {
        Self::with(slf, |state| state.reserve(additional, verb)?.map_err(|_| Refusal::NoMemory))
            .map_err(|refusal| refusal.on_map(slf.py(), verb.name()))
    }

    fn shrink(slf: &Bound<'_, Self>, least: usize, verb: Verb) -> PyResult<()> {
        Self::with(slf, |state| state.shrink(least, verb)).map_err(|refusal| refusal.on_map(slf.py(), verb.name()))
    }
}
