"""What the documents show is true: every Python block runs, and prints what the `text` block after it says."""

import contextlib
import copy
import doctest
import inspect
import io
import itertools
import operator
import re
from pathlib import Path
from typing import NamedTuple

import pytest

import entrymap

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    document: Path
    line: int
    code: str
    printed: str | None

    def run(self, namespace):
        """Run the block so that a traceback names its line in the document, and return what it prints."""
        code = compile("\n" * (self.line - 1) + self.code, self.document, "exec")
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(code, namespace)
        return out.getvalue()


def blocks_of(document):
    text = document.read_text(encoding="utf-8")
    fences = list(FENCE.finditer(text))
    for fence, after in itertools.pairwise([*fences, None]):
        if fence[1] == "python":
            line = text.count("\n", 0, fence.start(2)) + 1
            yield Block(document, line, fence[2], after[2] if after and after[1] == "text" else None)


BLOCKS = [block for document in DOCUMENTS for block in blocks_of(document)]


@pytest.mark.parametrize("block", BLOCKS, ids=[f"{block.document.name}:{block.line}" for block in BLOCKS])
def test_block(block):
    namespace = {"__name__": "__main__"}
    for earlier in BLOCKS:
        if earlier.document == block.document and earlier.line < block.line:
            earlier.run(namespace)
    printed = block.run(namespace)
    assert block.printed in (None, printed)


def test_the_readme_shows_code_by_line_15():
    assert BLOCKS[0].document.name == "README.md"
    assert BLOCKS[0].line <= 15


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_command_of_the_readme_is_in_the_makefile():
    commands = re.findall(r"\bmake (\w+)", (ROOT / "README.md").read_text())
    targets = re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"demo", "test"} <= set(commands) <= set(targets)


def rows(document):
    """The rows of the tables in a document's sections, as their line and their cells without the first."""
    heading = False
    for line, text in enumerate((ROOT / "docs" / document).read_text(encoding="utf-8").splitlines(), start=1):
        heading = heading or text.startswith("## ")
        if heading and text.startswith("|"):
            yield line, re.split(r"(?<!\\)\|", text)[2:-1]


def snippets(document):
    """The code in the second column."""
    for line, cells in rows(document):
        for code in re.findall(r"`([^`]+)`", cells[0]):
            yield pytest.param(code.replace("\\|", "|"), id=f"{document}:{line}: {code}")


SPOKEN_OF = {
    **vars(entrymap),
    "copy": copy,
    "operator": operator,
    "n": entrymap.HashMap(b=2),
    "k": "a",
    "v": 3,
    "f": lambda value: value + 1,
    "make": int,
    "make_from": len,
    "keys": ["a", "c", "c"],
    "pairs": [("a", 1), ("c", 3)],
    "s": entrymap.FoldState(7),
    "h": entrymap.DefaultHasher(),
}


class Handles(dict):
    """The map, and handles, each made when it is named, since it would end those made before."""

    MADE = {
        "e": lambda m: m.entry("a"),
        "occupied": lambda m: m.entry("a"),
        "vacant": lambda m: m.entry("c"),
        "r": lambda m: m.get_mut("a"),
        "it": iter,
    }

    def __missing__(self, name):
        self[name] = self.MADE[name](self["m"])
        return self[name]


@pytest.mark.parametrize("code", [*snippets("guide.md"), *snippets("rust-to-python.md")])
def test_a_table_s_python_runs(code):
    exec(code, dict(SPOKEN_OF), Handles(m=entrymap.HashMap(a=1, b=2)))


def methods():
    for name in entrymap.__all__:
        thing = getattr(entrymap, name)
        if not issubclass(thing, BaseException):
            yield from (method for method in vars(thing) if not method.startswith("_"))


def test_every_method_has_its_line():
    spelled = "".join("".join(cells) for _, cells in rows("rust-to-python.md"))
    assert {method for method in methods() if not re.search(rf"\.{method}\b", spelled)} == set()


def documented():
    """Every docstring of the package, with its name."""
    yield "entrymap", entrymap.__doc__
    for name in entrymap.__all__:
        thing = getattr(entrymap, name)
        yield name, thing.__doc__
        for method in vars(thing):
            yield f"{name}.{method}", inspect.getdoc(getattr(thing, method))


EXAMPLES = {name: doc for name, doc in documented() if doc and ">>>" in doc}


@pytest.mark.parametrize("name", EXAMPLES)
def test_docstring(name):
    example = doctest.DocTestParser().get_doctest(EXAMPLES[name], {}, name, None, None)
    report = io.StringIO()
    assert doctest.DocTestRunner().run(example, out=report.write).failed == 0, report.getvalue()
