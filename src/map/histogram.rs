//! Counting the integers of a buffer, without making objects of them.
#![allow(unsafe_code, reason = "PyO3 makes an int only by a call that panics where there is no memory")]

use pyo3::buffer::{Element, PyBuffer, PyUntypedBuffer};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyMemoryView, PySlice};

use crate::error::{no_memory, with_room};
use crate::table::Numbers;

/// An item, its hash, and how often it came.
pub struct Counted {
    pub object: Py<PyAny>,
    pub hash: isize,
    pub count: u64,
}

/// The counts of a buffer of integers; `None` for anything else.
pub fn of(items: &Bound<'_, PyAny>) -> PyResult<Option<Vec<Counted>>> {
    if !yields_its_numbers(items)? {
        return Ok(None);
    }
    let Ok(buffer) = PyUntypedBuffer::get(items) else { return Ok(None) };
    let code = match *buffer.format().to_bytes() {
        [code] | [b'@' | b'=' | NATIVE, code] if buffer.dimensions() == 1 => code,
        _ => return Ok(None),
    };
    match (code.to_ascii_lowercase(), code.is_ascii_lowercase(), buffer.item_size()) {
        (b'b', true, 1) => counted::<i8>(items),
        (b'h', true, 2) => counted::<i16>(items),
        (b'i' | b'l', true, 4) => counted::<i32>(items),
        (b'i' | b'l' | b'q' | b'n', true, 8) => counted::<i64>(items),
        (b'b', false, 1) => counted::<u8>(items),
        (b'h', false, 2) => counted::<u16>(items),
        (b'i' | b'l', false, 4) => counted::<u32>(items),
        (b'i' | b'l' | b'q' | b'n', false, 8) => counted::<u64>(items),
        _ => Ok(None),
    }
}

/// The mark of this machine's byte order in a format.
const NATIVE: u8 = if cfg!(target_endian = "little") { b'<' } else { b'>' };

/// Whether iterating over an object yields the numbers in its buffer, as far as its class is known: a class of one's
/// own may iterate in another way.
fn yields_its_numbers(items: &Bound<'_, PyAny>) -> PyResult<bool> {
    let class = items.get_type();
    let name = (class.module()?.to_string(), class.name()?.to_string());
    Ok(matches!(
        (name.0.as_str(), name.1.as_str()),
        ("builtins", "bytes" | "bytearray" | "memoryview") | ("array", "array") | ("numpy", "ndarray")
    ))
}

/// An integer of a buffer, as 64 bits.
trait Number: Element + Default {
    fn bits(self) -> i64;

