"""The examples of std's documentation of `HashMap`, in Python."""

from dataclasses import dataclass, field
from itertools import islice

import pytest

from entrymap import HashMap, OccupiedError


def test_D01_book_reviews():
    reviews = HashMap()
    reviews.insert("Emma", "A pleasure to dislike her.")
    reviews.insert("Walden", "Very quiet.")
    reviews.insert("Dubliners", "Very enjoyable.")
    reviews.insert("Candide", "Short, and all too quick.")

    said = []
    if not reviews.contains_key("Ulysses"):
        said.append(f"We've got {reviews.len()} reviews, but Ulysses isn't one of them.")
    assert said == ["We've got 4 reviews, but Ulysses isn't one of them."]

    reviews.remove("Candide")

    said = []
    for book in ["Emma", "Candide"]:
        match reviews.get(book):
            case None:
                said.append(f"{book} is unreviewed.")
            case review:
                said.append(f"{book}: {review}")
    assert said == ["Emma: A pleasure to dislike her.", "Candide is unreviewed."]

    assert reviews["Dubliners"] == "Very enjoyable."

    assert {f"{book}: {review}" for book, review in reviews.iter()} == {
        "Emma: A pleasure to dislike her.",
        "Walden: Very quiet.",
        "Dubliners: Very enjoyable.",
    }


def test_D02_from_an_array_of_planets():
    distance = HashMap([("Mercury", 0.4), ("Venus", 0.7), ("Earth", 1.0), ("Mars", 1.5)])
    assert distance.len() == 4
    assert distance["Earth"] == 1.0


def test_D03_player_stats_by_entry():
    stats = HashMap()

    # a value, if the key is not there
    stats.entry("health").or_insert(100)
    assert stats["health"] == 100

    # a value that a function makes, if the key is not there
    stats.entry("defence").or_insert_with(lambda: 42)
    assert stats["defence"] == 42

    # change a value, which need not be there
    stat = stats.entry("attack").or_insert(100)
    stat.value += 42
    assert stats["attack"] == 142

    # change it before it is inserted: "mana" is absent, so there is nothing to change yet
    stats.entry("mana").and_modify(lambda mana: mana.add_assign(200)).or_insert(100)
    assert stats["mana"] == 100


@dataclass(frozen=True)
class Viking:
    name: str
    country: str


def test_D04_keys_of_ones_own():
    vikings = HashMap(
        [
            (Viking("Einar", "Norway"), 25),
            (Viking("Olaf", "Denmark"), 24),
            (Viking("Harald", "Iceland"), 12),
        ]
    )
    assert {f"{viking!r} has {points} points" for viking, points in vikings.iter()} == {
        "Viking(name='Einar', country='Norway') has 25 points",
        "Viking(name='Olaf', country='Denmark') has 24 points",
        "Viking(name='Harald', country='Iceland') has 12 points",
    }
    assert vikings[Viking("Olaf", "Denmark")] == 24


def test_D06_new():
    m = HashMap.new()
    assert m.is_empty()


def test_D07_with_capacity():
    m = HashMap.with_capacity(10)
    assert m.is_empty()
    assert m.capacity() >= 10


def test_D12_capacity():
    m = HashMap.with_capacity(100)
    assert m.capacity() >= 100


def test_D13_keys():
    m = HashMap([("a", 1), ("b", 2), ("c", 3)])
    keys = m.keys()
    printed = [f"{key}" for key in keys]
    assert sorted(printed) == ["a", "b", "c"]


def test_D14_into_keys():
    m = HashMap([("a", 1), ("b", 2), ("c", 3)])
    keys = list(m.into_keys())
    keys.sort()
    assert keys == ["a", "b", "c"]


def test_D15_values():
    m = HashMap([("a", 1), ("b", 2), ("c", 3)])
    printed = [f"{value}" for value in m.values()]
    assert sorted(printed) == ["1", "2", "3"]


def test_D16_values_mut():
    m = HashMap([("a", 1), ("b", 2), ("c", 3)])
    for value in m.values_mut():
        value.value += 10
    printed = [f"{value}" for value in m.values()]
    assert sorted(printed) == ["11", "12", "13"]


def test_D17_into_values():
    m = HashMap([("a", 1), ("b", 2), ("c", 3)])
    values = list(m.into_values())
    values.sort()
    assert values == [1, 2, 3]


def test_D18_iter():
    m = HashMap([("a", 1), ("b", 2), ("c", 3)])
    printed = [f"key: {key} value: {value}" for key, value in m.iter()]
    assert sorted(printed) == ["key: a value: 1", "key: b value: 2", "key: c value: 3"]


def test_D19_iter_mut():
    m = HashMap([("a", 1), ("b", 2), ("c", 3)])
    for _, value in m.iter_mut():
        value.value *= 2
    printed = [f"key: {key} value: {value}" for key, value in m.iter()]
    assert sorted(printed) == ["key: a value: 2", "key: b value: 4", "key: c value: 6"]


def test_D20_len():
    a = HashMap()
    assert a.len() == 0
    a.insert(1, "a")
    assert a.len() == 1


def test_D21_is_empty():
    a = HashMap()
    assert a.is_empty()
    a.insert(1, "a")
    assert not a.is_empty()


def test_D22_drain():
    a = HashMap()
    a.insert(1, "a")
    a.insert(2, "b")
    for key, value in islice(a.drain(), 1):
        assert (key, value) in [(1, "a"), (2, "b")]
    assert a.is_empty()


