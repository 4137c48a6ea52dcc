import gc

import pytest

from entrymap import BorrowError, HashMap, Iter, Keys, Values

ITERATORS = {
    "iter()": iter,
    "m.iter()": lambda m: m.iter(),
    "keys": lambda m: iter(m.keys()),
    "values": lambda m: iter(m.values()),
    "items": lambda m: iter(m.items()),
}

CHANGES = {
    "insert": lambda m: m.insert("new", 1),
    "[]=": lambda m: m.__setitem__("new", 1),
    "remove": lambda m: m.remove("a"),
    "remove_entry": lambda m: m.remove_entry("a"),
    "del": lambda m: m.__delitem__("a"),
    "pop": lambda m: m.pop("a"),
    "clear": lambda m: m.clear(),
    "update": lambda m: m.update(new=1),
    "setdefault": lambda m: m.setdefault("new"),
    "try_insert": lambda m: m.try_insert("new", 1),
    "get_or_insert_with": lambda m: m.get_or_insert_with("new", int),
    "upsert": lambda m: m.upsert("new", 1, max),
    "or_insert": lambda m: m.entry("new").or_insert(1),
    "or_insert_with": lambda m: m.entry("new").or_insert_with(int),
    "insert_entry": lambda m: m.entry("new").insert_entry(1),
    "VacantEntry.insert": lambda m: m.entry("new").insert(1),
    "OccupiedEntry.remove": lambda m: m.entry("a").remove(),
    "OccupiedEntry.remove_entry": lambda m: m.entry("a").remove_entry(),
}

NO_CHANGES = {
    "insert": lambda m: m.insert("a", 9),
    "[]=": lambda m: m.__setitem__("a", 9),
    "remove": lambda m: m.remove("absent"),
    "pop": lambda m: m.pop("absent", None),
    "update": lambda m: m.update(a=9, b=9),
    "update itself": lambda m: m.update(m),
    "setdefault": lambda m: m.setdefault("a", 9),
    "get_mut": lambda m: m.get_mut("a").set(9),
    "try_insert": lambda m: pytest.raises(ValueError, m.try_insert, "a", 9),
    "upsert": lambda m: m.upsert("a", 1, max),
    "get_or_insert_with": lambda m: m.get_or_insert_with("a", int),
    "or_insert": lambda m: m.entry("a").or_insert(9),
    "and_modify": lambda m: m.entry("a").and_modify(lambda r: r.set(9)),
    "insert_entry": lambda m: m.entry("a").insert_entry(9),
    "OccupiedEntry.insert": lambda m: m.entry("a").insert(9),
    "unhashable": lambda m: pytest.raises(TypeError, m.insert, [], 1),
}


@pytest.fixture
def m():
    return HashMap(a=1, b=2, c=3)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("started", [0, 1, 3])
@pytest.mark.parametrize("iterator", ITERATORS)
def test_a_changed_map_ends_every_iterator(m, iterator, started, change):
    it = ITERATORS[iterator](m)
    for _ in range(started):
        next(it)
    twin = it.clone()
    CHANGES[change](m)
    for ended in (it, twin, it.clone()):
        for use in (next, len, type(it).next, type(it).size_hint):
            with pytest.raises(BorrowError) as caught:
                use(ended)
            assert caught.value.code == "E0502"
        assert repr(ended) == f"{ended:?}" == f"<{type(it).__name__} ended>"


@pytest.mark.parametrize("call", NO_CHANGES)
@pytest.mark.parametrize("iterator", ITERATORS)
def test_a_call_that_brings_and_takes_no_key_ends_no_iterator(m, iterator, call):
    it = ITERATORS[iterator](m)
    next(it)
    NO_CHANGES[call](m)
    assert len(list(it)) == 2


def test_room_made_for_a_new_entry_ends_iterators_only_when_the_table_moved():
    m = HashMap.with_capacity(3)
    m.update(a=1)
    it = iter(m)
    m.entry("b")
    assert list(it) == ["a"]
    m.update(b=1, c=1)
    it = iter(m)
    m.entry("d")
    with pytest.raises(BorrowError, match="entry added or removed a key"):
        next(it)


