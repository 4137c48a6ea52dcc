"""`tally` of buffers: as their items would be counted one by one."""

import array
import ctypes
import itertools
from collections import Counter

import pytest

from entrymap import HashMap

SIGNED, UNSIGNED = "bhilq", "BHILQ"


def tallied(items):
    m = HashMap()
    m.tally(items)
    return m


def edges(code):
    bits = 8 * array.array(code).itemsize
    least = -(1 << bits - 1) if code.islower() else 0
    most = least + (1 << bits) - 1
    return least, most


@pytest.mark.parametrize("code", SIGNED + UNSIGNED)
def test_numbers_at_the_edges(code):
    least, most = edges(code)
    for numbers in ([], [most], [least], [most, most - 1], [least, most, most], [least, 0, most], [0, 1, 1, most]):
        buffer = array.array(code, numbers)
        assert tallied(buffer) == Counter(numbers)
        assert {type(key) for key in tallied(buffer)} <= {int}


@pytest.mark.parametrize("code", SIGNED + UNSIGNED)
def test_dense_and_sparse_numbers(code):
    least, most = edges(code)
    near = range(max(least, -100), 101)
    far = [number for number in (most - 1, most - 2**7, least + 2**7, 2**17, 2**33) if least <= number <= most]
    numbers = [*near, *far, *near[::3], *far]
    assert tallied(array.array(code, numbers)) == Counter(numbers)
    assert tallied(array.array(code, far * 3)) == Counter(far * 3)


def test_every_number_is_found_by_a_number():
    m = tallied(array.array("Q", [0, 2**63, 2**64 - 1]))
    assert [m[0.0], m[2.0**63], m[2**64 - 1]] == [1, 1, 1]


@pytest.mark.parametrize("make", [bytes, bytearray, lambda data: memoryview(data), lambda data: array.array("B", data)])
def test_bytes(make):
    data = bytes(range(256)) * 2 + b"abc"
    assert tallied(make(data)) == Counter(data)


@pytest.mark.parametrize("part", [slice(None, None, 2), slice(None, None, -1), slice(5, 1, -3), slice(1, 1)])
@pytest.mark.parametrize("code", "bHiQ")
def test_strides(code, part):
    view = memoryview(array.array(code, range(20)))[part]
    assert tallied(view) == Counter(view.tolist())


@pytest.mark.parametrize("format", [*"bBhHiIlLqQnN", *(f"@{code}" for code in "bBhHiIlLqQnN")])
def test_the_native_formats(format):
    view = memoryview(bytes(range(1, 17))).cast(format)
    assert tallied(view) == Counter(view.tolist())


@pytest.mark.parametrize("format", ["?", "c", "f", "d", "@?"])
def test_what_is_no_integer_is_counted_item_by_item(format):
    view = memoryview(bytes([0, 1, 1, 0, 0, 0, 0, 1])).cast(format)
    m = tallied(view)
    assert m == Counter(view.tolist())
    assert {type(key) for key in m} == {type(item) for item in view.tolist()}


INTEGERS = [ctypes.c_int8, ctypes.c_uint8, ctypes.c_int16, ctypes.c_uint16, ctypes.c_int32, ctypes.c_uint64]


@pytest.mark.parametrize("kind", INTEGERS)
def test_arrays_of_ctypes(kind):
    numbers = [1, 2, 2, 100]
    assert tallied((kind * 4)(*numbers)) == Counter(numbers)


@pytest.mark.parametrize("kind", [kind for kind in INTEGERS if hasattr(kind, "__ctype_be__")])
@pytest.mark.parametrize("order", ["__ctype_be__", "__ctype_le__"])
def test_another_byte_order_is_not_misread(kind, order):
    numbers = [1, 2, 2, 100]
    swapped = (getattr(kind, order) * 4)(*numbers)
    assert tallied(swapped) == Counter(numbers)
    try:
        counts = tallied(memoryview(swapped))
    except NotImplementedError as error:
        assert "unsupported format" in str(error), "what iterating over such a view says"
    else:
        assert counts == Counter(numbers)


