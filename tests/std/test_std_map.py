"""std's own tests of the map: storing, finding, removing, copying, printing."""

import random
from collections import Counter
from itertools import islice

import pytest

from entrymap import Entry, HashMap


def test_S03_insert():
    m = HashMap()
    assert m.len() == 0
    m.insert(1, 2)
    assert m.len() == 1
    m.insert(2, 4)
    assert m.len() == 2
    assert (m.get(1), m.get(2)) == (2, 4)


def test_S04_clone():
    m = HashMap()
    m.insert(1, 2)
    m.insert(2, 4)
    n = m.clone()
    assert n is not m
    assert (n.get(1), n.get(2), n.len()) == (2, 4, 2)
    n.insert(3, 6)
    assert m.len() == 2


def test_S05_drops(counted):
    deaths = Counter()
    m = HashMap()
    for i in range(100):
        m.insert(counted(i, deaths), counted(100 + i, deaths))
    assert not deaths

    for i in range(50):
        value = m.remove(i)
        assert value == 100 + i
        assert deaths[i] == 1, "the key went with its pair"
        assert deaths[100 + i] == 0, "the value is in the caller's hand"
    del value
    assert deaths == Counter([*range(50), *range(100, 150)])

    del m
    assert deaths == Counter(range(200))


def test_S06_into_iter_drops(counted):
    deaths = Counter()
    m = HashMap((counted(i, deaths), counted(100 + i, deaths)) for i in range(100))
    clone = m.clone()
    del clone
    assert not deaths

    owning = m.into_iter()
    assert not deaths
    taken = list(islice(owning, 50))
    assert not deaths
    numbers = [object.number for pair in taken for object in pair]
    del taken
    assert deaths == Counter(numbers)
    del owning
    assert deaths == Counter(range(200))


def test_S07_empty_remove():
    assert HashMap().remove(0) is None


def test_S08_empty_entry():
    m = HashMap()
    match m.entry(0):
        case Entry.Occupied(_):
            pytest.fail("the map is empty")
        case Entry.Vacant(_):
            pass
    assert m.entry(0).or_insert(True).value is True
    assert m.len() == 1


def assert_holds(m, keys):
    """The map holds exactly `keys` out of 1..100, each as its own value."""
    assert m.len() == len(keys)
    for i in range(1, 101):
        assert m.get(i) == (i if i in keys else None)


def test_S10_lots_of_insertions():
    m = HashMap()
    numbers = range(1, 101)
    for _ in range(10):
        assert m.is_empty()
        for i in numbers:
            assert m.insert(i, i) is None
            assert_holds(m, range(1, i + 1))
        for i in numbers:
            assert m.remove(i) == i
            assert_holds(m, range(i + 1, 101))
        for i in numbers:
            m.insert(i, i)
        for i in reversed(numbers):
            assert m.remove(i) == i
            assert_holds(m, range(1, i))


def test_S11_find_mut():
    m = HashMap([(1, 12), (2, 8), (5, 14)])
    assert m.get_mut(10) is None
    m.get_mut(5).value = 100
    assert m.get(5) == 100


def test_S12_insert_overwrite():
    m = HashMap()
    assert m.insert(1, 2) is None
    assert m.get(1) == 2
    assert m.insert(1, 3) == 2
    assert m.get(1) == 3
    assert m.len() == 1


def test_S13_insert_conflicts():
    m = HashMap.with_capacity(4)
    for key, value in [(1, 2), (5, 3), (9, 4)]:
        assert m.insert(key, value) is None
    assert (m.get(9), m.get(5), m.get(1)) == (4, 3, 2)


def test_S14_conflict_remove():
    m = HashMap.with_capacity(4)
    m.insert(1, 2)
    m.insert(5, 3)
    m.insert(9, 4)
    assert m.remove(1) == 2
    assert (m.get(1), m.get(5), m.get(9)) == (None, 3, 4)


def test_S15_is_empty():
    m = HashMap.with_capacity(4)
    m.insert(1, 2)
    assert not m.is_empty()
    m.remove(1)
    assert m.is_empty()


def test_S16_remove():
    m = HashMap()
    m.insert(1, 2)
    assert m.remove(1) == 2
    assert m.remove(1) is None


def test_S17_remove_entry():
    m = HashMap()
    m.insert(1, 2)
    assert m.remove_entry(1) == (1, 2)
    assert m.remove_entry(1) is None


def test_S24_find():
    m = HashMap()
    assert m.get(1) is None
    m.insert(1, 2)
    assert m.get(1) == 2


def test_S25_eq():
    m = HashMap([(1, 2), (2, 3), (3, 4)])
    n = HashMap([(1, 2), (2, 3)])
    assert m != n
    assert m.ne(n)
    n.insert(3, 4)
    assert m == n
    assert m.eq(n)
    n.insert(3, 5)
    assert m != n
    assert m.ne(n)


