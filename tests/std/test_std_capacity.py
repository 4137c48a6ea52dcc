"""std's and hashbrown's own tests of room: what is allocated, when it grows, when it shrinks."""

from entrymap import HashMap


def test_S02_create_capacity_zero():
    m = HashMap.with_capacity(0)
    assert m.insert(1, 1) is None
    assert m.contains_key(1)
    assert not m.contains_key(0)


def test_S38_capacity_not_less_than_len():
    m = HashMap([(0, 0)])
    while m.len() < m.capacity():
        m.insert(m.len(), 0)
    full = m.capacity()
    m.insert(m.len(), 0)
    assert m.len() == full + 1
    assert m.capacity() >= m.len()


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
