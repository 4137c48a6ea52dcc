"""What the iterators keep and drop, and what they cost, counted and not timed."""

import copy
import itertools
import sys

import pytest

from entrymap import HashMap


class Mortal:
    """Counts its own deaths."""

    deaths = 0

    def __del__(self):
        type(self).deaths += 1


@pytest.fixture
def deaths():
    Mortal.deaths = 0
    return lambda: Mortal.deaths


def full(count=10):
    return HashMap((n, Mortal()) for n in range(count))


@pytest.mark.parametrize("take", ["drain", "into_iter", "into_values"])
def test_an_owning_iterator_dropped_half_way_drops_the_rest(take, deaths):
    m = full()
    it = getattr(m, take)()
    kept = list(itertools.islice(it, 4))
    assert deaths() == 0
    del it
    assert deaths() == 6
    del kept
    assert deaths() == 10


def test_into_keys_drops_the_values_with_their_keys(deaths):
    it = full().into_keys()
    assert len(list(itertools.islice(it, 4))) == 4
    assert deaths() == 4
    del it
    assert deaths() == 10


def test_a_drained_map_keeps_its_memory(deaths):
    m = full()
    capacity = m.capacity()
    m.drain()
    assert (deaths(), len(m), m.capacity()) == (10, 0, capacity)


def test_extract_if_dropped_half_way_leaves_the_rest_in_the_map(deaths):
    m = full()
    it = m.extract_if(lambda key, value: key % 2 == 0)
    taken = [next(it) for _ in range(2)]
    del it
    assert (deaths(), len(m)) == (0, 8)
    del taken
    assert deaths() == 2
    assert {key for key in m if key % 2} == {1, 3, 5, 7, 9}


@pytest.mark.parametrize("lend", ["iter", "iter_mut", "keys", "values", "values_mut", "items"])
def test_an_iterator_that_lends_dropped_half_way_drops_nothing(lend, deaths):
    m = full()
    it = iter(getattr(m, lend)())
    next(it)
    del it
    assert (deaths(), len(m)) == (0, 10)


@pytest.mark.parametrize("start", [iter, HashMap.iter, lambda m: iter(m.items()), lambda m: iter(m.values())])
def test_a_reading_iterator_copies_nothing(start):
    """A copy would hold references of its own."""
    key, value = object(), object()
    m = HashMap({key: value})
    before = sys.getrefcount(key), sys.getrefcount(value)
    it = start(m)
    assert (sys.getrefcount(key), sys.getrefcount(value)) == before
    assert sys.getsizeof(it) < 200


def test_emptying_a_map_by_popitem_is_one_walk():
    """Quadratic, this would take hours."""
    m = HashMap((n, n) for n in range(1_000_000))
    assert sum(m.popitem()[0] for _ in range(len(m))) == sum(range(1_000_000))
    assert m.is_empty()


class Counting:
    hashes = 0

    def __hash__(self):
        type(self).hashes += 1
        return id(self)


def test_copies_hash_nothing_and_update_hashes_each_key_once():
    m = HashMap((Counting(), n) for n in range(100))
    Counting.hashes = 0
    copies = [m.clone(), m.copy(), copy.copy(m)]
    HashMap().clone_from(m)
    assert Counting.hashes == 0
    fresh = HashMap()
    fresh.update(m)
    assert Counting.hashes == 100
    assert all(len(copied) == 100 for copied in [*copies, fresh])