def test_S26_show():
    m = HashMap([(1, 2), (3, 4)])
    assert f"{m:?}" in ("{1: 2, 3: 4}", "{3: 4, 1: 2}")
    assert f"{HashMap():?}" == "{}"


def test_S33_index():
    m = HashMap([(1, 2), (2, 1), (3, 4)])
    assert m[2] == 1


def test_S34_index_nonexistent():
    m = HashMap([(1, 2), (2, 1), (3, 4)])
    with pytest.raises(KeyError) as caught:
        m[4]
    assert caught.value.args == (4,)


def test_S37_extend_ref():
    m = HashMap([(1, "one")])
    n = HashMap([(2, "two"), (3, "three")])
    m.extend(n)
    assert m == {1: "one", 2: "two", 3: "three"}
    assert n == {2: "two", 3: "three"}, "extending borrows"


def test_S41_retain():
    m = HashMap((x, x * 10) for x in range(100))
    assert m.retain(lambda key, _: key % 2 == 0) is None
    assert m.len() == 50
    assert (m[2], m[4], m[6]) == (20, 40, 60)
    assert all(key % 2 == 0 for key in m)


def test_S51_from_array():
    assert HashMap([(1, 2), (3, 4)]) == HashMap([(3, 4), (1, 2), (1, 2)])


def test_H01_clone_from():
    m = HashMap([(1, 2), (2, 4)])
    n = HashMap([(2, 0), (3, 0)])
    assert n.clone_from(m) is None
    assert n == {1: 2, 2: 4}
    n.insert(5, 6)
    assert m.len() == 2


def test_H09_extend_ref_kv_tuple():
    m = HashMap()
    m.extend((i, 1000 + i) for i in range(100))
    m.extend([(i, 1000 + i) for i in range(100, 200)])
    m.extend(tuple((i, 1000 + i) for i in range(200, 300)))
    assert m == {i: 1000 + i for i in range(300)}


def test_H17_get_disjoint_mut():
    m = HashMap(foo=0, bar=10, baz=20, qux=30)
    assert m.get_disjoint_mut(["foo", "qux"]) == [0, 30]
    assert m.get_disjoint_mut(["foo", "dud"]) == [0, None]
    assert m.get_disjoint_mut(["dud", "nope"]) == [None, None]
    for handle in m.get_disjoint_mut(("bar", "baz")):
        handle.value += 1
    assert m == {"foo": 0, "bar": 11, "baz": 21, "qux": 30}


def test_H18_get_disjoint_mut_duplicate():
    m = HashMap(foo=0)
    with pytest.raises(ValueError, match=r"^duplicate keys found$"):
        m.get_disjoint_mut(["foo", "foo"])


def test_S35_entry():
    m = HashMap((i, i * 10) for i in range(1, 7))

    occupied = m.entry(1)
    assert occupied.get() == 10
    assert occupied.insert(100) == 10
    assert (m.get(1), m.len()) == (100, 6)

    handle = m.entry(2).get_mut()
    handle.value *= 10
    assert (m.get(2), m.len()) == (200, 6)

    assert m.entry(3).remove() == 30
    assert (m.get(3), m.len()) == (None, 5)

    assert m.entry(10).insert(1000).value == 1000
    assert (m.get(10), m.len()) == (1000, 6)


def test_S36_entry_take_doesnt_corrupt():
    chance = random.Random(36)
    m = HashMap((chance.randrange(-10, 10), None) for _ in range(50))
    left = set(m)
    for _ in range(1000):
        key = chance.randrange(-10, 10)
        match m.entry(key):
            case Entry.Occupied(entry):
                entry.remove()
                left.remove(key)
            case Entry.Vacant(_):
                assert key not in left
        assert set(m.keys()) == left
        assert all(m.contains_key(k) == (k in left) for k in range(-10, 10))
        if not left:
            left = set(range(-10, 10))
            m = HashMap.from_iter((k, None) for k in left)


def equal_texts():
    """Two equal strings that are two objects."""
    text = "hello there"
    return text, text.encode().decode()


def test_S39_occupied_entry_key():
    stored, given = equal_texts()
    assert stored is not given
    m = HashMap()
    m.insert(stored, "value")
    match m.entry(given):
        case Entry.Occupied(entry):
            assert entry.key() is stored
        case Entry.Vacant(_):
            pytest.fail("the key is there")
    assert (m.len(), m[stored]) == (1, "value")


def test_S40_vacant_entry_key():
    given, _ = equal_texts()
    m = HashMap()
    match m.entry(given):
        case Entry.Occupied(_):
            pytest.fail("the map is empty")
        case Entry.Vacant(entry):
            assert entry.key() is given
            assert m.is_empty()
            entry.insert("value")
    assert (m.len(), m[given]) == (1, "value")
