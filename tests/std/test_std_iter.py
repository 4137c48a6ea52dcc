"""std's own tests of the iterators."""

from collections import Counter
from itertools import islice

from entrymap import HashMap

PAIRS = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)]
LETTERS = [(1, "a"), (2, "b"), (3, "c")]


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
