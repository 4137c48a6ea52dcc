import gc
import weakref

import pytest
from support import Counted, Dying, Node

from entrymap import BorrowError, Entry, HashMap, MovedError, OccupiedEntry, RefMut, VacantEntry


@pytest.fixture
def m():
    return HashMap(a=1)


def fail(*_):
    raise ZeroDivisionError


def test_the_classes():
    assert Entry.Occupied is OccupiedEntry
    assert Entry.Vacant is VacantEntry
    assert OccupiedEntry.__bases__ == VacantEntry.__bases__ == (Entry,)
    assert Entry[str, int].__origin__ is Entry
    assert OccupiedEntry[str, int].__origin__ is OccupiedEntry
    for cls in (Entry, OccupiedEntry, VacantEntry):
        assert cls.__match_args__ == ("entry",)
        with pytest.raises(TypeError):
            cls()


def test_match(m):
    def kind(entry):
        match entry:
            case Entry.Occupied(e):
                return ("occupied", e is entry, e.get())
            case Entry.Vacant(e):
                return ("vacant", e is entry, e.key())

    assert kind(m.entry("a")) == ("occupied", True, 1)
    assert kind(m.entry("b")) == ("vacant", True, "b")
    match m.entry("a"):
        case Entry(e):
            assert e.remove() == 1


def test_each_class_has_its_own_methods(m):
    for name in ("get", "get_mut", "into_mut", "remove", "remove_entry"):
        assert not hasattr(VacantEntry, name)
        assert not hasattr(Entry, name)
    assert not hasattr(OccupiedEntry, "into_key")
    assert not hasattr(Entry, "insert")


def test_an_entry_for_an_absent_key_makes_room_at_once():
    m = HashMap()
    e = m.entry("k")
    assert (m.capacity(), len(m)) == (3, 0)
    assert e.into_key() == "k"
    assert (m.capacity(), len(m)) == (3, 0)


def test_an_entry_for_a_present_key_never_makes_the_table_grow():
    m = HashMap((n, n) for n in range(7))
    assert m.capacity() == 7
    for n in range(7):
        m.entry(n).or_insert(0)
        m.insert(n, 0)
        m.setdefault(n)
    assert m.capacity() == 7
    m.entry(7)
    assert m.capacity() == 14


@pytest.mark.parametrize(
    ("act", "value"),
    [
        (lambda e: e.or_insert(5), 5),
        (lambda e: e.or_insert_with(lambda: 5), 5),
        (lambda e: e.or_insert_with_key(lambda key: key * 2), "bb"),
        (lambda e: e.or_default(list), []),
        (lambda e: e.insert(5), 5),
    ],
)
def test_a_vacant_entry_is_filled(m, act, value):
    r = act(m.entry("b"))
    assert type(r) is RefMut
    assert r.value == m["b"] == value
    assert len(m) == 2


@pytest.mark.parametrize(
    "act",
    [
        lambda e: e.or_insert(5),
        lambda e: e.or_insert_with(fail),
        lambda e: e.or_insert_with_key(fail),
        lambda e: e.or_default(fail),
        lambda e: e.into_mut(),
        lambda e: e.get_mut(),
    ],
)
def test_an_occupied_entry_keeps_its_value_and_calls_no_factory(m, act):
    r = act(m.entry("a"))
    assert r.value == 1
    r.value = 2
    assert m["a"] == 2


def test_occupied_get_insert_remove(m):
    e = m.entry("a")
    assert e.get() == 1
    assert e.insert(2) == 1
    assert e.get() == m["a"] == 2
    assert e.remove() == 2
    assert "a" not in m
    m["a"] = 3
    assert m.entry("a").remove_entry() == ("a", 3)


@pytest.mark.parametrize("key", ["a", "b"])
def test_insert_entry(m, key):
    e = m.entry(key).insert_entry(9)
    assert type(e) is OccupiedEntry
    assert (e.key(), e.get(), m[key]) == (key, 9, 9)
    assert e.insert(10) == 9
    assert e.remove_entry() == (key, 10)


def test_the_key_of_an_occupied_entry_is_the_stored_one():
    stored, asked, new = Counted("k"), Counted("k"), Counted("new")
    m = HashMap({stored: 1})
    assert m.entry(asked).key() is stored
    assert m.entry(asked).insert_entry(2).key() is stored
    assert m.entry(new).key() is new
    assert m.entry(new).into_key() is new
    assert m.entry(asked).remove_entry()[0] is stored
    assert m.entry(asked).insert_entry(2).key() is asked


def test_and_modify_and_and_update_hand_the_very_entry_on(m):
    for key in ("a", "b"):
        e = m.entry(key)
        assert e.and_modify(lambda r: r.add_assign(1)) is e
        assert e.and_update(lambda n: n * 10) is e
    assert dict(m) == {"a": 20}


def test_and_modify_on_a_vacant_entry_calls_nothing(m):
    assert m.entry("b").and_modify(fail).and_update(fail).or_insert(7).value == 7


def test_chains(m):
    for key in ("a", "b"):
        m.entry(key).and_modify(lambda r: r.add_assign(10)).or_insert(0)
    assert dict(m) == {"a": 11, "b": 0}
    e = m.entry("a").and_update(lambda n: n + 1).and_modify(lambda r: r.mul_assign(2))
    assert e.get() == e.get_mut().value == 24


