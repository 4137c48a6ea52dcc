"""What IPython, rich, pprint and Pydantic make of a map."""

import copy
import datetime as dt
import pickle
import pprint
import subprocess
import sys
from typing import Generic, TypeVar

import pydantic
import pytest
import rich.pretty
from IPython.core.completer import IPCompleter, provisionalcompleter
from IPython.lib.pretty import pretty

from entrymap import FoldState, HashMap, MovedError

K = TypeVar("K")
V = TypeVar("V")


class Named(HashMap):
    pass


class Hostile:
    """A key that can be hashed once."""

    def __init__(self):
        self.hashed = False

    def __hash__(self):
        if self.hashed:
            raise RuntimeError("hashed again")
        self.hashed = True
        return 1

    def __repr__(self):
        return "Hostile()"


def moved():
    m = HashMap(a=1)
    m.into_iter()
    return m


def nested():
    return HashMap(inner=HashMap({n: "v" * 20 for n in range(5)}))


def inside_itself():
    m = HashMap()
    m["me"] = m
    return m


PRINTERS = {"IPython": pretty, "rich": rich.pretty.pretty_repr, "pprint": pprint.pformat}


def printed(printer, m):
    """What a printer makes of a map, without the spaces that it may choose."""
    return "".join(PRINTERS[printer](m).split())


@pytest.mark.parametrize("printer", PRINTERS)
class TestPrinting:
    def test_a_short_map_stays_on_its_line(self, printer):
        assert PRINTERS[printer](Named(a=[1, 2])) == "Named({'a': [1, 2]})"

    def test_an_empty_map(self, printer):
        assert PRINTERS[printer](HashMap()) == "HashMap({})"

    def test_a_long_map_is_a_pair_to_a_line(self, printer):
        lines = PRINTERS[printer](nested()).splitlines()
        assert sum("v" * 20 in line for line in lines) == sum(line.count("'v") for line in lines) == 5
        assert printed(printer, HashMap({1: "v" * 90})) == f"HashMap({{1:'{'v' * 90}'}})"

    def test_a_moved_map(self, printer):
        assert PRINTERS[printer](moved()) == "<HashMap moved by into_iter>"
        assert "<HashMap moved by into_iter>" in PRINTERS[printer](["long" * 20, moved()])

    def test_a_map_inside_itself(self, printer):
        assert printed(printer, inside_itself()) in ("HashMap({'me':{...}})", "HashMap({'me':...})")
        m = inside_itself()
        m["long"] = "v" * 80
        assert printed(printer, m).count("'v") == 1

    def test_a_class_that_prints_itself(self, printer):
        class Own(HashMap):
            def __repr__(self):
                return "own"

        if printer != "rich":  # rich asks for its own method first, also of a class that derives from a known one
            assert PRINTERS[printer](Own(a="v" * 90)) == "own"

    def test_no_key_is_hashed_again(self, printer):
        m = HashMap([(Hostile(), "v" * 90)])
        assert printed(printer, m) == f"HashMap({{Hostile():'{'v' * 90}'}})"


def test_pprint_sorts_as_it_does_with_a_dict():
    d = {n: "v" * 20 for n in range(9, 0, -1)}
    text = pprint.pformat(d, indent=2)
    assert pprint.pformat(HashMap(d), indent=2).split("\n")[0] == f"HashMap({text.splitlines()[0]}"
    assert [line.strip() for line in pprint.pformat(HashMap(d)).removesuffix(")").splitlines()][1:] == [
        line.strip() for line in pprint.pformat(d).splitlines()
    ][1:]


OTHER_MAKES = [
    "del P._pprint_dict",
    "P._pprint_dict = lambda self: None",
    "P._dispatch, P._format = None, lambda self, value, stream, *rest: stream.write(repr(value))",
]


