"""Numbers of pairs at the edges of what a number can be; std's own tests of room lie in tests/std."""

import sys

import pytest

from entrymap import FoldState, HashMap, TryReserveError

ROOM = {
    "reserve": lambda n: HashMap(a=1).reserve(n),
    "try_reserve": lambda n: HashMap(a=1).try_reserve(n),
    "with_capacity": HashMap.with_capacity,
    "with_capacity_and_hasher": lambda n: HashMap.with_capacity_and_hasher(n, FoldState(7)),
}


@pytest.mark.parametrize("call", ROOM)
@pytest.mark.parametrize("huge", [2**48, 2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 10**30, sys.maxsize])
def test_room_that_no_memory_has(call, huge):
    with pytest.raises(MemoryError) as caught:
        ROOM[call](huge)
    assert (type(caught.value) is TryReserveError) is (call == "try_reserve")


@pytest.mark.parametrize("call", [*ROOM, "shrink_to"])
@pytest.mark.parametrize("negative", [-1, -(2**31), -(2**63), -(2**64)])
def test_room_below_nothing(call, negative):
    with pytest.raises(OverflowError, match="negative"):
        {**ROOM, "shrink_to": HashMap(a=1).shrink_to}[call](negative)


@pytest.mark.parametrize("call", [*ROOM, "shrink_to"])
@pytest.mark.parametrize("thing", [1.5, "3", None, [], 2j])
def test_room_that_is_no_int(call, thing):
    with pytest.raises(TypeError):
        {**ROOM, "shrink_to": HashMap(a=1).shrink_to}[call](thing)


@pytest.mark.parametrize("least", [0, 1, 2**31, 2**63 - 1, 2**64, 10**30])
def test_shrinking_to_any_size_keeps_the_pairs(least):
    m = HashMap.with_capacity(100)
    m["a"] = 1
    m.shrink_to(least)
    assert dict(m) == {"a": 1}
    assert m.capacity() == (3 if least < 100 else 112)


@pytest.mark.parametrize("call", ["reserve", "try_reserve"])
def test_room_that_was_refused_changes_nothing(call):
    m = HashMap(a=1)
    r, it = m.get_mut("a"), m.iter()
    with pytest.raises(MemoryError):
        getattr(m, call)(2**62)
    assert (r.value, list(it), m.capacity()) == (1, [("a", 1)], 3)