@pytest.mark.parametrize("result", [0, False, "", 5, RefMut])
def test_a_function_of_and_modify_that_returns_something(m, result):
    e = m.entry("a")
    with pytest.raises(TypeError, match="and_update"):
        e.and_modify(lambda r: r.set(3) or result)
    with pytest.raises(TypeError, match="and_update"):
        e.and_modify(lambda r: r)
    assert e.get() == 3


@pytest.mark.parametrize("method", ["and_modify", "and_update"])
def test_a_function_that_raises_leaves_the_entry_live(m, method):
    e = m.entry("a")
    with pytest.raises(ZeroDivisionError):
        getattr(e, method)(fail)
    assert e.get() == 1


def test_what_and_modify_wrote_before_it_raised_stays(m):
    with pytest.raises(ZeroDivisionError):
        m.entry("a").and_modify(lambda r: r.set(2) or fail())
    assert m["a"] == 2


@pytest.mark.parametrize("method", ["or_insert_with", "or_insert_with_key", "or_default"])
def test_a_factory_that_raises_consumes_the_entry_and_inserts_nothing(m, method):
    e = m.entry("b")
    with pytest.raises(ZeroDivisionError):
        getattr(e, method)(fail)
    assert dict(m) == {"a": 1}
    with pytest.raises(MovedError, match=f"consumed by {method}"):
        e.key()


@pytest.mark.parametrize("method", ["or_insert_with", "or_default", "and_modify", "and_update"])
@pytest.mark.parametrize("thing", [None, 5, "f"])
def test_a_function_that_cannot_be_called(m, method, thing):
    with pytest.raises(TypeError, match="not callable"):
        getattr(m.entry("a" if method.startswith("and") else "b"), method)(thing)
    assert dict(m) == {"a": 1}


CONSUMING = {
    "or_insert": lambda e: e.or_insert(1),
    "or_insert_with": lambda e: e.or_insert_with(int),
    "or_insert_with_key": lambda e: e.or_insert_with_key(len),
    "or_default": lambda e: e.or_default(int),
    "insert_entry": lambda e: e.insert_entry(1),
    "into_mut": lambda e: e.into_mut(),
    "remove": lambda e: e.remove(),
    "remove_entry": lambda e: e.remove_entry(),
    "into_key": lambda e: e.into_key(),
    "insert": lambda e: e.insert(1),
}


@pytest.mark.parametrize("verb", CONSUMING)
@pytest.mark.parametrize("key", ["a", "b"])
def test_a_consuming_call_consumes(m, verb, key):
    e = m.entry(key)
    if not hasattr(e, verb):
        with pytest.raises(AttributeError):
            CONSUMING[verb](e)
        return
    CONSUMING[verb](e)
    if verb == "insert" and key == "a":
        assert e.get() == 1
        return
    with pytest.raises(MovedError, match=f"consumed by {verb} "):
        e.key()


def test_a_reading_call_of_the_map_ends_no_entry(m):
    e = m.entry("a")
    assert [len(m), m["a"], "a" in m, list(m), repr(m), e.get(), e.key()]
    assert e.insert(2) == 1


def test_an_entrys_own_writing_calls_end_what_it_gave_out(m):
    e = m.entry("a")
    for act in (lambda: e.insert(5), e.get_mut, lambda: e.and_modify(lambda r: None)):
        r = e.get_mut()
        act()
        with pytest.raises(BorrowError, match="RefMut, lent by get_mut"):
            r.value
        assert e.get()
    r = e.get_mut()
    assert [e.get(), e.key(), repr(e)]
    assert r.value == 5


def test_a_refused_call_neither_consumes_nor_changes(m):
    e = m.entry("b")
    m.insert("c", 1)
    for _ in range(2):
        with pytest.raises(BorrowError):
            e.or_insert(5)
    assert "b" not in m


def test_text(m):
    assert repr(m.entry("a")) == f"{m.entry('a'):?}" == "OccupiedEntry { key: 'a', value: 1, .. }"
    assert repr(m.entry("b")) == str(m.entry("b")) == "VacantEntry('b')"
    assert f"{m.entry('a'):#?}" == "OccupiedEntry {\n    key: 'a',\n    value: 1,\n    ..\n}"
    assert f"{m.entry('b'):#?}" == "VacantEntry(\n    'b',\n)"


def test_printing_a_dead_entry_raises_nothing(m):
    e, vacant = m.entry("a"), m.entry("b")
    assert repr(e) == "<OccupiedEntry ended>"
    vacant.or_insert(1)
    assert repr(vacant) == f"{vacant:?}" == "<VacantEntry consumed by or_insert>"


def test_an_entry_keeps_its_map_alive_and_lets_it_go_when_consumed():
    m = HashMap()
    gone = weakref.ref(m)
    e = m.entry("k")
    del m
    gc.collect()
    r = e.or_insert(1)
    assert r.value == 1
    del r
    assert gone() is None


def test_a_consumed_entry_lets_its_key_go():
    class Key(Node):
        pass

    key = Key()
    gone = weakref.ref(key)
    m = HashMap()
    e = m.entry(key)
    del key
    e.into_key()
    assert gone() is None
    assert e


def test_a_default_that_is_not_needed_dies_at_once(m):
    died = []
    m.entry("a").or_insert(Dying(lambda: died.append(1)))
    assert died == [1]


def test_entries_are_equal_only_to_themselves(m):
    e = m.entry("a")
    assert e == e
    assert e != m.entry("a")
    assert HashMap({e: 1})[e] == 1


def test_two_entries_the_first_ends(m):
    first, second = m.entry("a"), m.entry("b")
    with pytest.raises(BorrowError, match="ended when entry was called"):
        first.get()
    assert second.insert(1).value == 1