@pytest.mark.parametrize("change", OTHER_MAKES)
def test_a_pprint_of_another_make_prints_the_repr(change):
    program = f"""
import pprint
from pprint import PrettyPrinter as P
from entrymap import HashMap
{change}
assert pprint.pformat(HashMap(a="v" * 90)) == repr(HashMap(a="v" * 90))
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_no_tool_is_imported_before_it_asks():
    program = "import sys, entrymap; repr(entrymap.HashMap(a=1)); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    tools = {"IPython", "rich", "pprint", "pydantic", "pydantic_core", "typing", "entrymap._tools"}
    assert tools & set(done.stdout.split()) == set()


def completions(m, text):
    completer = IPCompleter(namespace={"m": m}, use_jedi=False)
    with provisionalcompleter():
        return {completion.text for completion in completer.completions(text, len(text))}


def test_ipython_completes_the_keys():
    m = HashMap({"apple": 1, "apricot": 2, "pear": 3})
    assert completions(m, 'm["ap') == {"apple", "apricot"}
    assert completions(moved(), 'm["ap') == set()


def test_ipython_stops_where_it_does_with_a_list():
    assert pretty(HashMap({n: n for n in range(2000)})).endswith("...})")


class Scores(pydantic.BaseModel):
    points: HashMap[str, int] = HashMap()
    days: HashMap[tuple[int, int], dt.date] = HashMap()


@pytest.mark.parametrize(
    "given",
    [{"a": 1}, {"a": "1"}, HashMap(a="1"), Named(a=1), [("a", 1)], iter([["a", "1"]])],
    ids=["dict", "to convert", "HashMap", "subclass", "pairs", "iterator"],
)
def test_a_field_takes_what_is_a_map(given):
    points = Scores(points=given).points
    assert type(points) is HashMap
    assert points == {"a": 1}


@pytest.mark.parametrize("given", ["", "ab", b"", 5, None, [("a",)], ["ab"], [("a", 1), 2]], ids=repr)
def test_a_field_refuses_what_is_none(given):
    with pytest.raises(pydantic.ValidationError) as caught:
        Scores(points=given)
    (error,) = caught.value.errors()
    assert (error["loc"], error["type"]) == (("points",), "dict_type")


@pytest.mark.parametrize("make", [dict, HashMap, list], ids=["dict", "HashMap", "pairs"])
def test_an_error_names_its_place(make):
    with pytest.raises(pydantic.ValidationError) as caught:
        Scores(points=make([("a", "x"), (1, 1)]))
    errors = {error["loc"]: error["type"] for error in caught.value.errors()}
    assert errors == {("points", "a"): "int_parsing", ("points", 1, "[key]"): "string_type"}


def test_keys_are_validated_before_they_are_hashed():
    days = Scores(days=[([1, 2], "2024-02-29")]).days
    assert days == {(1, 2): dt.date(2024, 2, 29)}


@pytest.mark.parametrize("given", [{"a": 1}, HashMap(a=1)], ids=["dict", "HashMap"])
def test_strict_takes_a_map(given):
    assert Scores.model_validate({"points": given}, strict=True).points == {"a": 1}


@pytest.mark.parametrize("given", [[("a", 1)], HashMap(a="1"), {"a": True}], ids=["pairs", "HashMap", "dict"])
def test_strict_converts_nothing(given):
    with pytest.raises(pydantic.ValidationError):
        Scores.model_validate({"points": given}, strict=True)


def test_a_map_keeps_its_hasher():
    given = HashMap.with_hasher(FoldState(7))
    given["a"] = "1"
    assert Scores(points=given).points.hasher() == FoldState(7)


def test_a_moved_map_is_refused():
    with pytest.raises(MovedError):
        Scores(points=moved())


@pytest.mark.parametrize("strict", [False, True])
def test_json_there_and_back(strict):
    dated = pydantic.TypeAdapter(HashMap[str, dt.date])
    text = b'{"a":"2024-02-29"}'
    m = dated.validate_json(text, strict=strict)
    assert m == {"a": dt.date(2024, 2, 29)}
    assert dated.dump_json(m) == text


def test_a_model_dumps_dicts():
    dumped = Scores(points={"a": 1}, days=[((1, 2), dt.date(2024, 2, 29))])
    assert dumped.model_dump() == {"points": {"a": 1}, "days": {(1, 2): dt.date(2024, 2, 29)}}
    assert type(dumped.model_dump()["points"]) is dict
    assert dumped.model_dump(mode="json") == {"points": {"a": 1}, "days": {"1,2": "2024-02-29"}}


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_json_schema_is_dict_s(mode):
    adapter, plain = pydantic.TypeAdapter(HashMap[str, int]), pydantic.TypeAdapter(dict[str, int])
    assert adapter.json_schema(mode=mode) == plain.json_schema(mode=mode)


def test_a_model_with_a_moved_map_prints():
    model = Scores(points={"a": 1})
    model.points.into_iter()
    assert repr(model) == "Scores(points=<HashMap moved by into_iter>, days=HashMap({}))"


@pytest.mark.parametrize("clone", [copy.copy, copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_model_is_copied(clone):
    assert clone(Scores(points={"a": 1})) == Scores(points={"a": 1})


class OneFree(HashMap[str, V]):
    pass


class OneFreeGeneric(HashMap[str, V], Generic[V]):
    pass


class Settled(OneFreeGeneric[int]):
    pass


class Below(Settled):
    pass


class Swapped(HashMap[K, V], Generic[V, K]):
    pass


class Other(Generic[V]):
    pass


class Mixin(Other[bytes], Settled):
    pass


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (HashMap, "1"),
        (Named, "1"),
        (OneFree, "1"),
        (OneFree[int], 1),
        (OneFreeGeneric[int], 1),
        (Settled, 1),
        (Below, 1),
        (Swapped[int, str], 1),
        (Mixin, 1),
        (HashMap[str, "int"], 1),
    ],
)
def test_the_types_of_a_subclass(kind, value):
    m = pydantic.TypeAdapter(kind).validate_python({"a": "1"})
    assert m == {"a": value}
    assert type(m) is getattr(kind, "__origin__", kind)


class Box(pydantic.BaseModel, Generic[V]):
    points: HashMap[str, V]


def test_types_that_a_model_supplies():
    assert Box[int](points={"a": "1"}).points == {"a": 1}
    assert Box[HashMap[str, int]](points={"a": {"b": "2"}}).points == {"a": HashMap(b=2)}


class Tree(pydantic.BaseModel):
    branches: HashMap[str, "Tree"] = HashMap()


def test_a_model_of_itself():
    grown = {"branches": {"a": {"branches": {"b": {"branches": {}}}}}}
    assert Tree(**grown).model_dump() == grown
