"""What `help()` shows: every class and method has its docstring, with std's page where std has it, and a signature."""

import inspect
import re

import pytest

import entrymap
from entrymap import HashMap

# What dict has and std has not, and what neither has.
NOT_IN_STD = {
    "HashMap": "copy fromkeys get_or_insert_with group items merge pop popitem setdefault tally update upsert",
    "Entry": "and_update entry",
    "RefMut": "apply set value",
    "KeysView": "isdisjoint mapping",
    "ValuesView": "mapping",
    "ItemsView": "isdisjoint mapping",
    "FoldState": "seed",
}
# Other pages stand in for std's: foldhash's, or rustc's list of errors.
ELSEWHERE = {"FoldHasher", "FoldState", *(name for name in entrymap.__all__ if name.endswith("Error"))}
STD = re.compile(r"^See <https://doc\.rust-lang\.org/std/[\w/.]+\.html(#(ty)?method\.\w+)?>\.$", re.MULTILINE)


def methods():
    for owner in entrymap.__all__:
        for name, thing in vars(getattr(entrymap, owner)).items():
            if not name.startswith("_") and not inspect.isclass(thing) and name != "code":
                yield f"{owner}.{name}"


def named(name):
    thing = entrymap
    for part in name.split("."):
        thing = getattr(thing, part)
    return thing


METHODS = list(methods())
CALLED = [name for name in METHODS if callable(named(name))]


@pytest.mark.parametrize("name", [*entrymap.__all__, *METHODS])
def test_a_docstring_begins_with_one_sentence(name):
    first, *rest = inspect.getdoc(named(name)).splitlines()
    assert re.fullmatch(r"[A-Z`].*[^.]\.", first)
    assert rest[:1] in ([], [""])


@pytest.mark.parametrize("name", sorted({*entrymap.__all__, *METHODS} - ELSEWHERE))
def test_a_docstring_names_std_s_page(name):
    owner, _, method = name.partition(".")
    assert len(STD.findall(inspect.getdoc(named(name)))) == (method not in NOT_IN_STD.get(owner, "").split())


@pytest.mark.parametrize("name", CALLED)
def test_a_method_has_a_signature(name):
    parameters = inspect.signature(named(name)).parameters.values()
    assert [parameter.name for parameter in parameters if parameter.default is ...] == []


SIGNATURES = {
    "pop": "(self, key, /, *default)",
    "get": "(self, key, default=None, /)",
    "update": "(self, source=(), /, **kwargs)",
    "with_capacity": "(capacity, /)",
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_signature(name):
    assert str(inspect.signature(getattr(HashMap, name))) == SIGNATURES[name]
