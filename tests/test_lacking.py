"""A lack of memory: for what grows with the map, and for every small object that a call makes on the way."""

import os
import sys

import pytest
from crowded_cases import CASES
from support import run_in_child

pytest.importorskip("_testcapi", reason="CPython's own means to refuse memory")
from lacking_cases import CALLS

# PyO3 makes tuples, lists, texts, ints and the arguments of exceptions by calls that panic where there is no memory.
PANICS = pytest.mark.xfail(reason="PyO3's constructors panic where there is no memory", strict=True)
PANICKING = {
    *("iter", "items", "iter_mut", "drain", "into_iter", "extract_if", "get_disjoint_mut", "get_disjoint_mut twice"),
    *(
        "update",
        "HashMap",
        "group",
        "merge",
        "clone_from",
        "==",
        "deepcopy",
        "pickle",
        "text",
        "views",
    ),
    *("pop", "absent", "try_insert", "try_reserve", "negative", "ended", "moved", "attribute", "arithmetic"),
    *("capacity", "hashers", "views"),
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each attempt is a fork")
@pytest.mark.parametrize("call", [pytest.param(call, marks=[PANICS] * (call in PANICKING)) for call in CALLS])
def test_a_piece_of_memory_that_is_refused_is_a_memory_error(call):
    run_in_child("lacking_cases.py", call)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="RLIMIT_AS bounds a process only on Linux")
@pytest.mark.parametrize("case", CASES)
def test_what_finds_no_room_is_a_memory_error_and_changes_nothing(case):
    run_in_child("crowded_cases.py", case)
