"""CPython's own tests of mappings, and those of `dict` with `HashMap` put in for it.

What is left out is named below with its reason; where the rest of a test still matters it is written afresh.
"""

import ast
import inspect
from collections import UserDict

import pytest

from entrymap import HashMap

mapping_tests = pytest.importorskip("test.mapping_tests", reason="some distributions come without CPython's tests")
test_dict = pytest.importorskip("test.test_dict", reason="some distributions come without CPython's tests")

NO_ORDER = "there is no order: two equal maps give their pairs in different ones"
TEXT = "a HashMap prints as HashMap({...}), and its views likewise"
NOT_OURS = "about instance dictionaries, which stay dicts"
UNTRACKED = "a dict of plain values leaves the collector's list; a HashMap stays on it, and shows it nothing"

LEFT_OUT_OF_MAPPING_TESTS = {
    "test_popitem": NO_ORDER,
    "test_repr": TEXT,
}
LEFT_OUT_OF_DICT_TESTS = {
    "test_popitem": NO_ORDER,
    "test_dict_copy_order": NO_ORDER,
    "test_reversed": NO_ORDER,
    "test_reverse_iterator_for_empty_dict": NO_ORDER,
    "test_reverseiterator_pickling": NO_ORDER,
    "test_reverseitemiterator_pickling": NO_ORDER,
    "test_reversevaluesiterator_pickling": NO_ORDER,
    "test_dict_items_result_gc_reversed": NO_ORDER,
    "test_repr": TEXT,
    "test_keys": TEXT,
    "test_values": TEXT,
    "test_items": TEXT,
    "test_reverse_iterator_for_shared_shared_dicts": NOT_OURS,
    "test_splittable_setdefault": NOT_OURS,
    "test_splittable_del": NOT_OURS,
    "test_splittable_pop": NOT_OURS,
    "test_splittable_pop_pending": NOT_OURS,
    "test_splittable_popitem": NOT_OURS,
    "test_splittable_update": NOT_OURS,
    "test_track_literals": UNTRACKED,
    "test_track_dynamic": UNTRACKED,
    "test_merge_and_mutate": "update reads a HashMap before it stores anything, so that nothing is lost",
}


class HashMapForDict(ast.NodeTransformer):
    """Rewrites `dict`, `{k: v}` and `{k: v for ...}`. A dict on the way would hash each key once more."""

    def visit_Name(self, node):
        return ast.Name("HashMap", node.ctx) if node.id == "dict" else node

    def visit_Dict(self, node):
        self.generic_visit(node)
        pairs = [ast.Tuple([key, value], ast.Load()) for key, value in zip(node.keys, node.values, strict=True)]
        return hash_map_of(ast.List(pairs, ast.Load()))

    def visit_DictComp(self, node):
        self.generic_visit(node)
        return hash_map_of(ast.GeneratorExp(ast.Tuple([node.key, node.value], ast.Load()), node.generators))


def hash_map_of(pairs):
    return ast.Call(ast.Name("HashMap", ast.Load()), [pairs], [])


def with_hash_map_for_dict(test_case):
    """The same test case about `HashMap`."""
    lines, first = inspect.getsourcelines(test_case)
    tree = ast.increment_lineno(HashMapForDict().visit(ast.parse("".join(lines))), first - 1)
    names = {**vars(inspect.getmodule(test_case)), "HashMap": HashMap, "__name__": __name__}
    exec(compile(ast.fix_missing_locations(tree), inspect.getfile(test_case), "exec"), names)
    return names[test_case.__name__]


def without(left_out):
    """Takes tests out of a test case."""

    def cut(test_case):
        for name in left_out:
            if hasattr(test_case, name):
                setattr(test_case, name, None)
        return test_case

    return cut


class SubMap(HashMap):
    pass


class TestBasicMappingProtocol(mapping_tests.BasicTestMappingProtocol):
    type2test = HashMap


