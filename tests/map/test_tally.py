"""`tally` of objects; buffers are in test_histogram.py."""

import collections
import operator
from collections import Counter
from fractions import Fraction

import pytest
from support import Counted, Hooked, in_threads

from entrymap import BorrowError, HashMap, MovedError

WORDS = "the quick brown fox jumps over the lazy dog and the cat".split()


def failing(items):
    yield from items
    raise ZeroDivisionError


SOURCES = {
    "list": lambda: WORDS,
    "empty": list,
    "tuple": lambda: tuple(WORDS),
    "text": lambda: "mississippi",
    "generator": lambda: (word for word in WORDS),
    "range": lambda: range(5),
    "dict": lambda: dict.fromkeys(WORDS),
    "HashMap": lambda: HashMap.fromkeys(WORDS),
    "values": lambda: HashMap(a=1, b=1, c=2).values(),
    "items": lambda: HashMap(a=1, b=2).items(),
    "set": lambda: set(WORDS),
    "deque": lambda: collections.deque(WORDS),
    "tuples": lambda: [(n % 3, "x") for n in range(10)],
    "numbers that are equal": lambda: [1, 1.0, True, 1 + 0j, Fraction(1), 2, Fraction(2)],
    "mixed": lambda: [None, "a", b"a", 1, (1,), (1.0,), frozenset("a"), None, "a", b"a", float],
    "colliding": lambda: [2**61 - 1, 0, 0.0, -0.0, 2**62 - 2],
    "many": lambda: [n * n % 1009 for n in range(10_000)],
    "sequence": lambda: Sequence(),
}


class Sequence:
    """Iterable by `[]` alone."""

    def __getitem__(self, index):
        return "aab"[index]


@pytest.mark.parametrize("source", SOURCES)
def test_it_counts_what_counter_counts(source):
    m = HashMap()
    m.tally(SOURCES[source]())
    assert m == Counter(iter(SOURCES[source]()))
    m.tally(SOURCES[source]())
    assert m == Counter([*SOURCES[source](), *SOURCES[source]()])


@pytest.mark.parametrize("source", [lambda: 5, lambda: None, lambda: object()])
def test_what_is_not_iterable(source):
    with pytest.raises(TypeError, match="not iterable"):
        HashMap().tally(source())


def test_a_map_counts_its_own_keys():
    m = HashMap(a=1, b=2)
    m.tally(m)
    m.tally(m.keys())
    m.tally(key for key in m)
    assert m == {"a": 4, "b": 5}


def test_it_adds_to_ints_of_every_size():
    class Odd(int):
        def __add__(self, other):
            return "odd"

    m = HashMap(big=2**64 - 1, vast=2**200, small=-1, true=True, odd=Odd(5))
    m.tally(["big", "big", "vast", "small", "true", "odd", "new"])
    assert dict(m) == {"big": 2**64 + 1, "vast": 2**200 + 1, "small": 0, "true": 2, "odd": "odd", "new": 1}


@pytest.mark.parametrize("stored", ["1", 1.5, None, [], Fraction(1), 1j], ids=repr)
def test_a_stored_value_that_is_no_int_refuses_all_counts(stored):
    m = HashMap(a=1, b=stored)
    before = dict(m)
    with pytest.raises(TypeError, match="tally adds to ints, but the value of key 'b' is"):
        m.tally(["new", "a", "b", "a"])
    assert dict(m) == before


class Refusing:
    """Raises from one of its methods."""

    def __init__(self, method):
        self.method = method

    def __hash__(self):
        return 1 // 0 if self.method == "hash" else 7

    def __eq__(self, other):
        return 1 // 0


@pytest.mark.parametrize(
    "items",
    [
        lambda: failing("ab"),
        lambda: ["a", Refusing("hash")],
        lambda: ["a", Refusing("eq"), Refusing("eq")],
        lambda: map(operator.truediv, [1, 1], [1, 0]),
    ],
)
def test_an_exception_counts_nothing(items):
    m = HashMap({Counted("stored"): 5, "a": 1})
    before = dict(m)
    r = m.get_mut("a")
    with pytest.raises(ZeroDivisionError):
        m.tally(items())
    assert dict(m) == before
    assert r.value == 1, "a call that raises before it acted ends nothing"


def test_an_equality_that_raises_against_a_stored_key_counts_nothing():
    stored = Refusing("eq")
    m = HashMap({stored: 5, "a": 1})
    with pytest.raises(ZeroDivisionError):
        m.tally(["new", "a", Counted("x")])
    assert len(m) == 2
    assert (m[stored], m["a"]) == (5, 1)


