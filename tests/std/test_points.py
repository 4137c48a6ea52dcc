"""The points in which a map with Rust's API is most often wrong."""

from collections import Counter
from collections.abc import Sized

import pytest

from entrymap import HashMap, MovedError

# 1, 1.0 and True are equal and hash alike: as keys they are one, and `type` tells which is stored.
STORES = {
    "insert": lambda m: m.insert(1.0, "new"),
    "index": lambda m: m.__setitem__(1.0, "new"),
    "update": lambda m: m.update([(True, "newer"), (1.0, "new")]),
    "extend": lambda m: m.extend([(True, "newer"), (1.0, "new")]),
    "upsert": lambda m: m.upsert(1.0, "new", lambda old, new: new),
    "entry": lambda m: m.entry(1.0).insert_entry("new"),
    "occupied": lambda m: m.entry(1.0).insert("new"),
}


@pytest.mark.parametrize("store", STORES.values(), ids=STORES)
def test_P01_the_first_key_stays(store):
    m = HashMap({1: "old"})
    store(m)
    key, value = m.get_key_value(1.0)
    assert (type(key), value) == (int, "new")
    assert type(m.entry(1.0).key()) is int
    assert type(m.remove_entry(1.0)[0]) is int


@pytest.mark.parametrize("make", [HashMap, HashMap.from_iter])
def test_P01_the_first_key_stays_in_construction(make):
    m = make([(1, "old"), (1.0, "new"), (True, "newest")])
    ((key, value),) = m.iter()
    assert (type(key), value) == (int, "newest")


def test_P02_entry_of_an_absent_key_reserves():
    m = HashMap()
    assert m.capacity() == 0
    m.entry("k")
    assert (m.capacity(), m.len()) == (3, 0)


@pytest.mark.parametrize("full", [3, 7, 14, 28])
def test_P02_a_present_key_never_grows_the_table(full):
    m = HashMap((i, i) for i in range(full))
    assert m.capacity() == full
    for i in range(full):
        m.insert(i, 0)
        m[i] = 1
        m.setdefault(i, 2)
        m.update({i: 3})
        m.upsert(i, 4, max)
        m.entry(i).or_insert(5)
    assert m.capacity() == full
    m.entry(full)
    assert m.capacity() > full


@pytest.mark.parametrize("taken", [0, 1, 3])
def test_P03_drain_empties_the_map_and_keeps_its_room(taken):
    m = HashMap((i, i) for i in range(3))
    it = m.drain()
    assert (m.len(), m.capacity()) == (0, 3)
    for _ in range(taken):
        next(it)
    del it
    assert (m.len(), m.capacity()) == (0, 3)


OWNING = {
    "drain": lambda m: m.drain(),
    "into_iter": lambda m: m.into_iter(),
    "into_keys": lambda m: m.into_keys(),
    "into_values": lambda m: m.into_values(),
}


@pytest.mark.parametrize("iterate", OWNING.values(), ids=OWNING)
def test_P03_owning_iterators_drop_the_rest(counted, iterate):
    deaths = Counter()
    it = iterate(HashMap((counted(i, deaths), counted(100 + i, deaths)) for i in range(10)))
    taken = [next(it) for _ in range(4)]
    del it
    in_hand = {object.number for item in taken for object in (item if type(item) is tuple else (item,))}
    assert deaths == Counter({*range(10), *range(100, 110)} - in_hand)
    del taken
    assert deaths == Counter([*range(10), *range(100, 110)])


def test_P03_extract_if_drops_nothing_of_the_rest(counted):
    deaths = Counter()
    m = HashMap((i, counted(i, deaths)) for i in range(10))
    it = m.extract_if(lambda key, value: True)
    gone = {next(it)[0] for _ in range(4)}
    del it
    assert deaths == Counter(gone)
    assert m == {i: i for i in range(10) if i not in gone}


@pytest.mark.parametrize("taken", [0, 1, 3])
def test_P03_extract_if_keeps_the_rest(taken):
    m = HashMap((i, i) for i in range(3))
    it = m.extract_if(lambda key, value: True)
    gone = {next(it)[0] for _ in range(taken)}
    del it
    assert set(m) == {0, 1, 2} - gone


CONSUMING = {
    "or_insert": lambda e: e.or_insert(0),
    "or_insert_with": lambda e: e.or_insert_with(int),
    "or_insert_with_key": lambda e: e.or_insert_with_key(len),
    "or_default": lambda e: e.or_default(int),
    "insert_entry": lambda e: e.insert_entry(0),
}
OCCUPIED_ONLY = {
    "into_mut": lambda e: e.into_mut(),
    "remove": lambda e: e.remove(),
    "remove_entry": lambda e: e.remove_entry(),
}
VACANT_ONLY = {
    "into_key": lambda e: e.into_key(),
    "insert": lambda e: e.insert(0),
}


