//! Rust's `std::collections::HashMap` and its Entry API for Python.
//!
//! The modules in the order in which they build on one another:
//!
//! - `error`: the exceptions and their wording;
//! - `hasher`: how a key's hash is mixed;
//! - `key`: a Python object as the std map's key;
//! - `cell`: the one place that lends a map's state out, and the generation that ends handles;
//! - `iter`: std's iterator, kept from one call to the next;
//! - `table`: the std map itself;
//! - `resolve`: how a key is found in it, whatever its `__eq__` does;
//! - `debug`: Rust's Debug texts;
//! - `default_hasher`, `build_hasher`: the hashers and hash builders as Python sees them;
//! - `ref_mut`, `iterators`, `entry`, `views`: what a map hands out;
//! - `map`: the methods of `HashMap`.

mod build_hasher;
mod cell;
mod debug;
mod default_hasher;
mod entry;
mod error;
mod hasher;
mod iter;
mod iterators;
mod key;
mod map;
mod ref_mut;
mod resolve;
mod table;
mod views;

use pyo3::prelude::*;

/// The compiled part of `entrymap`.
#[pymodule]
mod _entrymap {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::exceptions::PyImportError;
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::build_hasher::{BuildHasher, BuildHasherDefault, FoldState, RandomState};
    #[pymodule_export]
    use crate::default_hasher::{DefaultHasher, FoldHasher, Hasher};
    #[pymodule_export]
    use crate::entry::{Entry, OccupiedEntry, VacantEntry};
    #[pymodule_export]
    use crate::iterators::lending::{ExtractIf, IterMut, ValuesMut};
    #[pymodule_export]
    use crate::iterators::owning::{Drain, IntoIter, IntoKeys, IntoValues};
    #[pymodule_export]
    use crate::iterators::reading::{Iter, Keys, Values};
    #[pymodule_export]
    use crate::map::copying::restore;
    #[pymodule_export]
    use crate::ref_mut::RefMut;
    #[pymodule_export]
    use crate::table::HashMap;
    #[pymodule_export]
    use crate::views::{ItemsView, KeysView, ValuesView};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let py = module.py();
        only_here(py)?;
        crate::error::register(module)?;
        let entry = py.get_type::<Entry>();
        entry.setattr("Occupied", py.get_type::<OccupiedEntry>())?;
        entry.setattr("Vacant", py.get_type::<VacantEntry>())?;
        let abc = py.import("collections.abc")?;
        abc.getattr("MutableMapping")?.call_method1("register", (py.get_type::<HashMap>(),))?;
        abc.getattr("KeysView")?.call_method1("register", (py.get_type::<KeysView>(),))?;
        abc.getattr("ValuesView")?.call_method1("register", (py.get_type::<ValuesView>(),))?;
        abc.getattr("ItemsView")?.call_method1("register", (py.get_type::<ItemsView>(),))?;
        Ok(())
    }

    /// Refuses every interpreter of the process but the first: the classes are one for all, and their objects must not
    /// pass from one to another.
    fn only_here(py: Python<'_>) -> PyResult<()> {
        // Each interpreter has a `sys` of its own.
        static HOME: AtomicUsize = AtomicUsize::new(0);
        let here = py.import("sys")?.as_ptr().addr();
        match HOME.compare_exchange(0, here, Ordering::Relaxed, Ordering::Relaxed) {
            Err(home) if home != here => Err(PyImportError::new_err(
                "entrymap works in one interpreter of a process only, the one that imported it first",
            )),
            _ => Ok(()),
        }
    }
}