@pytest.mark.parametrize("items", [[[]], ["a", {}], [("a", [])]])
def test_an_unhashable_item_counts_nothing(items):
    m = HashMap(a=1)
    with pytest.raises(TypeError, match="unhashable"):
        m.tally(items)
    assert dict(m) == {"a": 1}


def test_each_item_is_hashed_once_and_the_first_key_stays():
    stored, new = Counted("stored"), Counted("new")
    m = HashMap({stored: 1})
    Counted.journal.clear()
    m.tally([Counted("stored"), new, Counted("new"), new])
    assert Counted.calls()[0] == 4
    assert {key.name: count for key, count in m.items()} == {"stored": 2, "new": 3}
    assert any(key is new for key in m) and any(key is stored for key in m)


def test_it_ends_handles_and_iterators_as_other_writes_do():
    m = HashMap(a=1)
    r, it = m.get_mut("a"), m.iter()
    m.tally("a")
    assert list(it) == [("a", 2)], "no key came"
    with pytest.raises(BorrowError, match="tally"):
        r.value
    it = m.iter()
    m.tally("b")
    with pytest.raises(BorrowError, match="tally"):
        next(it)


def test_a_moved_map():
    m = HashMap(a=1)

    def moving():
        yield "a"
        m.into_iter()

    with pytest.raises(MovedError, match="tally"):
        m.tally(moving())
    with pytest.raises(MovedError, match="tally"):
        m.tally(failing([]))


def test_an_iterable_that_uses_the_map():
    m = HashMap(a=1)

    def using():
        yield "a"
        m["a"] = 10
        m.tally("b")
        yield "b"
        del m["a"]
        m["c"] = 5
        yield "c"

    m.tally(using())
    assert m == {"a": 1, "b": 2, "c": 6}


@pytest.mark.parametrize("hook", ["on_hash", "on_eq"])
@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        (lambda m: m.insert("new", 1), {"a": 3, "b": 2, "new": 1}),
        (lambda m: m.update((key, 100) for key in list(m)), {"a": 102, "b": 101}),
        (lambda m: m.clear(), {"a": 2, "b": 1}),
        (lambda m: m.tally([Hooked("a"), "c"]), {"a": 4, "b": 2, "c": 1}),
        (lambda m: m.update((n, 0) for n in range(500)), {"a": 3, "b": 2, **dict.fromkeys(range(500), 0)}),
    ],
)
def test_keys_that_use_the_map(hook, deed, expected):
    m = HashMap({Hooked("a"): 1, Hooked("b"): 1})
    setattr(Hooked, hook, lambda: deed(m))
    m.tally([Hooked("a"), Hooked("b"), Hooked("a")])
    assert {getattr(key, "name", key): count for key, count in m.items()} == expected


def test_an_equality_that_always_writes():
    """The map is never as it was when the sums were made, and every count arrives all the same, once."""

    class Restless(Hooked):
        __hash__ = Hooked.__hash__

        def __eq__(self, other):
            m["writes"] = m.get("writes", 0) + 1
            return self.name == getattr(other, "name", other)

    m = HashMap()
    for n in range(5):
        m[Restless(n)] = 10
    m.tally([Restless(n % 7) for n in range(70)])
    assert {key.name: count for key, count in m.items() if isinstance(key, Restless)} == {
        **dict.fromkeys(range(5), 20),
        **dict.fromkeys((5, 6), 10),
    }


@pytest.mark.usefixtures("fast_switches")
@pytest.mark.parametrize("make", [str, Hooked, lambda n: Hooked(n, hash=n)])
def test_threads_lose_no_count(make):
    m = HashMap()
    rounds = 30
    items = [make(n % 20) for n in range(100)]
    in_threads(*[lambda: [m.tally(items) for _ in range(rounds)]] * 8)
    assert len(m) == 20
    assert set(m.values()) == {5 * rounds * 8}


@pytest.mark.usefixtures("fast_switches")
def test_threads_with_different_verbs_lose_nothing():
    m = HashMap()
    keys = [Hooked(n, hash=n % 3) for n in range(10)]

    def upsert():
        for _ in range(30):
            for key in keys:
                m.upsert(key, 1, lambda old, new: old + new)

    def merge():
        for _ in range(30):
            m.merge([(key, 1) for key in keys], operator.add)

    def tally():
        for _ in range(30):
            m.tally(keys)

    in_threads(*[upsert, merge, tally] * 3)
    assert set(m.values()) == {270}
