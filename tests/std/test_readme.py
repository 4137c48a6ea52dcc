"""The tables of README.md name every public method, and the suite holds every number."""

import inspect
import re
from pathlib import Path

import pytest

import entrymap

HERE = Path(__file__).parent

# The gaps are for what Python has nothing like: panics in Drop and Clone, unsafe code, allocators, coercions of types.
NUMBERS = {
    "S": set(range(1, 53)) - {48},
    "H": {1, 4, 5, 9, 15, 17, 18},
    "D": set(range(1, 75)) - {8, 9},
    "B": set(range(1, 69)) - {40, 49, 58, 59, 60, 65},
    "A": set(range(1, 23)),
    "P": set(range(1, 11)),
}
TESTS = {
    number
    for path in HERE.glob("test_*.py")
    for number in re.findall(r"^def test_([A-Z]\d\d)_", path.read_text(), re.M)
}


def test_every_number_has_its_test():
    assert len(NUMBERS["S"]) + len(NUMBERS["H"]) == 58
    assert len(NUMBERS["D"]) == 72
    assert TESTS == {f"{letter}{number:02}" for letter, numbers in NUMBERS.items() for number in numbers}


def sections():
    """For each heading the classes it names and the rows below it."""
    for section in (HERE / "README.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        title, *lines = section.splitlines()
        rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("|")]
        yield title.split(", "), rows[2:]


def methods(rows):
    """The names in the second column; what is no plain name there is an operator or a call."""
    return {name for _, python, _ in rows for name in re.findall(r"`(\w+)`", python)}


CLASSES = {
    name: value
    for name, value in vars(entrymap).items()
    if inspect.isclass(value) and not issubclass(value, BaseException)
}
SECTIONS = {title: rows for titles, rows in sections() for title in titles}


def test_every_class_has_its_table():
    assert SECTIONS.keys() == CLASSES.keys()


@pytest.mark.parametrize("name", CLASSES)
def test_every_public_method_is_there(name):
    public = {method for method in vars(CLASSES[name]) if not method.startswith("_")}
    assert public - methods(SECTIONS[name]) == set()


@pytest.mark.parametrize(("titles", "rows"), [pytest.param(titles, rows, id=titles[0]) for titles, rows in sections()])
def test_no_method_is_there_that_no_class_has(titles, rows):
    known = {method for title in titles for method in dir(CLASSES[title])}
    assert methods(rows) - known == set()


def test_the_tests_it_names_are_there():
    named = {test for _, rows in sections() for row in rows for test in row[2].split()}
    files = {test for test in named if test.startswith("../")}
    assert named - files - TESTS == set()
    assert {file for file in files if not (HERE / file).is_file()} == set()
