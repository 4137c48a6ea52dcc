"""The methods Rust has, as the core sees them; std's own tests and examples lie in tests/std."""

import pytest
from support import Counted

from entrymap import BorrowError, HashMap, OccupiedEntry, OccupiedError, RefMut


@pytest.fixture
def m():
    return HashMap(a=1, b=None)


@pytest.fixture
def keyed():
    """A map with one counting key."""
    stored = Counted("k")
    return HashMap({stored: "old"}), stored


def test_get(m):
    assert [m.get("a"), m.get("b", 5), m.get("c"), m.get("c", 5)] == [1, None, None, 5]
    with pytest.raises(TypeError):
        m.get()
    with pytest.raises(TypeError):
        m.get(key="a")


def test_length_and_emptiness(m):
    assert (len(m), m.len(), m.is_empty(), bool(m)) == (2, 2, False, True)
    m.clear()
    assert (len(m), m.len(), m.is_empty(), bool(m)) == (0, 0, True, False)


def test_the_stored_key_comes_back(keyed):
    m, stored = keyed
    assert m.get_key_value(Counted("k")) == (stored, "old")
    assert m.get_key_value(Counted("k"))[0] is stored
    assert m.insert(Counted("k"), "new") == "old"
    key, value = m.remove_entry(Counted("k"))
    assert (key is stored, value) == (True, "new")
    assert m.get_key_value(stored) is m.remove_entry(stored) is None


def test_insert_and_remove(m):
    assert m.insert("c", 3) is None
    assert m.insert("c", 4) == 3
    assert m.remove("c") == 4
    assert m.remove("c") is None
    assert m.remove("b") is None
    assert len(m) == 1


def test_contains_key(m):
    assert [m.contains_key("a"), m.contains_key("b"), m.contains_key("c")] == [True, True, False]


def test_get_mut(m):
    r = m.get_mut("b")
    assert type(r) is RefMut
    r.value = 2
    assert m["b"] == 2
    assert m.get_mut("c") is None


def test_try_insert(m):
    r = m.try_insert("c", 3)
    assert type(r) is RefMut
    r.value += 1
    assert m["c"] == 4


def test_a_refused_try_insert_changes_nothing_and_keeps_the_value_alive(keyed):
    m, stored = keyed
    value = []
    with pytest.raises(OccupiedError) as caught:
        m.try_insert(Counted("k"), value)
    error = caught.value
    assert type(error.entry) is OccupiedEntry
    assert error.entry.key() is stored
    assert error.value is value
    assert m[stored] == "old"
    assert error.entry.insert(error.value) == "old"
    assert m[stored] is value


def test_a_call_that_finds_nothing_to_do_ends_handles_all_the_same(m):
    for call in (
        lambda: m.remove("absent"),
        lambda: m.remove_entry("absent"),
        lambda: m.get_mut("absent"),
        lambda: m.pop("absent", None),
        lambda: m.update(),
        lambda: m.update({}),
        lambda: m.update(m),
        lambda: m.setdefault("a"),
        lambda: m.get_or_insert_with("a", int),
        lambda: pytest.raises(OccupiedError, m.try_insert, "a", 2),
        lambda: m.entry("absent"),
        HashMap.clear.__get__(m),
    ):
        r = m.get_mut("a")
        call()
        with pytest.raises(BorrowError):
            r.set(0)


@pytest.mark.parametrize(
    "call",
    [
        lambda m: m.pop("absent"),
        lambda m: m.__delitem__("absent"),
        lambda m: m["absent"],
    ],
)
def test_a_key_error_is_no_reason_to_lose_a_pair(m, call):
    with pytest.raises(KeyError):
        call(m)
    assert len(m) == 2


def test_clear_keeps_the_capacity():
    m = HashMap((n, n) for n in range(100))
    capacity = m.capacity()
    m.clear()
    assert (len(m), m.capacity()) == (0, capacity)
    assert HashMap().clear() is None


def test_a_present_key_never_grows_the_table():
    for size in (3, 7, 14, 28, 448):
        m = HashMap.with_capacity(size)
        for n in range(size):
            m.insert(n, n)
        for n in range(size):
            m.insert(n, 0)
            m[n] = 1
            m.setdefault(n, 2)
            m.update({n: 3})
            m.upsert(n, 1, max)
            m.get_or_insert_with(n, int)
            m.entry(n).or_insert(0)
            with pytest.raises(OccupiedError):
                m.try_insert(n, 0)
        assert (m.capacity(), len(m)) == (size, size)


def test_room_freed_by_removals_is_used_again():
    m = HashMap((n, n) for n in range(14))
    for n in range(10_000):
        m.remove(n)
        m.insert(n + 14, n)
    assert len(m) == 14
    assert m.capacity() <= 56


def test_one_object_may_be_key_and_value_many_times():
    thing = Counted("x")
    m = HashMap({thing: thing, (thing,): thing})
    assert m[thing] is m[(thing,)] is thing
    assert m.remove(thing) is thing


def test_positions_only_and_counts_of_arguments(m):
    for call in (m.insert, m.entry, m.get_mut, m.remove, m.try_insert, m.contains_key, m.setdefault, m.upsert):
        with pytest.raises(TypeError):
            call()
    with pytest.raises(TypeError):
        m.insert("a")
    with pytest.raises(TypeError):
        m.insert(key="a", value=1)
    with pytest.raises(TypeError):
        m.clear(1)