def test_other_arrays_of_ctypes():
    for made in ((ctypes.c_double * 2)(1.5, 2), (ctypes.c_bool * 3)(1, 0, 1), ctypes.create_string_buffer(b"aab")):
        assert tallied(made) == Counter(made)
    with pytest.raises(TypeError):
        tallied((ctypes.c_int * 2 * 2)())
    with pytest.raises(TypeError, match="not iterable"):
        tallied(ctypes.c_int(5))


@pytest.mark.parametrize("source", [lambda: array.array("u", "aab"), lambda: array.array("d", [1, 1, 2.5])])
def test_arrays_of_text_and_floats(source):
    assert tallied(source()) == Counter(source())


def test_more_than_one_dimension_is_left_to_iteration():
    grid = memoryview(bytes(6)).cast("B", (2, 3))
    with pytest.raises(NotImplementedError):
        Counter(grid)
    with pytest.raises(NotImplementedError):
        tallied(grid)


def test_a_released_view_and_a_buffer_that_stays_free():
    view = memoryview(b"abc")
    view.release()
    with pytest.raises(ValueError, match="released"):
        tallied(view)
    data = bytearray(b"abc")
    tallied(data)
    data.append(1)  # a buffer still held would forbid it


class Doubling:
    """Yields each item twice, whatever its buffer holds."""

    def __iter__(self):
        return iter([*super().__iter__()] * 2)


@pytest.mark.parametrize("base", [bytes, bytearray, array.array])
def test_a_subclass_with_an_iterator_of_its_own_is_asked(base):
    made = type("Sub", (Doubling, base), {})(*(["i", [1, 2]] if base is array.array else [b"ab"]))
    assert tallied(made) == Counter(made)


def test_it_adds_to_what_is_there():
    m = HashMap({1: 2**64 - 1, 2: 2**100, 3: -1, True + 3: True})
    m.tally(array.array("i", [1, 2, 3, 4, 5]))
    assert m == {1: 2**64, 2: 2**100 + 1, 3: 0, 4: 2, 5: 1}


def test_numbers_join_the_keys_that_equal_them():
    m = HashMap({1.0: 1, True + 1.0: 1})
    m.tally(b"\x01\x02\x03")
    assert m == {1: 2, 2: 2, 3: 1}
    assert {type(key) for key in m} == {float, int}


@pytest.mark.parametrize("stored", ["text", 1.5, None, []])
def test_a_value_that_is_no_int_refuses_them_all(stored):
    m = HashMap({2: stored, 1: 1})
    with pytest.raises(TypeError, match="tally adds to ints"):
        m.tally(b"\x01\x02\x03")
    assert dict(m) == {2: stored, 1: 1}


numpy = pytest.importorskip("numpy", reason="the rest is about NumPy's arrays")

KINDS = [f"{order}{kind}" for order, kind in itertools.product("<>", ["i2", "i4", "i8", "u2", "u4", "u8"])]


@pytest.mark.parametrize("kind", ["i1", "u1", *KINDS])
def test_integers_of_numpy_in_every_byte_order(kind):
    numbers = [1, 2, 2, 100, 127]
    assert tallied(numpy.array(numbers, kind)) == Counter(numbers)
    assert tallied(numpy.array([numbers, numbers], kind)[:, ::2][1]) == Counter(numbers[::2])
    assert tallied(numpy.array(numbers, kind)[::-1]) == Counter(numbers)


@pytest.mark.parametrize("kind", ["?", "f4", "f8", "c16", "S3", "U3", "M8[s]", "O"])
def test_other_kinds_of_numpy(kind):
    made = numpy.array([0, 1, 1], kind)
    assert tallied(made) == Counter(made)


def test_an_unhashable_row_of_numpy():
    with pytest.raises(TypeError, match="unhashable"):
        tallied(numpy.zeros((2, 2), "i4"))


def test_a_mask_of_numpy_is_respected():
    made = numpy.ma.masked_array([1, 2, 2], mask=[0, 1, 0])
    assert tallied(made.compressed()) == {1: 1, 2: 1}
    for count in (Counter, tallied):
        with pytest.raises(TypeError, match="unhashable"):
            count(made)


def test_what_numpy_protects_is_only_read():
    made = numpy.array([1, 1], "i4")
    made.flags.writeable = False
    assert tallied(made) == {1: 2}
