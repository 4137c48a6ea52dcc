"""What `update` and the constructor take, and what they say to what they do not take."""

import collections

import pytest

from entrymap import HashMap


class Keyed:
    """A mapping by `keys` and `[]` alone."""

    def keys(self):
        return iter("ab")

    def __getitem__(self, key):
        return key * 2


class Sequence:
    """A pair by `len` and `[]` alone."""

    def __getitem__(self, index):
        return ("a", 1)[index]


class BadKeys:
    keys = 5


class FailingKeys:
    @property
    def keys(self):
        raise ZeroDivisionError


class FailingItem(Keyed):
    def __getitem__(self, key):
        raise KeyError(key)


class FailingPair:
    def __iter__(self):
        raise ZeroDivisionError


def failing(pairs):
    yield from pairs
    raise ZeroDivisionError


SOURCES = {
    "dict": lambda: {"a": 1},
    "pairs": lambda: [("a", 1), ["b", 2], "cd", {"e": 0, "f": 1}, iter(("g", 3)), Sequence()],
    "empty": lambda: [],
    "generator": lambda: (pair for pair in [("a", 1), ("a", 2)]),
    "items": lambda: {"a": 1}.items(),
    "zip": lambda: zip("abc", range(3), strict=True),
    "mapping": Keyed,
    "chain": lambda: collections.ChainMap({"a": 1}, {"a": 2, "b": 3}),
    "counter": lambda: collections.Counter("aab"),
    "ordered": lambda: collections.OrderedDict(a=1),
    "map": lambda: HashMap(a=1),
    "pairs of text": lambda: ["ab", "cd"],
    "set of text": lambda: {"ab"},
    "None": lambda: None,
    "number": lambda: 5,
    "numbers": lambda: [1, 2],
    "a pair and a number": lambda: [("a", 1), 2],
    "three": lambda: [("a", 1, 2)],
    "one": lambda: [("b", 1), ("a",)],
    "text": lambda: "abc",
    "none inside": lambda: [None],
    "unhashable": lambda: [("b", 1), ([], 1)],
    "keys that are no method": BadKeys,
    "keys that raise": FailingKeys,
    "an item that raises": FailingItem,
    "a pair that raises": lambda: [("b", 1), FailingPair()],
    "an iterator that raises": lambda: failing([("b", 1), ("c", 2)]),
    "a class": lambda: dict,
}


def outcome(container, source):
    try:
        container.update(source())
    except (TypeError, ValueError, KeyError, ZeroDivisionError) as error:
        return type(error), dict(container)
    return None, dict(container)


@pytest.mark.parametrize("source", SOURCES)
def test_update_takes_and_refuses_what_dicts_does(source):
    assert outcome(HashMap(first=0), SOURCES[source]) == outcome({"first": 0}, SOURCES[source])


@pytest.mark.parametrize("source", SOURCES)
def test_so_does_the_constructor(source):
    try:
        expected = dict(SOURCES[source]())
    except (TypeError, ValueError, KeyError, ZeroDivisionError) as error:
        for make in (HashMap, HashMap.from_iter):
            with pytest.raises(type(error)):
                make(SOURCES[source]())
    else:
        assert HashMap(SOURCES[source]()) == HashMap.from_iter(SOURCES[source]()) == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ([("a", 1), 2], "cannot convert dictionary update sequence element #1 to a sequence"),
        ([("a", 1, 2)], "dictionary update sequence element #0 has length 3; 2 is required"),
        (5, "'int' object is not iterable"),
    ],
)
def test_the_messages_are_dicts(source, message):
    for container in (HashMap(), {}):
        with pytest.raises((TypeError, ValueError), match=message):
            container.update(source)


def test_the_pairs_before_a_failure_stay():
    m = HashMap()
    with pytest.raises(ZeroDivisionError):
        m.update(failing([("a", 1), ("b", 2)]))
    assert dict(m) == {"a": 1, "b": 2}


def test_a_source_of_known_length_makes_room_once_in_an_empty_map_only():
    m = HashMap()
    m.update([(n, n) for n in range(100)])
    assert m.capacity() == HashMap.with_capacity(100).capacity()
    m.update([(0, 0)] * 1000)
    assert m.capacity() == HashMap.with_capacity(100).capacity()


def test_a_subclass_of_hashmap_is_read_through_its_own_methods():
    class Other(HashMap):
        def __getitem__(self, key):
            return "seen"

    assert dict(HashMap(Other(a=1))) == {"a": "seen"}


def test_a_map_updated_from_one_with_another_seed():
    many = HashMap((n, str(n)) for n in range(1000))
    m = HashMap()
    m.update(many)
    assert m == many
    assert all(m[n] == str(n) for n in range(1000))
