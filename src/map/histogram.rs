//! Counting the integers of a buffer, without making objects of them.
#![allow(unsafe_code, reason = "PyO3 makes an int only by a call that panics where there is no memory")]

use pyo3::buffer::{Element, ElementType, PyBuffer, PyUntypedBuffer};
use pyo3::ffi;
use pyo3::prelude::*;

use super::tally::Counted;
use crate::error::{no_memory, with_room};
use crate::table::Numbers;

/// The counts of a buffer of integers; `None` for anything else.
pub fn of(items: &Bound<'_, PyAny>) -> PyResult<Option<Vec<Counted>>> {
    let Ok(buffer) = PyUntypedBuffer::get(items) else { return Ok(None) };
    if buffer.dimensions() != 1 {
        return Ok(None);
    }
    let py = items.py();
    match ElementType::from_format(buffer.format()) {
        ElementType::SignedInteger { bytes: 1 } => counted::<i8>(py, buffer),
        ElementType::SignedInteger { bytes: 2 } => counted::<i16>(py, buffer),
        ElementType::SignedInteger { bytes: 4 } => counted::<i32>(py, buffer),
        ElementType::SignedInteger { bytes: 8 } => counted::<i64>(py, buffer),
        ElementType::UnsignedInteger { bytes: 1 } => counted::<u8>(py, buffer),
        ElementType::UnsignedInteger { bytes: 2 } => counted::<u16>(py, buffer),
        ElementType::UnsignedInteger { bytes: 4 } => counted::<u32>(py, buffer),
        ElementType::UnsignedInteger { bytes: 8 } => counted::<u64>(py, buffer),
        _ => Ok(None),
    }
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

fn counted<T: Number>(py: Python<'_>, buffer: PyUntypedBuffer) -> PyResult<Option<Vec<Counted>>> {
    // Another byte order than this machine's: left to the objects.
    let Ok(buffer) = buffer.into_typed::<T>() else { return Ok(None) };
    let numbers = copied(py, &buffer)?;
    Histogram::count(py, &numbers)?.counted::<T>(py).map(Some)
}

/// The numbers, copied: other threads may write to the buffer, which may skip some of its memory too.
fn copied<T: Number>(py: Python<'_>, buffer: &PyBuffer<T>) -> PyResult<Vec<T>> {
    let mut numbers = with_room(buffer.item_count())?;
    numbers.resize(buffer.item_count(), T::default());
    buffer.copy_to_slice(py, &mut numbers)?;
    Ok(numbers)
}

/// How often each number came: in a list for those from `least` on, in a table for the others.
struct Histogram {
    least: i64,
    dense: Vec<u64>,
    sparse: Numbers,
}

/// Numbers between two looks for signals.
const STRETCH: usize = 1 << 16;

impl Histogram {
    fn count<T: Number>(py: Python<'_>, numbers: &[T]) -> PyResult<Histogram> {
        let bits = |number: &T| number.bits();
        let least = numbers.iter().map(bits).min().unwrap_or(0);
        let most = numbers.iter().map(bits).max().unwrap_or(0);
        let mut histogram = Histogram::for_range(least, most, numbers.len())?;
        for stretch in numbers.chunks(STRETCH) {
            py.check_signals()?;
            for number in stretch {
                histogram.add(number.bits())?;
            }
        }
        Ok(histogram)
    }

    /// A list if it takes no more memory than the numbers or than a small table, else a table alone.
    fn for_range(least: i64, most: i64, len: usize) -> PyResult<Histogram> {
        let span = usize::try_from(i128::from(most) - i128::from(least) + 1).unwrap_or(0);
        let mut dense = Vec::new();
        if span <= len.saturating_mul(2).max(STRETCH) {
            dense = with_room(span)?;
            dense.resize(span, 0);
        }
        Ok(Histogram { least, dense, sparse: Numbers::default() })
    }

    #[inline]
    fn add(&mut self, number: i64) -> PyResult<()> {
        let at = usize::try_from(number.wrapping_sub(self.least)).unwrap_or(usize::MAX);
        if let Some(count) = self.dense.get_mut(at) {
            *count += 1;
        } else if let Some(count) = self.sparse.get_mut(&number) {
            *count += 1;
        } else {
            self.sparse.try_reserve(1).map_err(|_| no_memory())?;
            self.sparse.insert(number, 1);
        }
        Ok(())
    }

    fn counted<T: Number>(self, py: Python<'_>) -> PyResult<Vec<Counted>> {
        let met = self.dense.iter().filter(|count| **count > 0).count();
        let mut counted = with_room(met + self.sparse.len())?;
        let dense = (self.least..).zip(&self.dense).filter(|(_, count)| **count > 0);
        for (bits, count) in dense.chain(self.sparse.iter().map(|(bits, count)| (*bits, count))) {
            let object = T::restore(py, bits)?;
            counted.push(Counted { hash: object.hash()?, object: object.unbind(), count: *count });
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
    // tests/map/test_tally.py::test_numbers_at_the_edges.
    unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyLong_FromLongLong(number)) }
}
