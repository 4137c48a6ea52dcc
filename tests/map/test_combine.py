"""`merge`, and the functions that `upsert` and it know."""

import collections
import math
import operator
from fractions import Fraction

import pytest
from support import Counted, Hooked, in_threads

from entrymap import BorrowError, HashMap, MovedError

PAIRS = [("a", 3), ("b", 1), ("a", 2), ("c", 5), ("b", 4), ("a", 2)]

FUNCTIONS = {
    "add": operator.add,
    "min": min,
    "max": max,
    "lambda": lambda old, new: (old, new),
    "keep": lambda old, new: old,
    "class": complex,
}


def by_hand(d, pairs, combine):
    for key, value in pairs:
        d[key] = combine(d[key], value) if key in d else value
    return d


SOURCES = {
    "list": lambda: PAIRS,
    "tuple": lambda: tuple(PAIRS),
    "generator": lambda: (pair for pair in PAIRS),
    "lists": lambda: map(list, PAIRS),
    "items": lambda: dict(PAIRS).items(),
    "zip": lambda: zip("aab", (1, 2, 3), strict=True),
    "dict": lambda: dict(PAIRS),
    "HashMap": lambda: HashMap(PAIRS),
    "Counter": lambda: collections.Counter("aab"),
    "chain": lambda: collections.ChainMap({"a": 7}, {"b": 8}),
    "empty": list,
}


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("source", SOURCES)
def test_merge_is_the_loop(source, function):
    combine = FUNCTIONS[function]
    pairs = SOURCES[source]()
    pairs = list(pairs.items() if hasattr(pairs, "keys") else pairs)
    m = HashMap(a=1, z=0)
    assert m.merge(SOURCES[source](), combine) is None
    assert m == by_hand({"a": 1, "z": 0}, pairs, combine)
    one_by_one = HashMap(a=1, z=0)
    for key, value in pairs:
        assert one_by_one.upsert(key, value, combine) is one_by_one[key]
    assert one_by_one == m


NAN = math.nan
VALUES = [1, True, 1.0, -0.0, 0, NAN, "a", [1], (1, 2), Fraction(1), {1}, {1, 2}, None, 2**100, -math.inf, b"a"]


@pytest.mark.parametrize("old", VALUES, ids=repr)
@pytest.mark.parametrize("new", VALUES, ids=repr)
@pytest.mark.parametrize("combine", [operator.add, min, max])
def test_a_function_that_is_known_does_what_it_does(combine, old, new):
    """The same object or an equal one, or the same exception; the stored one is not changed in place."""
    m = HashMap(k=old)
    before = repr(old)
    try:
        expected = combine(old, new)
    except TypeError as error:
        with pytest.raises(TypeError) as caught:
            m.upsert("k", new, combine)
        assert str(caught.value) == str(error)
        assert m["k"] is old
    else:
        got = m.upsert("k", new, combine)
        assert got is m["k"]
        assert repr(got) == repr(expected)
        assert combine is operator.add or got is expected
    assert repr(old) == before


def test_adding_runs_the_values_own_methods():
    class Value:
        def __add__(self, other):
            return NotImplemented

        def __radd__(self, other):
            return ("radd", other)

        def __lt__(self, other):
            return []  # false

        __gt__ = __lt__

    value = Value()
    m = HashMap(a=1, b=value)
    assert m.upsert("a", value, operator.add) == ("radd", 1)
    assert m.upsert("b", 0, min) is value
    assert m.upsert("b", 0, max) is value
    with pytest.raises(TypeError):
        m.upsert("b", 1, operator.add)


