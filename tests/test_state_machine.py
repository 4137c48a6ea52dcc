"""A map beside a dict, under a long random life with keys of every kind, some of them hostile."""

import gc
import math
import operator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from entrymap import BorrowError, Entry, HashMap, MovedError, OccupiedError


class Trouble(Exception):
    """What a hostile key raises."""


class Key:
    """Equal by name, all with few hashes."""

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return self.name % 3

    def __eq__(self, other):
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return f"{type(self).__name__}({self.name})"


class Hostile(Key):
    """Does what the machine has planned for it, once, when it is compared or hashed."""

    planned = None

    def act(self):
        plan, Hostile.planned = Hostile.planned, None
        if plan:
            plan()

    def __hash__(self):
        self.act()
        return super().__hash__()

    def __eq__(self, other):
        self.act()
        return super().__eq__(other)


NANS = [math.nan, float("nan"), (float("nan"), 1)]
BUILTINS = st.one_of(
    st.integers(-3, 3),
    st.sampled_from([2**61 - 1, 2**61, 2**64, -(2**61), 0.0, -0.0, 1.0, 1.5, 2.0**64, math.inf, 1 + 0j, 2j]),
    st.booleans(),
    st.none(),
    st.sampled_from(["", "a", "b", "é", "\u0100", "\U0001f600", "a" * 50]),
    st.sampled_from([b"", b"a", b"b"]),
    st.sampled_from(NANS),
    st.tuples(st.integers(0, 1)) | st.tuples(st.booleans()) | st.frozensets(st.integers(0, 1)),
)
KEYS = st.one_of(BUILTINS, st.builds(Key, st.integers(0, 4)), st.builds(Hostile, st.integers(0, 4)))
VALUES = st.one_of(st.integers(0, 5), st.builds(list), st.just(None))


def raise_trouble(_):
    raise Trouble


# What a hostile key may do to a map or a dict, the same to both.
PLANS = {
    "raise": raise_trouble,
    "write": lambda c: c.__setitem__("planned", 1),
    "overwrite": lambda c: c.update({k: 0 for k in list(c) if type(k) is str}),
    "remove": lambda c: c.pop("planned", None),
    "clear": lambda c: c.clear(),
    "collect": lambda c: gc.collect(),
}


