"""Programs that rustc refuses because something was moved (E0382) or borrowed mutably twice (E0499)."""

import pytest

from entrymap import BorrowError, Entry, HashMap, MovedError


@pytest.mark.parametrize("key", ["a", "z"])
def test_B01_entry_after_or_insert(refused, key):
    m = HashMap(a=1, b=2)
    entry = m.entry(key)
    entry.or_insert(0)
    with refused(MovedError, "E0382"):
        entry.or_insert(0)


def test_B02_entry_after_and_modify():
    m = HashMap(a=1, b=2)
    entry = m.entry("a")
    assert entry.and_modify(lambda r: r.add_assign(1)) is entry
    assert entry.or_insert(0).value == 2


def test_B03_entry_after_match(refused):
    m = HashMap(a=1, b=2)
    entry = m.entry("a")
    match entry:
        case Entry.Occupied(occupied):
            assert occupied.get() == 1
    assert entry.key() == "a"
    assert occupied.remove() == 1
    with refused(MovedError, "E0382"):
        entry.key()


@pytest.mark.parametrize("consume", ["remove", "remove_entry", "into_mut"])
def test_B04_occupied_entry_after_consuming_call(refused, consume):
    m = HashMap(a=1, b=2)
    entry = m.entry("a")
    getattr(entry, consume)()
    with refused(MovedError, "E0382"):
        entry.get()


@pytest.mark.parametrize("consume", [lambda e: e.insert(1), lambda e: e.into_key(), lambda e: e.insert_entry(1)])
def test_B05_vacant_entry_after_consuming_call(refused, consume):
    m = HashMap(a=1, b=2)
    entry = m.entry("z")
    consume(entry)
    with refused(MovedError, "E0382"):
        entry.key()


def test_B06_map_after_into_iter(refused):
    m = HashMap(a=1, b=2)
    m.into_iter()
    with refused(MovedError, "E0382"):
        m.len()


def test_B07_map_after_loop_by_value(refused):
    m = HashMap(a=1, b=2)
    assert sorted(key for key in m) == ["a", "b"]
    assert m.len() == 2, "a plain loop is by reference"
    assert sorted(pair for pair in m.into_iter()) == [("a", 1), ("b", 2)]
    with refused(MovedError, "E0382"):
        m.get("a")


@pytest.mark.parametrize("consume", ["into_keys", "into_values"])
def test_B08_map_after_into_keys_or_values(refused, consume):
    m = HashMap(a=1, b=2)
    getattr(m, consume)()
    with refused(MovedError, "E0382"):
        m.insert("c", 3)


def test_B09_owning_iterator_after_collect():
    m = HashMap(a=1, b=2)
    it = m.into_iter()
    assert len(list(it)) == 2
    assert len(it) == 0
    assert list(it) == []


def test_B10_key_after_insert():
    m = HashMap(a=1, b=2)
    key = ("a", "key")
    m.insert(key, 3)
    assert m[key] == 3


def test_B11_two_get_mut(refused):
    m = HashMap(a=1, b=2)
    first = m.get_mut("a")
    second = m.get_mut("b")
    with refused(BorrowError, "E0499"):
        first.value += 1
    second.value += 1
    assert m == {"a": 1, "b": 3}


def test_B12_get_mut_insert_then_use(refused):
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    m.insert("c", 3)
    with refused(BorrowError, "E0499"):
        r.value += 1
    assert m["a"] == 1


def test_B13_two_entries(refused):
    m = HashMap(a=1, b=2)
    first = m.entry("a")
    second = m.entry("b")
    with refused(BorrowError, "E0499"):
        first.or_insert(0)
    assert second.or_insert(0).value == 2


def test_B14_two_or_inserts(refused):
    m = HashMap(a=1, b=2)
    first = m.entry("a").or_insert(0)
    m.entry("b").or_insert(0)
    with refused(BorrowError, "E0499"):
        first.value += 1


def test_B15_or_insert_result_fed_to_another_entry(refused):
    m = HashMap(a=1, b=2)
    r = m.entry("a").or_insert(0)
    with refused(BorrowError, "E0499"):
        m.entry("z").or_insert(r.value)
    assert "z" not in m


def test_B16_child_of_an_entry_that_inserts(refused):
    m = HashMap(a=1, b=2)
    entry = m.entry("a")
    child = entry.get_mut()
    assert entry.insert(5) == 1
    with refused(BorrowError, "E0499"):
        child.value += 1
    assert entry.get() == 5, "the entry itself lives on"


def test_B17_insert_while_draining():
    m = HashMap(a=1, b=2)
    for key, value in m.drain():
        m.insert(key.upper(), value)
    assert m == {"A": 1, "B": 2}


def test_B18_retain_closure_changes_the_map(refused):
    m = HashMap(a=1, b=2)
    calls = []

    def change(key, _):
        calls.append(key)
        m.insert("c", 3)
        return True

    with refused(BorrowError, "E0499"):
        m.retain(change)
    assert len(calls) == 1
    assert m == {"a": 1, "b": 2, "c": 3}


def test_B19_or_insert_with_closure_changes_the_map(refused):
    m = HashMap(a=1, b=2)

    def change():
        m.insert("c", 3)
        return 26

    with refused(BorrowError, "E0499"):
        m.entry("z").or_insert_with(change)
    assert m == {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize(("key", "expected"), [("a", 1), ("z", 0)])
def test_B20_conditional_return_of_get_mut(key, expected):
    m = HashMap(a=1, b=2)

    def get_or_put(key):
        if r := m.get_mut(key):
            return r
        m.insert(key, 0)
        return m.get_mut(key)

    assert get_or_put(key).value == expected
