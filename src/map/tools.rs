//! What other people's tools ask of a map. They are written in Python and so are the answers, in
//! `entrymap/_tools.py`, which is imported when the first of them asks.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};

use crate::table::HashMap;

#[pymethods]
impl HashMap {
    /// The keys, for IPython to complete `m["`.
    fn _ipython_key_completions_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        ask(slf.py(), "ipython_keys", (slf,))
    }

    /// Prints the map over several lines where one is too short, for IPython.
    #[pyo3(signature = (p, cycle, /))]
    fn _repr_pretty_<'py>(
        slf: &Bound<'py, Self>,
        p: &Bound<'py, PyAny>,
        cycle: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        ask(slf.py(), "ipython_pretty", (slf, p, cycle))
    }

    /// What stands in the map's parentheses, for `rich`; `None` makes it print the `repr`.
    fn __rich_repr__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        ask(slf.py(), "rich_repr", (slf,))
    }

    /// How Pydantic validates and serialises a field of type `HashMap[K, V]`.
    #[classmethod]
    #[pyo3(signature = (source, handler, /))]
    fn __get_pydantic_core_schema__<'py>(
        cls: &Bound<'py, PyType>,
        source: &Bound<'py, PyAny>,
        handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        ask(cls.py(), "pydantic_schema", (source, handler))
    }
}

/// Calls a function of `entrymap._tools`.
fn ask<'py>(py: Python<'py>, function: &str, args: impl pyo3::call::PyCallArgs<'py>) -> PyResult<Bound<'py, PyAny>> {
    py.import("entrymap._tools")?.call_method1(function, args)
}

/// Shows `pprint` how to print a map over several lines, once it is there.
///
/// It has a table of printers and no hook, but takes an object's `repr` before it looks there: in time for this. Without
/// it the map is printed on one line, so that what goes wrong here is no reason to print nothing.
pub fn teach_pprint(py: Python<'_>) {
    static TAUGHT: AtomicBool = AtomicBool::new(false);
    if TAUGHT.load(Ordering::Relaxed) {
        return;
    }
    let modules = py.import("sys").and_then(|sys| Ok(sys.getattr("modules")?.cast_into::<PyDict>()?));
    if modules.is_ok_and(|modules| modules.contains("pprint").unwrap_or(false)) && !TAUGHT.swap(true, Ordering::Relaxed)
    {
        let _taught = ask(py, "teach_pprint", ());
    }
}