class Life(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        Hostile.planned = None
        self.map, self.dict = HashMap(), {}

    def both(self, key, on_map, on_dict, plan=None):
        """The same step on both: results, exceptions and, soon, contents agree.

        A plan is carried out while the map looks the key up, if that has to ask a hostile key, and before the dict
        does: a lookup that was disturbed starts again. (A dict asks in another order, and more.)
        """
        fired = []

        def interfere():
            fired.append(plan)
            PLANS[plan](self.map)

        Hostile.planned = interfere if plan else None
        mine = self.outcome(self.map, on_map, key)
        Hostile.planned = None
        if fired:
            disturbed = self.outcome(self.dict, lambda d, _: PLANS[plan](d), key)
        theirs = disturbed if fired == ["raise"] else self.outcome(self.dict, on_dict, key)
        assert mine == theirs

    @staticmethod
    def outcome(container, act, key):
        try:
            return "returned", act(container, key)
        except (KeyError, Trouble) as error:
            return "raised", type(error)

    @rule(key=KEYS, value=VALUES, plan=st.sampled_from([None, None, *PLANS]))
    def set(self, key, value, plan):
        self.both(key, lambda m, k: operator.setitem(m, k, value), lambda d, k: operator.setitem(d, k, value), plan)

    @rule(key=KEYS, plan=st.sampled_from([None, None, *PLANS]))
    def look(self, key, plan):
        self.both(key, lambda m, k: m.get(k, "absent"), lambda d, k: d.get(k, "absent"), plan)
        self.both(key, lambda m, k: m[k], lambda d, k: d[k])
        self.both(key, lambda m, k: (k in m, k in m.keys(), m.contains_key(k)), lambda d, k: (k in d,) * 3)

    @rule(key=KEYS, value=VALUES, plan=st.sampled_from([None, *PLANS]))
    def setdefault(self, key, value, plan):
        self.both(key, lambda m, k: m.setdefault(k, value), lambda d, k: d.setdefault(k, value), plan)

    @rule(key=KEYS, plan=st.sampled_from([None, *PLANS]))
    def take(self, key, plan):
        self.both(key, lambda m, k: m.pop(k, "absent"), lambda d, k: d.pop(k, "absent"), plan)

    @rule(key=KEYS, plan=st.sampled_from([None, *PLANS]))
    def delete(self, key, plan):
        self.both(key, operator.delitem, operator.delitem, plan)

    @rule(key=KEYS, value=VALUES)
    def insert_and_remove(self, key, value):
        def replace(d, k):
            old = d.get(k)
            d[k] = value
            return old

        self.both(key, lambda m, k: m.insert(k, value), replace)
        self.both(key, lambda m, k: m.remove(k), lambda d, k: d.pop(k, None))
        self.both(key, lambda m, k: m.remove_entry(k), lambda d, k: None)

    @rule(pairs=st.lists(st.tuples(KEYS, VALUES), max_size=6))
    def update(self, pairs):
        self.both(None, lambda m, _: m.update(pairs), lambda d, _: d.update(pairs))

    @rule(key=KEYS, plan=st.sampled_from([None, *PLANS]))
    def count(self, key, plan):
        """The chain; a dict takes two lookups for it."""
        self.both(
            key,
            lambda m, k: m.entry(k).and_update(lambda v: 7).or_insert(1).value,
            lambda d, k: d.setdefault(k, 1) if d.get(k, d) is d else (d.update({k: 7}), d[k])[1],
            plan,
        )

    @rule(key=KEYS, value=VALUES)
    def by_entry(self, key, value):
        expected = self.dict.get(key, self)
        match self.map.entry(key):
            case Entry.Occupied(e):
                assert e.get() is expected
                assert e.insert(value) is expected
                assert e.key() is next(k for k in self.dict if k is key or k == key)
                self.dict[key] = value
            case Entry.Vacant(e):
                assert expected is self
                assert e.key() is key
                assert e.insert_entry(value).get() is value
                self.dict[key] = value

    @rule(key=KEYS)
    def remove_by_entry(self, key):
        match self.map.entry(key):
            case Entry.Occupied(e):
                stored, value = e.remove_entry()
                assert any(stored is k for k in self.dict)
                assert self.dict.pop(stored) is value
                with pytest.raises(MovedError):
                    e.get()
            case Entry.Vacant(e):
                assert e.into_key() is key
                assert key not in self.dict

    @rule(key=KEYS, value=VALUES)
    def by_ref_mut(self, key, value):
        r = self.map.get_mut(key)
        assert (r is None) is (key not in self.dict)
        if r:
            assert r.replace(value) is self.dict[key]
            new = [value]
            r.apply(lambda _: new)
            assert r.value is new
            self.dict[key] = new

    @rule(key=KEYS, value=VALUES)
    def try_insert(self, key, value):
        try:
            r = self.map.try_insert(key, value)
        except OccupiedError as refused:
            assert refused.value is value
            assert refused.entry.get() is self.dict[key]
        else:
            assert key not in self.dict
            assert r.value is value
            self.dict[key] = value

    @rule(key=KEYS, other=KEYS, value=VALUES)
    def a_handle_that_ended(self, key, other, value):
        """Its map works on, and nothing was written through it."""
        e = self.map.entry(key)
        self.map.insert(other, value)
        self.dict[other] = value
        with pytest.raises(BorrowError):
            e.or_insert("lost")

    @rule(key=KEYS, value=VALUES)
    def a_factory_that_interferes(self, key, value):
        match self.map.entry(key):
            case Entry.Vacant(e):
                with pytest.raises(BorrowError):
                    e.or_insert_with(lambda: self.map.insert("planned", value))
                self.dict["planned"] = value
                if key == "planned":
                    assert self.map["planned"] is value

    @rule(key=KEYS, value=VALUES)
    def get_or_insert_with(self, key, value):
        expected = self.dict.setdefault(key, value)
        assert self.map.get_or_insert_with(key, lambda: value) is expected

    @rule(key=KEYS)
    def upsert(self, key):
        self.dict[key] = self.dict[key] if key in self.dict else 1
        self.map.upsert(key, 1, lambda old, new: old)

    @precondition(lambda self: self.dict)
    @rule(data=st.data(), value=VALUES)
    def loop_and_write(self, data, value):
        for k in self.map:
            self.map[k] = value
            self.map.setdefault(k, "lost")
        self.dict = dict.fromkeys(self.dict, value)
        key = data.draw(st.sampled_from(list(self.dict)))
        assert self.map.pop(key) is self.dict.pop(key)

    @rule()
    def clone(self):
        self.map = self.map.clone()

    @rule()
    def clear(self):
        self.map.clear()
        self.dict.clear()

    @invariant()
    def same_pairs(self):
        assert len(self.map) == len(self.dict) <= self.map.capacity() or not self.dict
        mine = {id(key): value for key, value in self.map.items()}
        assert mine.keys() == set(map(id, self.dict)), "the stored keys are the same objects"
        assert all(mine[id(key)] == value for key, value in self.dict.items())
        assert self.map == self.dict
        assert all(key in self.map for key in self.dict)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=3 * settings.default.max_examples,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
