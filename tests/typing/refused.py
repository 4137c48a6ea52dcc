"""Programs that a checker must refuse; each line that it must name ends in `# refused`, and no other is named."""

from typing import assert_never

from entrymap import Entry, HashMap


def a_match_without_vacant(m: HashMap[str, int]) -> int:
    entry = m.entry("a")
    match entry:  # refused by basedpyright
        case Entry.Occupied(e):
            return e.get()
    assert_never(entry)  # refused


def a_value_of_another_type(m: HashMap[str, int]) -> None:
    m.entry("a").or_insert("one")  # refused


def a_key_of_another_type(m: HashMap[str, int]) -> None:
    m.entry(1)  # refused


def arithmetic_on_a_handle(m: HashMap[str, int]) -> int:
    return m.entry("a").or_insert(1) + 1  # refused


def a_handle_that_may_be_none(m: HashMap[str, int]) -> int:
    return m.get_mut("a").value  # refused


def a_vacant_entry_has_no_value(m: HashMap[str, int]) -> int:
    match m.entry("a"):
        case Entry.Occupied(e):
            return e.get()
        case Entry.Vacant(e):
            return e.get()  # refused


def a_closure_whose_result_is_lost(m: HashMap[str, int]) -> None:
    def add_one(n: int) -> int:
        return n + 1

    m.entry("a").and_modify(add_one)  # refused


def a_tally_of_values_that_are_no_numbers(m: HashMap[str, str]) -> None:
    m.tally("hello")  # refused


def a_group_of_values_that_are_no_lists(m: HashMap[str, int]) -> None:
    m.group([("a", 1)])  # refused