def test_what_is_merged_with_itself():
    m = HashMap(a=1, b=2)
    m.merge(m, operator.add)
    m.merge(m.items(), operator.add)
    assert m == {"a": 4, "b": 8}


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        (iter([("a", 1), ("b", 1), 5]), TypeError),
        (iter([("a", 1), ("b", 1), ("c",)]), ValueError),
        ([("a", 1), ("b", 1), ([], 1)], TypeError),
        (map(lambda n: ("ab"[n], 1), range(3)), IndexError),
        ([("a", 1), ("b", 1), ("a", "text")], TypeError),
    ],
)
def test_the_pairs_before_a_failure_stay(pairs, error):
    m = HashMap(a=1)
    with pytest.raises(error):
        m.merge(pairs, operator.add)
    assert m == {"a": 2, "b": 1}


@pytest.mark.parametrize("pairs", [5, None, "abc", [None]])
def test_what_holds_no_pairs(pairs):
    m, d = HashMap(), {}
    with pytest.raises((TypeError, ValueError)) as theirs:
        d.update(pairs)
    with pytest.raises(theirs.type) as ours:
        m.merge(pairs, operator.add)
    assert str(ours.value) == str(theirs.value)


def test_a_function_that_raises_or_is_none():
    m = HashMap(a=1)
    with pytest.raises(ZeroDivisionError):
        m.merge([("b", 1), ("a", 0)], operator.floordiv)
    with pytest.raises(TypeError, match="not callable"):
        m.merge([("c", 1), ("a", 0)], None)
    assert m == {"a": 1, "b": 1, "c": 1}


def test_a_function_that_changes_its_key():
    m = HashMap(a=1)
    with pytest.raises(BorrowError, match="cannot finish merge: its function changed the value of key 'a' itself"):
        m.merge([("b", 1), ("a", 2), ("c", 3)], lambda old, new: m.insert("a", "mine"))
    assert m == {"a": "mine", "b": 1}


def test_a_function_that_merges():
    m = HashMap(a=1, b=1)

    def combine(old, new):
        if new > 1:
            m.merge([("b", 1), ("c", 1)], combine)
        return old + new

    m.merge([("a", 3)], combine)
    assert m == {"a": 4, "b": 2, "c": 1}


def test_each_key_is_hashed_once_and_the_first_stays():
    first = Counted("k")
    m = HashMap({first: 1})
    Counted.journal.clear()
    m.merge([(Counted("k"), 1), (Counted("k"), 2), (Counted("new"), 3)], operator.add)
    assert Counted.calls()[0] == 3
    assert next(key for key in m if key.name == "k") is first
    assert sorted(m.values()) == [3, 4]


def test_it_ends_handles_even_if_there_is_nothing_to_merge():
    m = HashMap(a=1)
    r, it = m.get_mut("a"), m.iter()
    m.merge([], operator.add)
    with pytest.raises(BorrowError, match="merge"):
        r.value
    m.merge({"a": 2}, operator.add)
    assert list(it) == [("a", 3)]


def test_a_moved_map():
    m = HashMap(a=1)

    def moving():
        yield "a", 1
        m.into_iter()
        yield "b", 1

    for pairs in (moving(), []):
        with pytest.raises(MovedError, match="merge"):
            m.merge(pairs, operator.add)


@pytest.mark.parametrize("hook", ["on_hash", "on_eq"])
@pytest.mark.parametrize("combine", [operator.add, lambda old, new: old + new])
def test_keys_that_use_the_map(hook, combine):
    m = HashMap({Hooked("a"): 1, Hooked("b"): 1})
    setattr(Hooked, hook, lambda: m.update({Hooked("a"): 10, "new": 1}))
    m.merge([(Hooked("a"), 1), (Hooked("b"), 1)], combine)
    assert {str(key): value for key, value in m.items()} == {"Hooked('a')": 11, "Hooked('b')": 2, "new": 1}


@pytest.mark.usefixtures("fast_switches")
@pytest.mark.parametrize("combine", [operator.add, lambda old, new: old + new])
def test_threads_lose_nothing(combine):
    m = HashMap()
    in_threads(*[lambda: [m.merge([("a", 1), (Hooked("k"), 1)], combine) for _ in range(300)]] * 8)
    assert set(m.values()) == {2400}
    assert len(m) == 2
