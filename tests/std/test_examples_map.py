"""The examples of std's documentation of `HashMap`, in Python."""

from dataclasses import dataclass, field

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


def test_D15_values():
    m = HashMap([("a", 1), ("b", 2), ("c", 3)])
    printed = [f"{value}" for value in m.values()]
    assert sorted(printed) == ["1", "2", "3"]


def test_D18_iter():
    m = HashMap([("a", 1), ("b", 2), ("c", 3)])
    printed = [f"key: {key} value: {value}" for key, value in m.iter()]
    assert sorted(printed) == ["key: a value: 1", "key: b value: 2", "key: c value: 3"]


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


def test_D25_clear():
    a = HashMap()
    a.insert(1, "a")
    a.clear()
    assert a.is_empty()


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
