"""Maps with each kind of hash builder."""

import gc
import weakref

import pytest

from entrymap import BuildHasher, BuildHasherDefault, FoldState, HashMap, RandomState


class HashOne:
    """Builds no hasher; notes what it is asked."""

    def __init__(self, answer=lambda hash: hash):
        self.asked = []
        self.answer = answer

    def hash_one(self, hash):
        self.asked.append(hash)
        return self.answer(hash)


class Summing:
    def __init__(self):
        self.total = 0

    def write(self, data):
        self.total += sum(data)

    def finish(self):
        return self.total


class Building:
    def build_hasher(self):
        return Summing()


BUILDERS = [RandomState(), BuildHasherDefault(), BuildHasherDefault(Summing), FoldState(7), HashOne(), Building()]


def kind(builder):
    return type(builder).__name__


@pytest.mark.parametrize("builder", BUILDERS, ids=kind)
def test_a_map_works_with_any_builder(builder):
    m = HashMap.with_hasher(builder)
    for i in range(300):
        m[i] = str(i)
    assert [m[float(i)] for i in range(300)] == [str(i) for i in range(300)]
    assert m.remove(7) == "7" and 7 not in m and len(m) == 299
    assert m.clone() == m


@pytest.mark.parametrize("builder", BUILDERS, ids=kind)
def test_hasher_gives_one_that_mixes_alike(builder):
    hasher = HashMap.with_hasher(builder).hasher()
    if isinstance(builder, BuildHasher):
        assert type(hasher) is type(builder) and hasher.hash_one(5) == builder.hash_one(5)
    else:
        assert hasher is builder


def test_the_same_order_for_the_same_seed():
    first, second = (HashMap.with_hasher(FoldState(7)) for _ in range(2))
    for i in range(100):
        first[i] = second[i] = i
    assert list(first) == list(second)
    third = HashMap.with_hasher(FoldState(8))
    third.update(first)
    assert list(third) != list(first)


def test_a_builder_in_python_is_asked_once_a_call_and_never_while_the_map_grows():
    builder = HashOne()
    m = HashMap.with_hasher(builder)
    for i in range(100):
        m[i] = i
    m.clone()
    assert builder.asked == list(range(100))
    m.entry(-2).and_modify(lambda value: None).or_insert(0).value += 1
    assert builder.asked[100:] == [-2]


def test_a_builder_in_python_is_given_the_hash():
    builder = HashOne()
    m = HashMap.with_hasher(builder)
    m["Blue"] = 1
    m[1] = 2
    assert m[1.0] == 2 and builder.asked == [hash("Blue"), 1, 1]


@pytest.mark.parametrize("use", ["get", "contains_key", "remove", "entry", "__getitem__", "__delitem__"])
def test_an_error_of_a_builder_reaches_the_caller_and_changes_nothing(use):
    builder = HashOne()
    m = HashMap.with_hasher(builder)
    m["Blue"] = 1
    handle = m.get_mut("Blue")
    builder.answer = lambda hash: 1 // 0
    with pytest.raises(ZeroDivisionError):
        getattr(m, use)("Blue")
    handle.value += 1
    assert list(m.items()) == [("Blue", 2)]


def test_a_builder_that_changes_the_map_while_it_is_asked():
    builder = HashOne()
    m = HashMap.with_hasher(builder)

    def answer(hash):
        if hash == 5:
            builder.answer = lambda hash: hash
            m.clear()
            m.update((i, i) for i in range(100))
        return hash

    builder.answer = answer
    m[5] = "mine"
    assert m[5] == "mine" and len(m) == 100


def test_a_builder_whose_answers_change_loses_keys_but_harms_nothing():
    builder = HashOne()
    m = HashMap.with_hasher(builder)
    m[1] = "first"
    builder.answer = lambda hash: hash + 1
    assert m.get(1) is None
    m[1] = "second"
    assert sorted(m.values()) == ["first", "second"]


@pytest.mark.parametrize("wrong", [None, 5, "RandomState", RandomState, HashOne, object(), Summing()], ids=repr)
def test_what_is_no_hash_builder(wrong):
    with pytest.raises(TypeError, match="a hash builder is a RandomState"):
        HashMap.with_hasher(wrong)


def test_a_cycle_through_the_builder_is_collected():
    builder = HashOne()
    builder.map = HashMap.with_hasher(builder)
    dead = weakref.ref(builder)
    del builder
    gc.collect()
    assert dead() is None
