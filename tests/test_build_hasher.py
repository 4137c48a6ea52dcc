"""`RandomState`, `BuildHasherDefault`, `FoldState`."""

import copy
import gc
import inspect
import pickle
import subprocess
import sys
import weakref

import pytest

from entrymap import BuildHasher, BuildHasherDefault, DefaultHasher, FoldHasher, FoldState, Hasher, RandomState

KINDS = [RandomState, BuildHasherDefault, FoldState]
KEYS = [0, 1, -1, -2, 10**30, 2.5, "Blue", b"Blue", ("a", 1), None]


class Fnv:
    """FNV-1a, which leaves it to its caller to cut the hash to 64 bits."""

    def __init__(self):
        self.state = 0xCBF29CE484222325

    def write(self, data):
        for byte in data:
            self.state = (self.state ^ byte) * 0x100000001B3

    def finish(self):
        return self.state


BUILDERS = [RandomState(), BuildHasherDefault(), FoldState(7), BuildHasherDefault(Fnv)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_way_to_make_one(kind):
    for builder in (kind(), kind.new(), kind.default()):
        assert type(builder) is kind and isinstance(builder, BuildHasher)


@pytest.mark.parametrize("builder", BUILDERS, ids=repr)
@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_hash_one_is_the_hash_of_the_hash(builder, key):
    hasher = builder.build_hasher()
    if isinstance(hasher, Hasher):
        hasher.write_isize(hash(key))
    else:
        hasher.write(hash(key).to_bytes(8, "little", signed=True))
    assert builder.hash_one(key) == hasher.finish() % 2**64
    assert 0 <= builder.hash_one(key) < 2**64


@pytest.mark.parametrize("builder", BUILDERS, ids=repr)
def test_equal_keys_hash_alike(builder):
    assert builder.hash_one(1) == builder.hash_one(1.0) == builder.hash_one(True)


def test_the_number_is_rusts():
    assert BuildHasherDefault().hash_one(42) == 8880661182590738257


def test_unhashable_keys_and_errors_of_hash_reach_the_caller():
    class Bad:
        def __hash__(self):
            raise ZeroDivisionError("mine")

    for builder in BUILDERS:
        with pytest.raises(TypeError, match="unhashable type: 'list'"):
            builder.hash_one([])
        with pytest.raises(ZeroDivisionError, match="mine"):
            builder.hash_one(Bad())


def test_random_means_random():
    assert RandomState().hash_one(1) != RandomState().hash_one(1)
    assert FoldState().seed != FoldState().seed


def test_the_deterministic_ones_are_the_same_in_another_process():
    program = "from entrymap import *; print(BuildHasherDefault().hash_one(5), FoldState(7).hash_one(5))"
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert output.split() == [str(BuildHasherDefault().hash_one(5)), str(FoldState(7).hash_one(5))]


def test_a_seed_is_64_bits():
    assert FoldState(0).seed == 0 and FoldState(2**64 - 1).seed == 2**64 - 1
    for beyond in (-1, 2**64):
        with pytest.raises(OverflowError, match=f"FoldState takes an int from 0 to {2**64 - 1}, not {beyond}"):
            FoldState(beyond)
    with pytest.raises(TypeError):
        FoldState("7")


def test_equality():
    assert FoldState(7) == FoldState(7) != FoldState(8)
    assert BuildHasherDefault() == BuildHasherDefault(DefaultHasher) != BuildHasherDefault(Fnv)
    assert BuildHasherDefault(Fnv) == BuildHasherDefault(Fnv)
    state = RandomState()
    assert state == state and state != RandomState()
    assert FoldState(7) != 7 and FoldState(7) != BuildHasherDefault()
    assert len({FoldState(7), FoldState(7), BuildHasherDefault(Fnv), BuildHasherDefault(Fnv), state, state}) == 3
    with pytest.raises(TypeError):
        FoldState(7) < FoldState(8)  # noqa: B015


@pytest.mark.parametrize("builder", BUILDERS, ids=repr)
@pytest.mark.parametrize("duplicate", [lambda builder: builder.clone(), copy.copy, copy.deepcopy])
def test_a_copy_mixes_as_the_original(builder, duplicate):
    assert type(duplicate(builder)) is type(builder) and duplicate(builder).hash_one(5) == builder.hash_one(5)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles(protocol):
    for builder in (FoldState(7), FoldState(), BuildHasherDefault(), BuildHasherDefault(Fnv)):
        again = pickle.loads(pickle.dumps(builder, protocol))
        assert again == builder and again.hash_one(5) == builder.hash_one(5)
    state = RandomState()
    again = pickle.loads(pickle.dumps(state, protocol))
    assert type(again) is RandomState and again.hash_one(5) != state.hash_one(5)


def test_printing():
    assert repr(RandomState()) == f"{RandomState():?}" == f"{RandomState():#?}" == "RandomState { .. }"
    assert repr(BuildHasherDefault()) == "BuildHasherDefault(DefaultHasher)"
    assert repr(BuildHasherDefault(Fnv)) == f"{BuildHasherDefault(Fnv)}" == "BuildHasherDefault(Fnv)"
    assert f"{BuildHasherDefault():?}" == f"{BuildHasherDefault(Fnv):#?}" == "BuildHasherDefault"
    assert repr(FoldState(7)) == f"{FoldState(7):?}" == "FoldState(7)"
    assert f"{FoldState(7):#?}" == "FoldState(\n    7,\n)"
    with pytest.raises(TypeError, match="unsupported format string passed to FoldState.__format__"):
        f"{FoldState(7):x}"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (3, "takes a class of hashers, such as DefaultHasher, not 3"),
        (DefaultHasher(), "takes a class of hashers"),
        (None, "takes a class of hashers"),
        (int, r"has write\(bytes\) and finish\(\), and <class 'int'> has not"),
        (FoldHasher, r"use FoldState\(\)"),
    ],
)
def test_what_is_no_class_of_hashers(wrong, message):
    with pytest.raises(TypeError, match=message):
        BuildHasherDefault(wrong)


def test_the_classes_are_final():
    for kind in KINDS:
        with pytest.raises(TypeError, match="not an acceptable base type"):
            type("Mine", (kind,), {})


def test_signatures():
    assert str(inspect.signature(FoldState)) == "(seed=None, /)"
    assert str(inspect.signature(BuildHasherDefault)) == "(hasher=Ellipsis, /)"
    assert str(inspect.signature(RandomState.hash_one)) == "(self, key, /)"


def test_a_cycle_through_a_class_of_hashers_is_collected():
    class Mine(Fnv):
        pass

    Mine.builder = BuildHasherDefault(Mine)
    dead = weakref.ref(Mine)
    del Mine
    gc.collect()
    assert dead() is None
