"""The stubs agree with the module: both checkers, stubtest's blind spot, and the docstrings."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import entrymap

ROOT = Path(__file__).parent.parent
TYPING = ROOT / "tests" / "typing"
STUB = Path(inspect.getfile(entrymap)).parent / "_entrymap.pyi"


def documented(body, owner=entrymap._entrymap, path=()):
    """Each name of the stub that has a docstring, with that docstring and the object it stands for."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            thing = inspect.getattr_static(owner, node.name)
            if doc := ast.get_docstring(node):
                yield ".".join((*path, node.name)), doc, thing
            if isinstance(node, ast.ClassDef):
                yield from documented(node.body, getattr(owner, node.name), (*path, node.name))


def public_methods():
    for name in entrymap.__all__:
        for method in vars(getattr(entrymap, name)):
            if not method.startswith("_") and method not in ("Occupied", "Vacant", "code"):
                yield f"{name}.{method}"


DOCUMENTED = list(documented(ast.parse(STUB.read_text()).body))


@pytest.mark.parametrize(("doc", "thing"), [case[1:] for case in DOCUMENTED], ids=[case[0] for case in DOCUMENTED])
def test_the_stub_says_what_help_says(doc, thing):
    assert doc.splitlines()[0] == inspect.getdoc(thing).splitlines()[0]


def test_every_public_method_is_documented_in_the_stub():
    assert set(public_methods()) <= {case[0] for case in DOCUMENTED}


def test_surface_runs():
    subprocess.run([sys.executable, TYPING / "surface.py"], check=True, timeout=60)


CHECKERS = {
    "mypy": ["-m", "mypy", "--no-incremental"],
    "basedpyright": ["-m", "basedpyright", "--level", "error"],
}


@pytest.mark.parametrize("checker", CHECKERS)
def test_wrong_programs_are_refused(checker):
    program = TYPING / "refused.py"
    done = subprocess.run(
        [sys.executable, *CHECKERS[checker], program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 1, done.stdout + done.stderr
    named = {int(line) for line in re.findall(r"refused\.py:(\d+)\S* (?:- )?error", done.stdout)}
    refused = re.compile(f"# refused( by {checker})?$")
    assert named == {n for n, line in enumerate(program.read_text().splitlines(), 1) if refused.search(line)}
