"""std's own tests of the iterators."""

from collections import Counter
from itertools import islice

import pytest

from entrymap import HashMap

PAIRS = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)]
LETTERS = [(1, "a"), (2, "b"), (3, "c")]


@pytest.mark.parametrize(
    "iterate",
    [
        iter,
        HashMap.iter,
        HashMap.keys,
        HashMap.values,
        HashMap.items,
        HashMap.iter_mut,
        HashMap.values_mut,
        HashMap.drain,
        lambda m: m.extract_if(lambda key, value: True),
        HashMap.into_iter,
        HashMap.into_keys,
        HashMap.into_values,
    ],
)
def test_S09_empty_iter(iterate):
    assert list(iterate(HashMap())) == []
    assert next(iter(iterate(HashMap())), "the end") == "the end"


def test_S18_iterate():
    m = HashMap.with_capacity(4)
    for i in range(32):
        assert m.insert(i, i * 2) is None
    seen = Counter()
    for key, value in m.iter():
        assert value == key * 2
        seen[key] += 1
    assert seen == Counter(range(32))


def test_S19_keys():
    keys = list(HashMap(LETTERS).keys())
    assert len(keys) == 3
    assert sorted(keys) == [1, 2, 3]


def test_S20_values():
    values = list(HashMap(LETTERS).values())
    assert len(values) == 3
    assert sorted(values) == ["a", "b", "c"]


def test_S21_values_mut():
    m = HashMap([(1, 1), (2, 2), (3, 3)])
    for value in m.values_mut():
        value *= 2  # in place, through the RefMut
    assert sorted(m.values()) == [2, 4, 6]


def test_S22_into_keys():
    keys = list(HashMap(LETTERS).into_keys())
    assert len(keys) == 3
    assert sorted(keys) == [1, 2, 3]


def test_S23_into_values():
    values = list(HashMap(LETTERS).into_values())
    assert len(values) == 3
    assert sorted(values) == ["a", "b", "c"]


def test_S28_from_iter():
    m = HashMap.from_iter([*PAIRS, (2, 2)])
    for key, value in PAIRS:
        assert m.get(key) == value
    assert len(m.iter()) == 6


def test_S29_size_hint():
    it = HashMap(PAIRS).iter()
    assert len(list(islice(it, 3))) == 3
    assert it.size_hint() == (3, 3)


def test_S30_iter_len():
    it = HashMap(PAIRS).iter()
    assert len(list(islice(it, 3))) == 3
    assert len(it) == 3


def test_S31_mut_size_hint():
    it = HashMap(PAIRS).iter_mut()
    assert len(list(islice(it, 3))) == 3
    assert it.size_hint() == (3, 3)


def test_S32_iter_mut_len():
    it = HashMap(PAIRS).iter_mut()
    assert len(list(islice(it, 3))) == 3
    assert len(it) == 3
