"""Keys, values, functions and iterables that interfere with the map, each in a child process with a time limit."""

import pytest
from hostile_keys import DEEDS
from support import run_in_child

KEYS = [
    "raising_ends_no_handle",
    "dropping_the_map",
    "equality_that_always_writes",
    "a_thread_that_always_writes",
    "two_threads_with_keys_that_wait_for_each_other",
    "a_key_that_removes_and_restores_itself",
    "equality_that_recurses",
]

VALUES = [
    "finalizing_while_the_map_dies",
    "a_dying_key_that_writes",
    "a_value_that_comes_back",
    "factories_that_recurse",
    "a_function_that_uses_its_own_entry",
    "closures_that_keep_their_ref_mut",
    "updating_from_its_own_iterators",
    "interpreter_exit",
    "values_that_compare_and_interfere",
]


@pytest.mark.parametrize("case", KEYS)
def test_a_hostile_key(case):
    run_in_child("hostile_keys.py", case)


@pytest.mark.parametrize("case", VALUES)
def test_a_hostile_value_or_function(case):
    run_in_child("hostile_values.py", case)


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("hook", ["on_eq", "on_hash"])
def test_a_key_that_interferes_while_it_is_looked_up(hook, deed):
    run_in_child("hostile_keys.py", "interfering", hook, deed)


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed != "raises"])
@pytest.mark.parametrize("kind", ["del", "weakref"])
def test_a_value_that_interferes_when_it_dies(kind, deed):
    run_in_child("hostile_values.py", "finalizing", kind, deed)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_function_that_interferes(deed):
    run_in_child("hostile_values.py", "factories", deed)


@pytest.mark.parametrize("deed", DEEDS)
def test_an_iterable_that_interferes_with_update(deed):
    run_in_child("hostile_values.py", "updating", deed)