@pytest.mark.parametrize(
    ("key", "consume"),
    [
        *[pytest.param("a", f, id=f"occupied-{name}") for name, f in {**CONSUMING, **OCCUPIED_ONLY}.items()],
        *[pytest.param("z", f, id=f"vacant-{name}") for name, f in {**CONSUMING, **VACANT_ONLY}.items()],
    ],
)
def test_P04_calls_that_consume(key, consume):
    entry = HashMap(a=1).entry(key)
    consume(entry)
    with pytest.raises(MovedError):
        consume(entry)


@pytest.mark.parametrize(
    ("key", "use"),
    [
        ("a", lambda e: e.key()),
        ("z", lambda e: e.key()),
        ("a", lambda e: e.get()),
        ("a", lambda e: e.get_mut()),
        ("a", lambda e: e.insert(5)),
    ],
)
def test_P04_calls_that_do_not_consume(key, use):
    entry = HashMap(a=1).entry(key)
    use(entry)
    use(entry)
    assert entry.key() == key


def test_P05_a_repeated_key_is_refused_only_if_present():
    m = HashMap(a=1)
    assert m.get_disjoint_mut(["z", "z"]) == [None, None]
    with pytest.raises(ValueError, match="duplicate keys found"):
        m.get_disjoint_mut(["a", "z", "a"])


def test_P06_extract_if_has_no_length():
    it = HashMap(a=1, b=2).extract_if(lambda key, value: True)
    assert not isinstance(it, Sized)
    assert it.size_hint() == (0, 2)
    next(it)
    assert it.size_hint() == (0, 1)


@pytest.mark.parametrize("iterate", [HashMap.iter, lambda m: iter(m.keys()), lambda m: iter(m.values())])
def test_P06_reading_iterators_can_be_cloned(iterate):
    it = iterate(HashMap((i, i) for i in range(5)))
    next(it)
    again = it.clone()
    assert list(again) == list(it)


@pytest.mark.parametrize("iterate", ["iter_mut", "values_mut", "into_iter", "into_keys", "into_values", "drain"])
def test_P06_other_iterators_cannot(iterate):
    assert not hasattr(getattr(HashMap(a=1), iterate)(), "clone")


def test_P07_identity_counts_for_python_but_not_for_rust():
    m = HashMap(x=float("nan"))
    n = m.clone()
    assert not m.eq(n)
    assert m.ne(n)
    assert m == n
    assert m == {"x": m["x"]}


def test_P08_capacity_may_fall_after_removals():
    m = HashMap.with_capacity(1000)
    full = m.capacity()
    for i in range(full):
        m.insert(i, i)
    assert m.capacity() == full
    for i in range(full - 1):
        m.remove(i)
        assert m.len() <= m.capacity() <= full
    assert m.capacity() < full, "some places cannot be used again before the table is rebuilt"
    for i in range(full):
        m.insert(i, i)
        assert m.capacity() >= m.len()


def raise_after_a_write(value):
    value.value = 5
    raise ArithmeticError


def test_P09_what_and_modify_wrote_before_it_raised_stays():
    m = HashMap(a=1)
    entry = m.entry("a")
    with pytest.raises(ArithmeticError):
        entry.and_modify(raise_after_a_write)
    assert m["a"] == 5
    assert entry.or_insert(0).value == 5, "the entry is live"


def test_P09_an_absent_key_stays_absent():
    m = HashMap(a=1)
    entry = m.entry("z")
    with pytest.raises(ZeroDivisionError):
        entry.or_insert_with(lambda: 1 / 0)
    assert m == {"a": 1}
    with pytest.raises(MovedError):
        entry.or_insert(0)


def test_P09_retain_has_removed_what_it_had_rejected():
    m = HashMap((i, 0) for i in range(10))
    seen = []

    def reject_three(key, value):
        seen.append(key)
        value.value = 1
        if len(seen) == 4:
            raise ArithmeticError
        return False

    with pytest.raises(ArithmeticError):
        m.retain(reject_three)
    assert set(m) == set(range(10)) - set(seen[:3])
    assert {key for key, value in m.items() if value == 1} == {seen[3]}


def test_P10_growth_by_single_inserts():
    m = HashMap()
    capacities = [m.capacity()]
    for i in range(500):
        m.insert(i, i)
        if m.capacity() != capacities[-1]:
            capacities.append(m.capacity())
    assert capacities == [0, 3, 7, 14, 28, 56, 112, 224, 448, 896]


@pytest.mark.parametrize(
    ("asked", "got"),
    [(0, 0), (1, 3), (2, 3), (3, 3), (4, 7), (7, 7), (8, 14), (14, 14), (15, 28), (28, 28), (1000, 1792)],
)
def test_P10_with_capacity(asked, got):
    assert HashMap.with_capacity(asked).capacity() == got
