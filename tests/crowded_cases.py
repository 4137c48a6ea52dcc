"""Calls on a map of many keys where little memory is left (Linux). Each case runs in a process of its own."""

import array
import operator
import sys

from deep_cases import fails, leave

from entrymap import HashMap

MANY = 300_000
LEFT = 3  # megabytes

# What fails, and leaves the map as it was.
CASES = {
    "reserve": lambda m: m.reserve(3 * MANY),
    "try_reserve": lambda m: m.try_reserve(3 * MANY),
    "shrink_to": lambda m: m.shrink_to(MANY + 1),
    "shrink_to_fit": lambda m: m.shrink_to_fit(),
    "retain": lambda m: m.retain(lambda key, r: False),
    "extract_if": lambda m: m.extract_if(lambda key, r: True),
    "drain": lambda m: m.drain(),
    "into_iter": lambda m: m.into_iter(),
    "into_keys": lambda m: m.into_keys(),
    "into_values": lambda m: m.into_values(),
    "clone": lambda m: m.clone(),
    "copy": lambda m: m.copy(),
    "clone_from": lambda m: m.clone_from(OTHER),
    "|": lambda m: m | {"new": 1},
    "| of another": lambda m: {"new": 1} | m,
    "==": lambda m: m == OTHER,
    "eq": lambda m: m.eq(OTHER),
    "get_disjoint_mut": lambda m: m.get_disjoint_mut(NUMBERS),
    "tally of a list": lambda m: m.tally(NUMBERS),
    "tally of a buffer": lambda m: m.tally(BUFFER),
    "tally of a generator": lambda m: m.tally(iter(NUMBERS)),
    "with_capacity": lambda m: HashMap.with_capacity(3 * MANY),
    "from_iter": lambda m: HashMap.from_iter(OTHER),
    "fromkeys": lambda m: HashMap.fromkeys(NUMBERS),
    "update": lambda m: m.update(OTHER),
    "merge": lambda m: m.merge(OTHER, operator.add),
    "keys &": lambda m: m.keys() & NUMBERS,
    "keys |": lambda m: m.keys() | NUMBERS,
}


def crowded(case):
    """`MemoryError`, the same pairs, a map that works on, and no handle ended by what did not happen."""
    m = HashMap.with_capacity(3 * MANY)
    m.update((n, None) for n in NUMBERS)
    capacity = m.capacity()
    r = m.get_mut(0)
    leave(LEFT)
    fails(CASES[case], m)
    assert (len(m), m.capacity(), m.get(MANY - 1, "absent")) == (MANY, capacity, None)
    assert r.value is None
    assert m.insert(0, 1) is None and m.remove(0) == 1


if __name__ == "__main__":
    NUMBERS = list(range(MANY))
    BUFFER = array.array("q", (number << 33 for number in NUMBERS))
    OTHER = HashMap.fromkeys(NUMBERS)
    crowded(sys.argv[1])