    /// The int that `bits` were made of.
    fn restore(py: Python<'_>, bits: i64) -> PyResult<Bound<'_, PyAny>> {
        signed(py, bits)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => { $(
        impl Number for $number {
            fn bits(self) -> i64 {
                i64::from(self)
            }
        }
    )* };
}

numbers! { i8 i16 i32 i64 u8 u16 u32 }

impl Number for u64 {
    fn bits(self) -> i64 {
        self.cast_signed()
    }

    fn restore(py: Python<'_>, bits: i64) -> PyResult<Bound<'_, PyAny>> {
        int(py, bits.cast_unsigned())
    }
}

fn counted<T: Number>(items: &Bound<'_, PyAny>) -> PyResult<Option<Vec<Counted>>> {
    let py = items.py();
    if PyBuffer::<T>::get(items).is_err() {
        return Ok(None);
    }
    let view = PyMemoryView::from(items)?;
    let len = view.len()?;
    let mut histogram = Histogram::of_at_most(len);
    let mut stretch: Vec<T> = with_room(STRETCH.min(len))?;
    for start in (0..len).step_by(STRETCH) {
        py.check_signals()?;
        let end = len.min(start + STRETCH);
        stretch.resize(end - start, T::default());
        PyBuffer::<T>::get(&view.get_item(slice(py, start, end)?)?)?.copy_to_slice(py, &mut stretch)?;
        for number in &stretch {
            histogram.add(number.bits())?;
        }
    }
    histogram.counted::<T>(py).map(Some)
}

fn slice(py: Python<'_>, start: usize, end: usize) -> PyResult<Bound<'_, PyAny>> {
    py.get_type::<PySlice>().call1((start, end))
}

/// How often each number came: in a list for those from `least` on, in a table for the others.
struct Histogram {
    least: i64,
    dense: Vec<u64>,
    sparse: Numbers,
    /// How long the list may grow: no longer than is in proportion to the numbers.
    limit: u64,
}

/// Numbers that are copied at a time, between two looks for signals: the nearest memory holds so many.
const STRETCH: usize = 1 << 14;

impl Histogram {
    fn of_at_most(len: usize) -> Histogram {
        let limit = len.saturating_mul(2).max(1 << 16) as u64;
        Histogram { least: 0, dense: Vec::new(), sparse: Numbers::default(), limit }
    }

    #[inline]
    fn add(&mut self, number: i64) -> PyResult<()> {
        // A number below the least wraps to one that is far beyond the list.
        let at = number.wrapping_sub(self.least).cast_unsigned();
        match usize::try_from(at).ok().and_then(|at| self.dense.get_mut(at)) {
            Some(count) => {
                *count += 1;
                Ok(())
            }
            None => self.add_outside(number),
        }
    }

    #[cold]
    #[inline(never)]
    fn add_outside(&mut self, number: i64) -> PyResult<()> {
        if self.grow(number)? {
            return self.add(number);
        }
        if let Some(count) = self.sparse.get_mut(&number) {
            *count += 1;
        } else {
            self.sparse.try_reserve(1).map_err(|_| no_memory())?;
            self.sparse.insert(number, 1);
        }
        Ok(())
    }

    /// Makes the list reach `number`, if it may be so long, and up to twice as far. Its ends only move outwards, so
    /// that no number is ever counted in the table and in the list.
    fn grow(&mut self, number: i64) -> PyResult<bool> {
        let (least, len, limit) = (i128::from(self.least), self.dense.len() as i128, i128::from(self.limit));
        let number = i128::from(number);
        let slack = len.max(64);
        let (from, to) = match len {
            0 => (number, number + slack),
            _ if number < least => ((number - slack).max(least + len - limit).min(number), least + len),
            _ => (least, (number + 1 + slack).min(least + limit).max(number + 1)),
        };
        let (from, to) = (from.max(i128::from(i64::MIN)), to.min(i128::from(i64::MAX) + 1));
        let (Ok(least), Ok(span)) = (i64::try_from(from), usize::try_from(to - from)) else { return Ok(false) };
        if span as u64 > self.limit {
            return Ok(false);
        }
        let mut dense = with_room(span)?;
        if len > 0 {
            dense.resize(usize::try_from(i128::from(self.least) - from).unwrap_or(0), 0);
            dense.extend_from_slice(&self.dense);
        }
        dense.resize(span, 0);
        (self.least, self.dense) = (least, dense);
        Ok(true)
    }

    fn counted<T: Number>(self, py: Python<'_>) -> PyResult<Vec<Counted>> {
        let met = self.dense.iter().filter(|count| **count > 0).count();
        let mut counted = with_room(met + self.sparse.len())?;
        let least = self.least;
        let dense = (0_i64..).zip(&self.dense).map(|(at, count)| (least.wrapping_add(at), *count));
        for (bits, count) in dense.chain(self.sparse.iter().map(|(bits, count)| (*bits, *count))) {
            if count > 0 {
                let object = T::restore(py, bits)?;
                counted.push(Counted { hash: object.hash()?, object: object.unbind(), count });
            }
        }
        Ok(counted)
    }
}

/// A count as an int.
pub fn int(py: Python<'_>, count: u64) -> PyResult<Bound<'_, PyAny>> {
    match i64::try_from(count) {
        Ok(count) => signed(py, count),
        Err(_) => signed(py, (count >> 1).cast_signed())?.lshift(1)?.bitor(count & 1),
    }
}

fn signed(py: Python<'_>, number: i64) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: this thread is attached, and the call returns a new reference or raises. Held by
    // tests/map/test_histogram.py::test_numbers_at_the_edges.
    unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyLong_FromLongLong(number)) }
}
