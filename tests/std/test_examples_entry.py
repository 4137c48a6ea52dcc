"""The examples of std's documentation of `Entry`, `OccupiedEntry` and `VacantEntry`, in Python."""

import pytest

from entrymap import Entry, HashMap, OccupiedEntry


def test_D55_or_insert():
    m = HashMap()
    m.entry("poneyland").or_insert(3)
    assert m["poneyland"] == 3

    m.entry("poneyland").or_insert(10).value *= 2
    assert m["poneyland"] == 6


def test_D56_or_insert_with():
    m = HashMap()
    value = "hoho"
    m.entry("poneyland").or_insert_with(lambda: value)
    assert m["poneyland"] == "hoho"


def test_D57_or_insert_with_key():
    m = HashMap()
    m.entry("poneyland").or_insert_with_key(len)
    assert m["poneyland"] == 9


def test_D58_key():
    m = HashMap()
    assert m.entry("poneyland").key() == "poneyland"


def test_D59_and_modify():
    m = HashMap()
    m.entry("poneyland").and_modify(lambda e: e.add_assign(1)).or_insert(42)
    assert m["poneyland"] == 42

    m.entry("poneyland").and_modify(lambda e: e.add_assign(1)).or_insert(42)
    assert m["poneyland"] == 43


def test_D60_insert_entry():
    m = HashMap()
    entry = m.entry("poneyland").insert_entry("hoho")
    assert isinstance(entry, OccupiedEntry)
    assert entry.key() == "poneyland"


def test_D61_or_default():
    m = HashMap()
    m.entry("poneyland").or_default(type(None))
    assert m["poneyland"] is None
    assert m.contains_key("poneyland")


def test_D62_occupied_key():
    m = HashMap()
    m.entry("poneyland").or_insert(12)
    assert m.entry("poneyland").key() == "poneyland"


def test_D63_occupied_remove_entry():
    m = HashMap()
    m.entry("poneyland").or_insert(12)
    match m.entry("poneyland"):
        case Entry.Occupied(o):
            assert o.remove_entry() == ("poneyland", 12)
        case Entry.Vacant(_):
            pytest.fail("it is there")
    assert not m.contains_key("poneyland")


def test_D64_occupied_get():
    m = HashMap()
    m.entry("poneyland").or_insert(12)
    match m.entry("poneyland"):
        case Entry.Occupied(o):
            assert o.get() == 12
        case Entry.Vacant(_):
            pytest.fail("it is there")


def test_D65_occupied_get_mut():
    m = HashMap()
    m.entry("poneyland").or_insert(12)
    assert m["poneyland"] == 12

    match m.entry("poneyland"):
        case Entry.Occupied(o):
            o.get_mut().value += 10
            assert o.get() == 22
            o.get_mut().value += 2  # the same entry again
        case Entry.Vacant(_):
            pytest.fail("it is there")
    assert m["poneyland"] == 24


def test_D66_occupied_into_mut():
    m = HashMap()
    m.entry("poneyland").or_insert(12)
    assert m["poneyland"] == 12

    match m.entry("poneyland"):
        case Entry.Occupied(o):
            o.into_mut().value += 10
        case Entry.Vacant(_):
            pytest.fail("it is there")
    assert m["poneyland"] == 22


def test_D67_occupied_insert():
    m = HashMap()
    m.entry("poneyland").or_insert(12)
    match m.entry("poneyland"):
        case Entry.Occupied(o):
            assert o.insert(15) == 12
        case Entry.Vacant(_):
            pytest.fail("it is there")
    assert m["poneyland"] == 15


def test_D68_occupied_remove():
    m = HashMap()
    m.entry("poneyland").or_insert(12)
    match m.entry("poneyland"):
        case Entry.Occupied(o):
            assert o.remove() == 12
        case Entry.Vacant(_):
            pytest.fail("it is there")
    assert not m.contains_key("poneyland")


def test_D69_vacant_key():
    m = HashMap()
    match m.entry("poneyland"):
        case Entry.Occupied(_):
            pytest.fail("it is not there")
        case Entry.Vacant(v):
            assert v.key() == "poneyland"


def test_D70_vacant_into_key():
    m = HashMap()
    match m.entry("poneyland"):
        case Entry.Occupied(_):
            pytest.fail("it is not there")
        case Entry.Vacant(v):
            assert v.into_key() == "poneyland"
    assert m.is_empty()


def test_D71_vacant_insert():
    m = HashMap()
    match m.entry("poneyland"):
        case Entry.Occupied(_):
            pytest.fail("it is not there")
        case Entry.Vacant(v):
            v.insert(37)
    assert m["poneyland"] == 37


def test_D72_vacant_insert_entry():
    m = HashMap()
    match m.entry("poneyland"):
        case Entry.Occupied(_):
            pytest.fail("it is not there")
        case Entry.Vacant(v):
            v.insert_entry(37)
    assert m["poneyland"] == 37
