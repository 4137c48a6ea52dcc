//! Walking whatever can be iterated over, so that Ctrl-C is answered on the way.

use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList, PyTuple};

/// What an iterable yields.
pub enum Items<'py> {
    /// Walked by index; it may grow or shrink meanwhile.
    List(Bound<'py, PyList>),
    Tuple(Bound<'py, PyTuple>),
    Any(Bound<'py, PyIterator>),
}

impl<'py> Items<'py> {
    pub fn of(iterable: &Bound<'py, PyAny>) -> PyResult<Items<'py>> {
        if let Ok(list) = iterable.cast_exact::<PyList>() {
            Ok(Items::List(list.clone()))
        } else if let Ok(tuple) = iterable.cast_exact::<PyTuple>() {
            Ok(Items::Tuple(tuple.clone()))
        } else {
            Ok(Items::Any(iterable.try_iter()?))
        }
    }

    /// How many there will be, where that is known without Python code.
    pub fn expected(&self) -> usize {
        match self {
            Items::List(list) => list.len(),
            Items::Tuple(tuple) => tuple.len(),
            Items::Any(_) => 0,
        }
    }

    /// Calls `f` with each item.
    #[inline]
    pub fn each(self, mut f: impl FnMut(&Bound<'py, PyAny>) -> PyResult<()>) -> PyResult<()> {
        self.each_while(|item| f(item).map(|()| true))
    }

    /// Calls `f` with each item while it returns true.
    #[inline]
    pub fn each_while(self, mut f: impl FnMut(&Bound<'py, PyAny>) -> PyResult<bool>) -> PyResult<()> {
        let mut pulse = Pulse::default();
        match self {
            Items::List(list) => {
                let mut at = 0;
                while at < list.len() && f(&list.get_item(at)?)? {
                    pulse.beat(list.py())?;
                    at += 1;
                }
            }
            Items::Tuple(tuple) => {
                for item in tuple.iter_borrowed() {
                    pulse.beat(tuple.py())?;
                    if !f(&item)? {
                        break;
                    }
                }
            }
            Items::Any(items) => {
                let py = items.py();
                for item in items {
                    pulse.beat(py)?;
                    if !f(&item?)? {
                        break;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Looks for signals now and then: Ctrl-C is answered within a few thousand steps.
#[derive(Default)]
pub struct Pulse(u16);

impl Pulse {
    const PERIOD: u16 = 1 << 12;

    #[inline]
    pub fn beat(&mut self, py: Python<'_>) -> PyResult<()> {
        self.0 = (self.0 + 1) % Self::PERIOD;
        if self.0 == 0 { py.check_signals() } else { Ok(()) }
    }
}
