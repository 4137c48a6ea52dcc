//! Rust's Debug texts with Python's reprs inside.
#![allow(unsafe_code, reason = "PyO3 does not wrap Python's guard against a repr inside itself")]

use std::fmt::{self, Debug, Formatter};

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::error::with_room;
use crate::table::HashMap;

/// Text that Debug writes as it is.
pub struct Text(pub String);

impl Debug for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value's Debug text: of a map, Rust's; of anything else its repr.
pub fn text(object: &Bound<'_, PyAny>, alternate: bool) -> PyResult<Text> {
    if let Ok(map) = object.cast_exact::<HashMap>() {
        // Not by way of Python: a nest of maps takes less of the stack so.
        return of_map(map, alternate).map(Text);
    }
    let text = if object.is_instance_of::<HashMap>() {
        object.call_method1("__format__", (if alternate { "#?" } else { "?" },))?.str()?
    } else {
        object.repr()?
    };
    Ok(Text(text.to_string_lossy().into_owned()))
}

/// Rust's Debug of a map, or what became of it.
pub fn of_map(map: &Bound<'_, HashMap>, alternate: bool) -> PyResult<String> {
    if let Some(verb) = HashMap::moved_by(map) {
        return Ok(format!("<{} moved by {}>", map.get_type().name()?, verb.name()));
    }
    guarded(map.as_any(), String::from("{...}"), || {
        let texts = texts_of(map, alternate)?;
        let pairs = texts.iter().map(|(key, value)| (key, value));
        Ok(render(&With(|f: &mut Formatter<'_>| f.debug_map().entries(pairs.clone()).finish()), alternate))
    })
}

fn texts_of(map: &Bound<'_, HashMap>, alternate: bool) -> PyResult<Vec<(Text, Text)>> {
    let py = map.py();
    let pairs = HashMap::snapshot(map, "repr")?;
    let mut texts = with_room(pairs.len())?;
    for (key, value) in pairs {
        texts.push((text(key.bind(py), alternate)?, text(value.bind(py), alternate)?));
    }
    Ok(texts)
}

/// Renders with `{:?}` or `{:#?}`.
pub fn render(value: &impl Debug, alternate: bool) -> String {
    if alternate { format!("{value:#?}") } else { format!("{value:?}") }
}

/// Something that knows how to write itself.
pub struct With<F>(pub F);

impl<F: Fn(&mut Formatter<'_>) -> fmt::Result> Debug for With<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0(f)
    }
}

/// Whether a format spec asks for Debug, and for which form.
pub fn form(object: &Bound<'_, PyAny>, spec: &str) -> PyResult<bool> {
    match spec {
        "?" => Ok(false),
        "#?" => Ok(true),
        _ => Err(PyTypeError::new_err(format!(
            "unsupported format string passed to {}.__format__: {spec:?}; the formats are \"?\" and \"#?\"",
            object.get_type().name()?
        ))),
    }
}

/// Prints `object` by `f`, or as `inside` when it is being printed already, further out.
pub fn guarded<R>(object: &Bound<'_, PyAny>, inside: R, f: impl FnOnce() -> PyResult<R>) -> PyResult<R> {
    // SAFETY: the object is alive, this thread is attached, and what is entered is left again. Held by
    // tests/test_debug.py::test_a_map_inside_itself.
    unsafe {
        if ffi::Py_EnterRecursiveCall(c" while printing an object".as_ptr()) != 0 {
            return Err(PyErr::fetch(object.py()));
        }
        let result = match ffi::Py_ReprEnter(object.as_ptr()) {
            0 => {
                let result = f();
                ffi::Py_ReprLeave(object.as_ptr());
                result
            }
            1 => Ok(inside),
            _ => Err(PyErr::fetch(object.py())),
        };
        ffi::Py_LeaveRecursiveCall();
        result
    }
}
