"""What the stubs say, line by line; both checkers read it and pytest runs it."""

import operator
from collections.abc import MutableMapping
from typing import Literal, assert_never, assert_type

from entrymap import (
    BorrowCheckError,
    BorrowError,
    BuildHasher,
    BuildHasherDefault,
    DefaultHasher,
    Drain,
    Entry,
    ExtractIf,
    FoldHasher,
    FoldState,
    Hasher,
    HashMap,
    IntoIter,
    IntoKeys,
    IntoValues,
    ItemsView,
    Iter,
    IterMut,
    Keys,
    KeysView,
    MovedError,
    OccupiedEntry,
    OccupiedError,
    RandomState,
    RefMut,
    TryReserveError,
    VacantEntry,
    Values,
    ValuesMut,
    ValuesView,
)


def construct() -> None:
    """Every way to make a map."""
    assert_type(HashMap(a=1), HashMap[str, int])
    numbers = [(1, "one")]
    assert_type(HashMap(numbers), HashMap[int, str])
    assert_type(HashMap(dict(numbers)), HashMap[int, str])
    assert_type(HashMap({"a": 1}, b=2), HashMap[str, int])
    assert_type(HashMap[int, str].from_iter(numbers), HashMap[int, str])
    assert_type(HashMap[str, int].with_capacity(10), HashMap[str, int])
    empty: HashMap[str, int] = HashMap()
    assert_type(empty.clone(), HashMap[str, int])
    mapping: MutableMapping[str, int] = HashMap[str, int].new()
    assert_type(mapping.get("a"), int | None)


def look_up(m: HashMap[str, int]) -> None:
    """`get` and its kin."""
    assert_type(m["a"], int)
    assert_type(m.get("a"), int | None)
    assert_type(m.get("a", 0), int)
    assert_type(m.get("a", "none"), int | str)
    assert_type(m.get_key_value("a"), tuple[str, int] | None)
    assert_type("a" in m, bool)
    if r := m.get_mut("a"):
        assert_type(r, RefMut[int])
        assert_type(r.value, int)
        r.value += 1
        r += 1
        assert_type(r, RefMut[int])
        assert_type(r.replace(2), int)


def change(m: HashMap[str, int]) -> None:
    """What writes."""
    assert_type(m.insert("b", 2), int | None)
    assert_type(m.remove("b"), int | None)
    assert_type(m.remove_entry("b"), tuple[str, int] | None)
    assert_type(m.pop("b", 0), int)
    assert_type(m.pop("b", None), int | None)
    assert_type(m.setdefault("b", 2), int)
    assert_type(m.pop("b"), int)
    assert_type(m.get_or_insert_with("c", int), int)
    assert_type(m.upsert("c", 1, operator.add), int)
    m.update({"d": 4}, e=5)
    m.update([("d", 4)])
    try:
        assert_type(m.try_insert("z", 1), RefMut[int])
        m.try_insert("z", 1)
    except OccupiedError as error:
        key: str = error.entry.key()
        assert key == "z"


def look_around(m: HashMap[str, int]) -> None:
    """Views and iterators."""
    assert_type(m.keys(), KeysView[str, int])
    assert_type(m.values(), ValuesView[str, int])
    assert_type(m.items(), ItemsView[str, int])
    assert_type(m.keys() & {"a"}, set[str])
    assert_type(iter(m), Keys[str])
    assert_type(iter(m.values()), Values[int])
    assert_type(m.iter(), Iter[str, int])
    assert_type(m.iter().next(), tuple[str, int] | None)
    assert_type(m.iter().size_hint(), tuple[int, int])
    for key, value in m.items():
        assert_type(key, str)
        assert_type(value, int)


def hash_otherwise() -> None:
    """Hash builders, std's and one's own."""
    seeded = HashMap[str, int].with_hasher(FoldState(7))
    assert_type(seeded, HashMap[str, int])
    assert_type(FoldState(7).build_hasher(), FoldHasher)
    assert_type(BuildHasherDefault(), BuildHasherDefault[DefaultHasher])
    assert_type(BuildHasherDefault(DefaultHasher).build_hasher(), DefaultHasher)
    assert_type(RandomState().hash_one("a"), int)
    assert_type(RandomState.new().build_hasher(), DefaultHasher)
    builders: list[BuildHasher] = [RandomState(), FoldState(7), BuildHasherDefault()]
    assert_type([builder.clone() for builder in builders], list[BuildHasher])
    assert_type(FoldState(7).seed, int)
    hasher: Hasher = FoldState(7).build_hasher()
    hasher.write(b"abc")
    hasher.write_u32(7)
    assert_type(hasher.finish(), int)
    assert_type(DefaultHasher().clone(), DefaultHasher)

    class Plain:
        def hash_one(self, hash: int, /) -> int:
            return hash % 97

    HashMap[str, int].with_capacity_and_hasher(10, Plain()).insert("a", 1)


