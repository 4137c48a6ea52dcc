"""How a key is found, and what happens to the map meanwhile."""

import operator

import pytest
from support import Counted

from entrymap import HashMap


@pytest.fixture
def colliding():
    """Five counting keys with one hash in one map, and the journal empty."""
    stored = [Counted(n) for n in range(5)]
    m = HashMap((key, key.name) for key in stored)
    Counted.journal.clear()
    return m, stored


def chain(m, key):
    return m.entry(key).and_modify(lambda r: r.add_assign(10)).or_insert(99).value


LOOKUPS = {
    "chain": chain,
    "get": lambda m, k: m.get(k),
    "insert": lambda m, k: m.insert(k, 1),
    "setitem": lambda m, k: m.__setitem__(k, 1),
    "setdefault": lambda m, k: m.setdefault(k, 1),
    "pop": lambda m, k: m.pop(k, None),
    "remove": lambda m, k: m.remove(k),
    "remove_entry": lambda m, k: m.remove_entry(k),
    "get_mut": lambda m, k: m.get_mut(k),
    "get_key_value": lambda m, k: m.get_key_value(k),
    "contains": lambda m, k: k in m,
    "update": lambda m, k: m.update([(k, 1)]),
    "keys": lambda m, k: k in m.keys(),
    "items": lambda m, k: (k, 1) in m.items(),
}


@pytest.mark.parametrize("name", [0, 4, "absent"])
@pytest.mark.parametrize("lookup", LOOKUPS)
def test_one_hash_and_at_most_one_comparison_for_each_stored_key(colliding, lookup, name):
    m, stored = colliding
    LOOKUPS[lookup](m, Counted(name))
    hashes, comparisons = Counted.calls()
    assert hashes == 1
    assert set(comparisons) <= {id(key) for key in stored}
    assert set(comparisons.values()) == {1}
    if name == "absent":
        assert len(comparisons) == 5


@pytest.mark.parametrize("call", ["get_or_insert_with", "upsert"])
def test_verbs_that_call_a_function_hash_once_too(colliding, call):
    m, _ = colliding
    key = Counted("absent")
    arguments = (key, lambda: 1) if call == "get_or_insert_with" else (key, 1, operator.add)
    assert getattr(m, call)(*arguments) == 1
    assert getattr(m, call)(*arguments) in (1, 2)
    assert Counted.calls()[0] == 2


def test_every_entry_verb_uses_the_hash_that_entry_took(colliding):
    m, _ = colliding
    e = m.entry(Counted("new"))
    r = e.insert_entry(1)
    r.insert(2)
    r.get_mut().value += 1
    assert r.get() == 3
    assert r.remove_entry()[1] == 3
    assert Counted.calls()[0] == 1


def test_growing_hashes_nothing():
    m = HashMap()
    for n in range(1000):
        m[Counted(n, hash=n)] = n
    assert sum(call[0] == "hash" for call in Counted.journal) >= 1000
    Counted.journal.clear()
    assert len(m.clone()) == 1000
    m.clear()
    assert Counted.journal == []


def test_builtin_keys_mix_with_keys_that_python_compares():
    class Like(Counted):
        """Equals the int of its name."""

        __hash__ = Counted.__hash__

        def __eq__(self, other):
            Counted.journal.append(("eq", self, other))
            return self.name == other

    stored = Like(7)
    m = HashMap({stored: "custom", "text": 1, 7 + 2**61 - 1: "same hash, other number"})
    Counted.journal.clear()
    assert m[7] == "custom"
    assert m.insert(7, "again") == "custom"
    assert next(key for key in m if isinstance(key, Like)) is stored
    assert m.remove(7) == "again"
    assert 7 not in m
    assert len(m) == 2


def test_an_equality_that_is_not_transitive_finds_some_candidate_that_compared_equal():
    class Near:
        def __init__(self, at):
            self.at = at

        def __hash__(self):
            return 7

        def __eq__(self, other):
            return abs(self.at - other.at) <= 1

    m = HashMap([(Near(0), 0), (Near(2), 2), (Near(4), 4)])
    assert len(m) == 3
    assert m[Near(1)] in (0, 2)
    assert m[Near(3)] in (2, 4)
    assert Near(9) not in m


def test_an_equality_that_always_says_yes_or_always_no():
    class Yes(Counted):
        __hash__ = Counted.__hash__

        def __eq__(self, other):
            return True

    class No(Counted):
        __hash__ = Counted.__hash__

        def __eq__(self, other):
            return False

    assert len(HashMap((Yes(n), n) for n in range(20))) == 1
    m = HashMap((No(n), n) for n in range(20))
    assert len(m) == 20
    assert all(m[key] == key.name for key in m)