@pytest.mark.parametrize("size", [0, 1, 3, 4, 7, 8, 14, 15, 28, 100, 448])
def test_values_may_be_replaced_while_looping_at_every_size(size):
    m = HashMap((n, n) for n in range(size))
    for k in m:
        m[k] = m[k] + 1
    for k in m:
        m.setdefault(k, 0)
    for k, v in m.items():
        m.insert(k, v + 1)
    for k in m.keys():
        m.entry(k).or_insert(0).value += 1
    for k in m:
        m.upsert(k, 1, lambda old, new: old + new)
    for k in m:
        m.update({k: m[k] + 1})
    assert dict(m) == {n: n + 5 for n in range(size)}


def test_clearing_an_empty_map_ends_nothing():
    m = HashMap()
    it = iter(m)
    m.clear()
    assert list(it) == []


def test_an_exhausted_iterator_stays_exhausted(m):
    it = m.iter()
    assert len(list(it)) == 3
    m.insert("new", 1)
    assert [list(it), it.next(), len(it), it.size_hint(), repr(it)] == [[], None, 0, (0, 0), "Iter([])"]
    with pytest.raises(StopIteration):
        next(it)


def test_every_iterator_goes_over_all_in_one_order(m):
    pairs = list(m.iter())
    assert sorted(pairs) == [("a", 1), ("b", 2), ("c", 3)]
    assert list(m) == list(m.keys()) == [key for key, _ in pairs]
    assert list(m.values()) == [value for _, value in pairs]
    assert list(m.items()) == pairs
    assert [type(it(m)) for it in ITERATORS.values()] == [Keys, Iter, Keys, Values, Iter]


@pytest.mark.parametrize("iterator", ITERATORS)
def test_next_length_and_size_hint(m, iterator):
    it = ITERATORS[iterator](m)
    whole = list(it.clone())
    assert iter(it) is it
    for left in (3, 2, 1):
        assert (len(it), it.size_hint()) == (left, (left, left))
        assert it.next() == whole[3 - left]
    assert it.next() is None
    assert (len(it), it.size_hint()) == (0, (0, 0))


@pytest.mark.parametrize("iterator", ITERATORS)
def test_a_clone_goes_on_by_itself(m, iterator):
    it = ITERATORS[iterator](m)
    first = next(it)
    twin = it.clone()
    rest = list(it)
    assert list(twin) == rest
    assert [first, *rest] == list(ITERATORS[iterator](m))


def test_text_of_what_is_left():
    it = HashMap(a=1).iter()
    assert (repr(it), f"{it:?}") == ("Iter([('a', 1)])", "[('a', 1)]")
    assert f"{HashMap(a=1).iter():#?}" == "[\n    (\n        'a',\n        1,\n    ),\n]"
    assert repr(iter(HashMap(a=1))) == "Keys(['a'])"
    assert repr(iter(HashMap(a=1).values())) == "Values([1])"
    next(it)
    assert repr(it) == "Iter([])"


@pytest.mark.parametrize("iterator", ITERATORS)
def test_an_iterator_keeps_its_map_alive(iterator):
    it = ITERATORS[iterator](HashMap((n, [n]) for n in range(50)))
    gc.collect()
    assert len(list(it)) == 50


def test_an_iterator_stored_in_its_own_map(m):
    it = m.iter()
    m["a"] = it
    assert len(list(it)) == 3


def test_the_table_is_gone_and_made_anew_under_an_iterator():
    m = HashMap((n, n) for n in range(1000))
    its = [m.iter() for _ in range(10)]
    for it in its:
        next(it)
    m.clear()
    m.update((n, n) for n in range(5000))
    for it in its:
        with pytest.raises(BorrowError):
            next(it)


@pytest.mark.parametrize("cls", [Iter, Keys, Values])
def test_the_classes(cls):
    assert cls[int].__origin__ is cls
    with pytest.raises(TypeError):
        cls()