def test_D23_extract_if():
    m = HashMap((x, x) for x in range(8))
    extracted = HashMap(m.extract_if(lambda key, _: key % 2 == 0))

    evens = sorted(extracted.keys())
    odds = sorted(m.keys())
    assert evens == [0, 2, 4, 6]
    assert odds == [1, 3, 5, 7]


def test_D24_retain():
    m = HashMap((x, x * 10) for x in range(8))
    m.retain(lambda key, _: key % 2 == 0)
    assert m.len() == 4


def test_D25_clear():
    a = HashMap()
    a.insert(1, "a")
    a.clear()
    assert a.is_empty()


def test_D27_reserve():
    m = HashMap()
    m.reserve(10)
    assert m.capacity() >= 10


def test_D28_try_reserve():
    m = HashMap()
    assert m.try_reserve(10) is None, "the test machine has room for ten pairs"
    assert m.capacity() >= 10


def test_D29_shrink_to_fit():
    m = HashMap.with_capacity(100)
    m.insert(1, 2)
    m.insert(3, 4)
    assert m.capacity() >= 100
    m.shrink_to_fit()
    assert 2 <= m.capacity() < 100


def test_D30_shrink_to():
    m = HashMap.with_capacity(100)
    m.insert(1, 2)
    m.insert(3, 4)
    assert m.capacity() >= 100
    m.shrink_to(10)
    assert 10 <= m.capacity() < 100
    m.shrink_to(0)
    assert 2 <= m.capacity() < 10


def test_D31_entry():
    letters = HashMap()
    for ch in "a short treatise on fungi":
        letters.entry(ch).and_modify(lambda counter: counter.add_assign(1)).or_insert(1)

    assert letters["s"] == 2
    assert letters["t"] == 3
    assert letters["u"] == 1
    assert letters.get("y") is None


def test_D32_get():
    m = HashMap()
    m.insert(1, "a")
    assert m.get(1) == "a"
    assert m.get(2) is None


@dataclass(frozen=True)
class Person:
    id: int
    name: str = field(compare=False)  # neither equality nor hash looks at it


def test_D33_get_key_value():
    jessica, jess, paris = Person(1, "Jessica"), Person(1, "Jess"), Person(2, "Paris")
    assert jessica == jess

    m = HashMap()
    m.insert(jessica, "Paris")
    for lookup in (jessica, jess):
        key, city = m.get_key_value(lookup)
        assert key is jessica, "the key that is stored, not the one that was asked with"
        assert city == "Paris"
    assert m.get_key_value(paris) is None


def libraries():
    return HashMap(
        [
            ("Bodleian Library", 1602),
            ("Athenæum", 1807),
            ("Herzogin-Anna-Amalia-Bibliothek", 1691),
            ("Library of Congress", 1800),
        ]
    )


def test_D34_get_disjoint_mut():
    founded = libraries()
    match founded.get_disjoint_mut(["Athenæum", "Bodleian Library"]):
        case [a, b] if a and b:
            assert (a.value, b.value) == (1807, 1602)
        case _:
            pytest.fail("both are there")

    got = founded.get_disjoint_mut(["Athenæum", "Library of Congress"])
    assert got == [1807, 1800]

    got = founded.get_disjoint_mut(["Athenæum", "New York Public Library"])
    assert got == [1807, None]


def test_D35_get_disjoint_mut_of_one_key_twice():
    founded = HashMap([("Athenæum", 1807)])
    with pytest.raises(ValueError, match="duplicate keys found"):
        founded.get_disjoint_mut(["Athenæum", "Athenæum"])


def test_D36_get_disjoint_unchecked_mut():
    founded = libraries()
    match founded.get_disjoint_unchecked_mut(["Athenæum", "Bodleian Library"]):
        case [a, b] if a and b:
            assert (a.value, b.value) == (1807, 1602)
        case _:
            pytest.fail("both are there")

    got = founded.get_disjoint_unchecked_mut(["Athenæum", "Library of Congress"])
    assert got == [1807, 1800]

    got = founded.get_disjoint_unchecked_mut(["Athenæum", "New York Public Library"])
    assert got == [1807, None]


def test_D37_contains_key():
    m = HashMap()
    m.insert(1, "a")
    assert m.contains_key(1) is True
    assert m.contains_key(2) is False


def test_D38_get_mut():
    m = HashMap()
    m.insert(1, "a")
    if x := m.get_mut(1):
        x.value = "b"
    assert m[1] == "b"


def test_D39_insert():
    m = HashMap()
    assert m.insert(37, "a") is None
    assert not m.is_empty()

    m.insert(37, "b")
    assert m.insert(37, "c") == "b"
    assert m[37] == "c"


def test_D40_try_insert():
    m = HashMap()
    assert m.try_insert(37, "a").value == "a"

    with pytest.raises(OccupiedError) as caught:
        m.try_insert(37, "b")
    assert caught.value.entry.key() == 37
    assert caught.value.entry.get() == "a"
    assert caught.value.value == "b"


def test_D41_remove():
    m = HashMap()
    m.insert(1, "a")
    assert m.remove(1) == "a"
    assert m.remove(1) is None


def test_D42_remove_entry():
    m = HashMap()
    m.insert(1, "a")
    assert m.remove_entry(1) == (1, "a")
    assert m.remove(1) is None


def test_D43_from_array():
    map1 = HashMap([(1, 2), (3, 4)])
    map2 = HashMap.from_iter([(1, 2), (3, 4)])
    assert map1 == map2