def all_at_once() -> None:
    """What goes over the whole map."""
    m = HashMap(a=1, b=2)
    assert_type(m.iter_mut(), IterMut[str, int])
    for key, value in m.iter_mut():
        assert_type(key, str)
        assert_type(value, RefMut[int])
    assert_type(m.values_mut(), ValuesMut[int])
    for value in m.values_mut():
        value.value += 1
    assert_type(m.get_disjoint_mut(["a", "c"]), list[RefMut[int] | None])
    m.retain(lambda key, value: key < "z" and value.value > 0)
    assert_type(m.extract_if(lambda key, _: key == "a"), ExtractIf[str, int])
    assert_type(m.extract_if(lambda key, _: key == "a").next(), tuple[str, int] | None)
    assert_type(m | {"z": 1}, HashMap[str, int])
    assert_type(m | {1: "z"}, HashMap[str | int, int | str])
    assert_type(HashMap.fromkeys("ab", 0), HashMap[str, int])
    assert_type(m.copy().drain(), Drain[str, int])
    assert_type(m.copy().into_iter(), IntoIter[str, int])
    assert_type(m.copy().into_keys(), IntoKeys[str])
    assert_type(m.copy().into_values(), IntoValues[int])
    assert_type(next(m.copy().into_values()), int)
    assert_type(m.popitem(), tuple[str, int])
    m |= {"c": 3}
    m.reserve(10)
    m.shrink_to_fit()


def in_bulk(m: HashMap[str, int]) -> None:
    """Many keys in one call."""
    m.tally("hello")
    m.tally(key for key in ["a", "b"])
    m.merge({"a": 1}, operator.add)
    m.merge([("a", 1)], max)
    teams: HashMap[str, list[int]] = HashMap()
    teams.group([("a", 1), ("a", 2)])
    assert_type(teams["a"], list[int])


def decide(m: HashMap[str, int], key: str) -> str:
    """A `match` that names both classes is complete."""
    entry = m.entry(key)
    assert_type(entry, OccupiedEntry[str, int] | VacantEntry[str, int])
    match entry:
        case Entry.Occupied(e):
            assert_type(e, OccupiedEntry[str, int])
            assert_type(e.get(), int)
            assert_type(e.insert(1), int)
            return "occupied"
        case Entry.Vacant(e):
            assert_type(e, VacantEntry[str, int])
            assert_type(e.key(), str)
            return "vacant"
        case _:
            assert_never(entry)


def chain(m: HashMap[str, int]) -> None:
    """Entry calls, which work on either class."""
    assert_type(m.entry("a").or_insert(0), RefMut[int])
    assert_type(m.entry("a").or_insert_with(lambda: 0), RefMut[int])
    assert_type(m.entry("a").or_insert_with_key(len), RefMut[int])
    assert_type(m.entry("a").or_default(int), RefMut[int])
    assert_type(m.entry("a").and_modify(lambda n: n.add_assign(1)).or_insert(1).value, int)
    assert_type(m.entry("a").and_update(lambda n: n + 1).or_insert(1).value, int)
    assert_type(m.entry("a").insert_entry(3), OccupiedEntry[str, int])
    m.entry("a").or_insert(0).value += 5
    groups: HashMap[str, list[int]] = HashMap()
    groups.entry("a").or_default(list).value.append(1)


def fail(m: HashMap[str, int]) -> None:
    """What an exception carries."""
    stale = m.entry("a").or_insert(0)
    m.clear()
    try:
        stale.value += 1
    except BorrowError as error:
        assert_type(error.code, str)
    try:
        m.try_reserve(2**62)
    except TryReserveError as error:
        assert_type(error.kind, Literal["CapacityOverflow", "AllocError"])
    moved = m.clone()
    moved.into_iter()
    try:
        moved.len()
    except MovedError as error:
        caught: BorrowCheckError = error
        assert_type(caught.code, str)


def main() -> None:
    """Run it all."""
    m = HashMap(a=1)
    construct()
    hash_otherwise()
    all_at_once()
    for step in (look_up, change, look_around, chain, in_bulk, fail):
        step(m)
    assert decide(m, "a") == "vacant"
    assert decide(HashMap(a=1), "a") == "occupied"


main()
