"""std's and hashbrown's own tests of room: what is allocated, when it grows, when it shrinks."""

import sys

import pytest

from entrymap import HashMap, RandomState, TryReserveError

USIZE_MAX = 2 * sys.maxsize + 1


@pytest.mark.parametrize(
    "make",
    [
        HashMap,
        HashMap.new,
        HashMap.default,
        lambda: HashMap.with_capacity(0),
        lambda: HashMap.with_hasher(RandomState()),
        lambda: HashMap.with_capacity_and_hasher(0, RandomState()),
        lambda: HashMap([]),
        lambda: HashMap.from_iter([]),
        lambda: HashMap().clone(),
    ],
)
def test_S01_zero_capacities(make):
    m = make()
    assert m.capacity() == 0
    m.reserve(0)
    assert m.capacity() == 0

    m.insert(1, 1)
    m.insert(2, 2)
    m.remove(1)
    m.remove(2)
    m.shrink_to_fit()
    assert m.capacity() == 0


def test_S02_create_capacity_zero():
    m = HashMap.with_capacity(0)
    assert m.insert(1, 1) is None
    assert m.contains_key(1)
    assert not m.contains_key(0)


def test_S27_reserve_shrink_to_fit():
    m = HashMap([(0, 0)])
    m.remove(0)
    assert m.capacity() >= m.len()
    for i in range(128):
        m.insert(i, i)
    m.reserve(256)
    room = m.capacity()
    assert room >= 128 + 256
    for i in range(128, 128 + 256):
        m.insert(i, i)
        assert m.capacity() == room, "what was reserved is there"

    for i in range(100, 128 + 256):
        assert m.remove(i) == i
    m.shrink_to_fit()
    assert m.len() == 100
    assert m.len() <= m.capacity() < room
    room = m.capacity()
    m.shrink_to_fit()
    assert m.capacity() == room
    m.reserve(room)
    assert m.capacity() >= m.len() + room, "it is asked how many more"
    assert m == {i: i for i in range(100)}


def test_S38_capacity_not_less_than_len():
    m = HashMap([(0, 0)])
    while m.len() < m.capacity():
        m.insert(m.len(), 0)
    full = m.capacity()
    m.insert(m.len(), 0)
    assert m.len() == full + 1
    assert m.capacity() >= m.len()


@pytest.mark.parametrize(
    ("additional", "kind", "text"),
    [
        (USIZE_MAX, "CapacityOverflow", "because the computed capacity exceeded the collection's maximum"),
        (USIZE_MAX // 16, "CapacityOverflow", "because the computed capacity exceeded the collection's maximum"),
        (USIZE_MAX // 64, "CapacityOverflow", "because the computed capacity exceeded the collection's maximum"),
        (USIZE_MAX // 256, "AllocError", "because the memory allocator returned an error"),
    ],
)
def test_S42_try_reserve(additional, kind, text):
    m = HashMap(a=1)
    with pytest.raises(TryReserveError, match=text) as caught:
        m.try_reserve(additional)
    assert caught.value.kind == kind
    assert isinstance(caught.value, MemoryError)
    assert (m, m.capacity()) == ({"a": 1}, 3)


def test_H04_expand():
    m = HashMap()
    assert (m.len(), m.is_empty()) == (0, True)
    m.insert(0, 0)
    first = m.capacity()
    while m.capacity() == first:
        m.insert(m.len(), 0)
    assert m.len() == first + 1
    assert not m.is_empty()
    assert m.capacity() > first


def test_H05_behavior_resize_policy():
    m = HashMap([(0, 0)])
    m.remove(0)
    assert (m.len(), m.capacity()) == (0, 3), "removing gives nothing back"
    m.reserve(4)
    assert m.capacity() == 7, "one step up, from four buckets to eight"

    m.extend((i, i) for i in range(7))
    assert m.capacity() == 7
    m.insert(7, 7)
    assert m.capacity() == 14

    for i in (7, 6, 5):
        m.remove(i)
        assert m.capacity() == 14
    m.shrink_to_fit()
    assert (m.len(), m.capacity()) == (5, 7), "one step down"
    for i in (4, 3, 2, 1):
        m.remove(i)
    m.shrink_to_fit()
    assert (m.len(), m.capacity()) == (1, 3)
