"""How an iterable is walked, whichever verb walks it."""

import operator

import pytest
from support import run_in_child

from entrymap import HashMap

VERBS = {
    "tally": lambda m, keys: m.tally(keys),
    "group": lambda m, keys: m.group(Pairs(keys)),
    "merge": lambda m, keys: m.merge(Pairs(keys), operator.add),
    "update": lambda m, keys: m.update(Pairs(keys)),
}


class Pairs:
    """Each item of an iterable with a one."""

    def __init__(self, keys):
        self.keys_of = keys

    def __iter__(self):
        return ((key, 1) for key in self.keys_of)


class Reaching:
    """Reaches for the list that it lies in when it is hashed."""

    def __init__(self, deed):
        self.deed = deed

    def __hash__(self):
        deed, self.deed = self.deed, lambda: None
        deed()
        return 7

    def __eq__(self, other):
        return self is other


def paired(verb, items):
    """What a verb takes that is given these items as keys: a list."""
    return items if verb == "tally" else [(item, 1) for item in items]


CALLS = {
    "tally": lambda m, items: m.tally(items),
    "group": lambda m, items: m.group(items),
    "merge": lambda m, items: m.merge(items, operator.add),
    "update": lambda m, items: m.update(items),
}


@pytest.mark.parametrize("verb", CALLS)
def test_a_list_that_grows_while_it_is_walked_is_walked_to_its_new_end(verb):
    items = []
    keys = [Reaching(lambda: items.extend(paired(verb, range(100)))), *"ab"]
    items.extend(paired(verb, keys))
    m = HashMap()
    CALLS[verb](m, items)
    assert len(m) == 103


@pytest.mark.parametrize("verb", CALLS)
def test_a_list_that_is_emptied_while_it_is_walked(verb):
    items = []
    key = Reaching(items.clear)
    items.extend(paired(verb, [key, *"ab"]))
    m = HashMap()
    CALLS[verb](m, items)
    assert list(m) == [key]


@pytest.mark.parametrize("verb", CALLS)
@pytest.mark.parametrize("base", [list, tuple])
def test_a_subclass_is_walked_its_own_way(verb, base):
    class Backwards(base):
        def __iter__(self):
            return iter(self[:0:-1])

    m = HashMap()
    CALLS[verb](m, Backwards(paired(verb, "abc")))
    assert sorted(m) == ["b", "c"]


class Lying:
    """Says that it is of another length than it is."""

    def __init__(self, items, length):
        self.items, self.length = items, length

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return self.length()

    __length_hint__ = __len__


@pytest.mark.parametrize("length", [lambda: 2**62, lambda: 0, lambda: 1 // 0, lambda: None])
@pytest.mark.parametrize("verb", CALLS)
def test_nobody_is_asked_for_a_length(verb, length):
    m = HashMap()
    CALLS[verb](m, Lying(paired(verb, "ab"), length))
    assert len(m) == 2


@pytest.mark.parametrize("verb", CALLS)
def test_the_iterators_own_exception_comes_through(verb):
    class Failing:
        def __iter__(self):
            return self

        def __next__(self):
            raise LookupError("mine")

    for source in (Failing(), (1 // n for n in [0])):
        with pytest.raises((LookupError, ZeroDivisionError)):
            CALLS[verb](HashMap(), source)


ENDLESS = [
    "tally",
    "tally of new keys",
    "group",
    "group of new keys",
    "merge by add",
    "merge by max",
    "update",
    "extend",
    "HashMap",
    "fromkeys",
    "tally of a list",
    "tally of a tuple",
    "tally of bytes",
    "group of a list",
    "merge of a dict",
    "merge of a HashMap",
]


@pytest.mark.parametrize("case", ENDLESS)
def test_ctrl_c_ends_a_verb(case):
    run_in_child("endless_cases.py", case)