class TestBasicMappingProtocolOfASubclass(mapping_tests.BasicTestMappingProtocol):
    type2test = SubMap


@without(LEFT_OUT_OF_MAPPING_TESTS)
class TestMappingProtocol(mapping_tests.TestMappingProtocol):
    type2test = HashMap


@without(LEFT_OUT_OF_MAPPING_TESTS)
class TestHashMappingProtocol(mapping_tests.TestHashMappingProtocol):
    type2test = HashMap


@without(LEFT_OUT_OF_DICT_TESTS)
class TestDict(with_hash_map_for_dict(test_dict.DictTest)):
    pass


@pytest.mark.parametrize(
    "name",
    [
        "test_mutating_lookup",
        "test_mutating_iteration",
        "test_mutating_iteration_delete",
        "test_mutating_iteration_delete_over_values",
        "test_mutating_iteration_delete_over_items",
        "test_bad_key",
        "test_resize1",
        "test_resize2",
        "test_setitem_atomic_at_resize",
        "test_errors_in_view_containment_check",
        "test_reentrant_insertion",
        "test_equal_operator_modifying_operand",
        "test_free_after_iterating",
        "test_container_iterator",
        "test_repr_deep",
    ],
)
def test_the_hostile_cases_are_among_them(name):
    assert callable(getattr(TestDict, name))


@pytest.mark.parametrize("copied", [False, True])
@pytest.mark.parametrize("size", [1, 2, 7, 8, 64, 1000])
def test_popitem_gives_each_pair_once(size, copied):
    m = HashMap((str(i), i) for i in range(size))
    m = m.copy() if copied else m
    pairs = [m.popitem() for _ in range(size)]
    assert sorted(value for _, value in pairs) == list(range(size))
    assert all(key == str(value) for key, value in pairs)
    assert not m
    with pytest.raises(KeyError):
        m.popitem()


def test_repr_of_maps_and_views():
    m = HashMap()
    assert repr(m) == "HashMap({})"
    m[1] = 2
    assert repr(m) == "HashMap({1: 2})"
    assert repr(m.keys()) == "KeysView([1])"
    assert repr(m.values()) == "ValuesView([2])"
    assert repr(m.items()) == "ItemsView([(1, 2)])"
    m[1] = m
    assert repr(m) == "HashMap({1: {...}})"
    m[1] = UnprintableError()
    with pytest.raises(UnprintableError):
        repr(m)


class UnprintableError(Exception):
    def __repr__(self):
        raise self


def test_repr_of_a_subclass_names_it():
    assert repr(SubMap(a=1)) == "SubMap({'a': 1})"


@pytest.mark.parametrize("of", [lambda m: m, HashMap.keys, HashMap.values, HashMap.items])
def test_nothing_is_reversible(of):
    with pytest.raises(TypeError):
        reversed(of(HashMap(a=1)))


@pytest.mark.parametrize("method", ["keys", "values", "items"])
def test_views_take_no_argument(method):
    with pytest.raises(TypeError):
        getattr(HashMap(a=1), method)(None)


def test_merge_of_a_map_that_is_cleared_meanwhile():
    class ClearsTheOther:
        def __hash__(self):
            return 0

        def __eq__(self, _):
            other.clear()
            return False

    pairs = [(i, 0) for i in range(1, 1337)]
    other = HashMap(pairs)
    other[ClearsTheOther()] = 0
    m = HashMap([(ClearsTheOther(), 0), (1, 1)])
    m.update(other)
    assert other.is_empty()
    assert len(m) == len(pairs) + 2
    assert all(m[key] == value for key, value in pairs)


def test_merge_with_what_is_no_hash_map():
    m = HashMap(a=1, b=2)
    assert m | {"b": 3} == {"a": 1, "b": 3}
    assert {"b": 3} | m == {"a": 1, "b": 2}
    assert type(m | {}) is type({} | m) is HashMap
    m |= UserDict(c=4)
    assert m == {"a": 1, "b": 2, "c": 4}
