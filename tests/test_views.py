import collections.abc
import operator

import pytest
from support import Counted

from entrymap import BorrowError, HashMap, ItemsView, KeysView, ValuesView

D = {"a": 1, "b": 2, "c": 3}


@pytest.fixture
def m():
    return HashMap(D)


def test_the_classes(m):
    for view, cls, abc in [
        (m.keys(), KeysView, collections.abc.KeysView),
        (m.values(), ValuesView, collections.abc.ValuesView),
        (m.items(), ItemsView, collections.abc.ItemsView),
    ]:
        assert type(view) is cls
        assert isinstance(view, abc)
        assert cls[int].__origin__ is cls
        with pytest.raises(TypeError):
            cls()


def test_views_are_live(m):
    keys, values, items = m.keys(), m.values(), m.items()
    m["d"] = 4
    del m["a"]
    assert len(keys) == len(values) == len(items) == 3
    assert set(keys) == {"b", "c", "d"}
    assert sorted(values) == [2, 3, 4]
    assert ("d", 4) in items
    assert ("a", 1) not in items


def test_containment_compares_keys_as_the_map_does_and_values_by_identity_first():
    nan = float("nan")
    m = HashMap({1: nan, "l": []})
    assert 1.0 in m.keys()
    assert (True, nan) in m.items()
    assert (1, float("nan")) not in m.items()
    assert ("l", []) in m.items()
    assert nan in m.values()
    for no_pair in (1, "ab", (1,), (1, 2, 3), [1, nan]):
        assert no_pair not in m.items()
    for view, item in ((m.keys(), []), (m.items(), ([], 1))):
        with pytest.raises(TypeError, match="unhashable"):
            item in view


OPERATORS = [operator.and_, operator.or_, operator.sub, operator.xor]
COMPARISONS = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]
OTHERS = [set(), {"a"}, {"a", "b", "c"}, {"a", "b", "c", "d"}, {"x"}, {"a", "x"}, frozenset("abc"), dict(a=0).keys()]
PAIRS = [set(), {("a", 1)}, set(D.items()), {*D.items(), 5}, {("a", 2)}, {5}, D.items()]


@pytest.mark.parametrize("operation", OPERATORS + COMPARISONS)
@pytest.mark.parametrize("other", OTHERS)
def test_keys_are_a_set_as_a_dicts_are(m, operation, other):
    assert operation(m.keys(), other) == operation(D.keys(), other)
    assert operation(other, m.keys()) == operation(other, D.keys())


@pytest.mark.parametrize("operation", OPERATORS + COMPARISONS)
@pytest.mark.parametrize("other", PAIRS)
def test_items_are_a_set_as_a_dicts_are(m, operation, other):
    assert operation(m.items(), other) == operation(D.items(), other)
    assert operation(other, m.items()) == operation(other, D.items())


@pytest.mark.parametrize("operation", OPERATORS)
def test_the_other_side_may_be_any_iterable(m, operation):
    assert operation(m.keys(), ["a", "x"]) == operation(D.keys(), ["a", "x"])
    assert operation(m.items(), iter([("a", 1)])) == operation(D.items(), [("a", 1)])
    for no_iterable in (5, None):
        with pytest.raises(TypeError):
            operation(m.keys(), no_iterable)


@pytest.mark.parametrize("compare", COMPARISONS)
def test_views_of_two_maps(m, compare):
    n = HashMap(a=1, b=2)
    assert compare(m.keys(), n.keys()) == compare(D.keys(), {"a": 1, "b": 2}.keys())
    assert compare(n.items(), m.items()) == compare({"a": 1, "b": 2}.items(), D.items())


def test_what_is_no_set_does_not_compare(m):
    assert m.keys() != ["a", "b", "c"]
    with pytest.raises(TypeError):
        m.keys() < ["a"]
    with pytest.raises(TypeError):
        m.values() & {1}
    assert m.values() != m.values()


def test_isdisjoint(m):
    for view, other in [("keys", "xy"), ("keys", "xa"), ("items", [("a", 2)]), ("items", [("a", 1)]), ("keys", [])]:
        assert getattr(m, view)().isdisjoint(other) == getattr(D, view)().isdisjoint(other)
    keys = m.keys()
    assert not keys.isdisjoint(keys)


def test_views_and_hashes(m):
    for view in (m.keys(), m.items()):
        with pytest.raises(TypeError, match="unhashable"):
            hash(view)
    assert hash(m.values()) is not None


def test_mapping_is_the_map_read_only(m):
    proxy = m.keys().mapping
    m["d"] = 4
    assert proxy["d"] == 4
    with pytest.raises(TypeError):
        proxy["d"] = 5


def test_text():
    m = HashMap(a=1)
    assert [repr(m.keys()), repr(m.values()), repr(m.items())] == [
        "KeysView(['a'])",
        "ValuesView([1])",
        "ItemsView([('a', 1)])",
    ]
    assert [f"{m.keys():?}", f"{m.values():#?}"] == ["['a']", "[\n    1,\n]"]
    assert str(m.keys()) == f"{m.keys()}" == repr(m.keys())


def test_a_view_is_no_handle(m):
    keys = m.keys()
    r = m.get_mut("a")
    assert (len(keys), "a" in keys, list(keys) == list(m), r.value) == (3, True, True, 1)
    it = iter(keys)
    m.clear()
    assert list(keys) == []
    with pytest.raises(BorrowError):
        next(it)


def test_a_lookup_through_a_view_hashes_once_and_compares_the_stored_key():
    stored = Counted("a")
    m = HashMap({stored: 1})
    for contains in (lambda k: k in m.keys(), lambda k: (k, 1) in m.items()):
        Counted.journal.clear()
        asked = Counted("a")
        assert contains(asked)
        assert Counted.journal == [("hash", asked), ("eq", stored, asked)]


def test_a_view_survives_the_name_of_its_map():
    keys = HashMap(a=1).keys()
    assert list(keys) == ["a"]
