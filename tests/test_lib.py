"""What CONTRIBUTING.md says of the Rust files is so: the order of imports, who names std's map, where `unsafe` is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = {str(path.relative_to(ROOT / "src")): path.read_text() for path in sorted(ROOT.glob("src/**/*.rs"))}
HOUSE = (ROOT / "CONTRIBUTING.md").read_text().partition("## The house")[2].partition("\n## ")[0]
ORDER = re.findall(r"`([\w/]+\.rs)`", "".join(re.findall(r"^\| (`.*?) \|", HOUSE, re.MULTILINE)))

UNSAFE_FILES = {"cell.rs", "debug.rs", "iter.rs", "key.rs", "map/histogram.rs"}
UNSAFE = re.compile(r"\bunsafe (?:\{|impl)")
SAFETY = re.compile(r"// SAFETY: (.*?)\n(?!\s*//)", re.DOTALL)


def code(source):
    """The source without its comments."""
    return re.sub(r"//.*", "", source)


def imports(file):
    """The files whose names a file uses. What is no file of a folder stands in the folder's mod.rs."""
    folder = file.rpartition("/")[0]
    for root, name, sub in re.findall(r"\b(crate|super|self)::(\w*)(?:::(\w+))?", code(SOURCES[file])):
        inside = "" if root == "crate" or not folder else f"{folder}/"
        candidates = (f"{inside}{name}/{sub}.rs", f"{inside}{name}.rs", f"{inside}{name}/mod.rs", f"{inside}mod.rs")
        yield next(candidate for candidate in candidates if candidate in SOURCES)


def proofs(file):
    """The SAFETY comments of a file, each on one line."""
    return [re.sub(r"\s*\n\s*// ", " ", comment) for comment in SAFETY.findall(SOURCES[file])]


def test_the_house_lists_every_file():
    assert sorted(ORDER) == list(SOURCES)


@pytest.mark.parametrize("file", SOURCES)
def test_a_file_imports_only_from_those_above_it(file):
    above = ORDER[: ORDER.index(file)]
    assert set(imports(file)) <= set(above)


def test_one_file_names_std_s_map():
    assert [file for file, source in SOURCES.items() if "collections::HashMap" in code(source)] == ["table.rs"]
    others = {file: re.findall(r"hash_map::([^;]+);", code(source)) for file, source in SOURCES.items()}
    assert {name.split()[0] for file in others.keys() - {"table.rs"} for name in others[file]} <= {"Iter", "Entry"}
    assert {file for file, names in others.items() if names} <= {"table.rs", "iter.rs", "entry/mod.rs"}


def test_unsafe_is_rare_and_where_it_may_be():
    blocks = {file: len(UNSAFE.findall(code(source))) for file, source in SOURCES.items()}
    assert {file for file, count in blocks.items() if count} <= UNSAFE_FILES
    assert sum(blocks.values()) < 10
    assert {file: len(proofs(file)) for file in SOURCES} == blocks


@pytest.mark.parametrize(
    "proof", [proof for file in SOURCES for proof in proofs(file)], ids=lambda proof: re.sub(r"\W+", " ", proof)[:40]
)
def test_a_test_holds_what_unsafe_relies_on(proof):
    file, test = re.search(r"(tests/\S+?\.py)(?:::(\w+))?", proof).groups()
    assert f"def {test or 'test_'}" in (ROOT / file).read_text()
