import sys

import pytest
from support import Node, Unprintable

from entrymap import HashMap


@pytest.mark.parametrize(
    ("m", "text", "pretty"),
    [
        (HashMap(), "{}", "{}"),
        (HashMap(a=1), "{'a': 1}", "{\n    'a': 1,\n}"),
        (HashMap({1: HashMap()}), "{1: {}}", "{\n    1: {},\n}"),
        (HashMap({1: HashMap({2: "b"})}), "{1: {2: 'b'}}", "{\n    1: {\n        2: 'b',\n    },\n}"),
        (HashMap({(1, 2): [HashMap(x=1)]}), "{(1, 2): [HashMap({'x': 1})]}", None),
        (HashMap({"\n": "ä\U0001f600"}), "{'\\n': 'ä\U0001f600'}", "{\n    '\\n': 'ä\U0001f600',\n}"),
    ],
)
def test_a_map(m, text, pretty):
    assert f"{m:?}" == text
    if pretty:
        assert f"{m:#?}" == pretty
    assert f"{m}" == str(m) == repr(m)


def test_repr_names_the_class():
    class Scores(HashMap):
        pass

    assert repr(HashMap({"a": [1]})) == "HashMap({'a': [1]})"
    assert repr(Scores(a=HashMap())) == "Scores({'a': {}})"
    assert eval(repr(HashMap(a=1, b="c")), {"HashMap": HashMap}) == HashMap(a=1, b="c")


def test_several_pairs_in_any_order():
    m = HashMap(a=1, b=2)
    assert repr(m) in ("HashMap({'a': 1, 'b': 2})", "HashMap({'b': 2, 'a': 1})")
    assert f"{m:#?}" in ("{\n    'a': 1,\n    'b': 2,\n}", "{\n    'b': 2,\n    'a': 1,\n}")


def test_a_map_inside_itself():
    m = HashMap()
    m["me"] = m
    assert repr(m) == "HashMap({'me': {...}})"
    assert f"{m:?}" == "{'me': {...}}"
    m["me"] = [m]
    assert repr(m) == "HashMap({'me': [HashMap({...})]})"
    assert repr(m) == "HashMap({'me': [HashMap({...})]})"
    inner = HashMap(outer=m)
    m["me"] = inner
    assert repr(m) == "HashMap({'me': {'outer': {...}}})"


def test_handles_inside_their_map():
    m = HashMap(n=0)
    m["n"] = m.get_mut("n")
    assert repr(m) == "HashMap({'n': <RefMut ended>})"
    m = HashMap(n=0)
    r = m.get_mut("n")
    r.value = r
    assert repr(m) == "HashMap({'n': RefMut(RefMut(...))})"
    assert str(r) == "RefMut(...)"
    e = m.entry("n")
    e.get_mut().value = e
    assert repr(e) == "OccupiedEntry { key: 'n', value: OccupiedEntry(...), .. }"


def test_views_and_iterators_inside_their_map():
    m = HashMap()
    m["v"] = m.values()
    assert repr(m) == "HashMap({'v': ValuesView([ValuesView(...)])})"
    m["v"] = m.items()
    assert repr(m.items()) == "ItemsView([('v', ItemsView([('v', ItemsView(...))]))])"
    m["v"] = None
    it = m.iter()
    m["v"] = it
    assert repr(it) == "Iter([('v', Iter([...]))])"


def test_a_repr_that_raises_reaches_the_caller_and_leaves_no_mark():
    broken = Unprintable()
    m = HashMap(a=broken)
    for show in (repr, str, "{:?}".format, "{:#?}".format):
        with pytest.raises(ZeroDivisionError):
            show(m)
    for shown in (m.iter(), m.values(), m.items(), m.get_mut("a")):
        with pytest.raises(ZeroDivisionError):
            repr(shown)
    m["a"] = m
    assert repr(m) == "HashMap({'a': {...}})"


def test_a_repr_that_changes_the_map():
    class Clearing:
        def __repr__(self):
            m.clear()
            return "Clearing()"

    m = HashMap((n, Clearing()) for n in range(3))
    assert repr(m).count("Clearing()") == 3
    assert len(m) == 0


@pytest.mark.parametrize("spec", ["x", ">10", "??", "#", " ?"])
def test_other_formats_are_a_type_error(spec):
    m = HashMap(a=1)
    for shown in (m, m.iter(), m.keys(), m.items(), m.entry("a")):
        with pytest.raises(TypeError, match="unsupported format string"):
            format(shown, spec)


def test_a_deep_nest_is_a_recursion_error():
    m = HashMap()
    for n in range(5000):
        m = HashMap({n: m})
    for show in (repr, "{:?}".format, "{:#?}".format):
        with pytest.raises(RecursionError):
            show(m)


def test_a_nest_within_the_limit_is_printed_whole():
    m = HashMap()
    for _ in range(sys.getrecursionlimit() // 10):
        m = HashMap({0: m})
    assert f"{m:?}" == "{0: " * (sys.getrecursionlimit() // 10) + "{}" + "}" * (sys.getrecursionlimit() // 10)


def test_text_that_no_encoding_holds_is_replaced():
    class Lone:
        def __repr__(self):
            return "\ud800"

    assert repr(HashMap(a=Lone())) == "HashMap({'a': \ufffd\ufffd\ufffd})"


def test_a_node_is_shown_by_its_own_repr():
    node = Node()
    assert repr(HashMap({1: node})) == f"HashMap({{1: {node!r}}})"
