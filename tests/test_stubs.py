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


STUBBED = ast.parse(STUB.read_text()).body
CLASSES = {node.name: node for node in STUBBED if isinstance(node, ast.ClassDef)}


def methods(node):
    """The functions of a class in the stub, and those of its private bases, which are not there at runtime."""
    yield from (child for child in node.body if isinstance(child, ast.FunctionDef))
    for base in node.bases:
        name = base.value.id if isinstance(base, ast.Subscript) and isinstance(base.value, ast.Name) else ""
        if name.startswith("_"):
            yield from methods(CLASSES[name])


def documented():
    """Each public class and method of the stub that has a docstring: its name, the docstring, the runtime's."""
    for name, node in CLASSES.items():
        if not name.startswith("_"):
            thing = getattr(entrymap, name)
            yield name, ast.get_docstring(node), inspect.getdoc(thing)
            for method in methods(node):
                if doc := ast.get_docstring(method):
                    yield f"{name}.{method.name}", doc, inspect.getdoc(getattr(thing, method.name))


def public_methods():
    for name in entrymap.__all__:
        for method in vars(getattr(entrymap, name)):
            if not method.startswith("_") and method not in ("Occupied", "Vacant", "code"):
                yield f"{name}.{method}"


DOCUMENTED = list(documented())


@pytest.mark.parametrize(("doc", "helped"), [case[1:] for case in DOCUMENTED], ids=[case[0] for case in DOCUMENTED])
def test_the_stub_says_what_help_says(doc, helped):
    assert doc.splitlines()[0] == helped.splitlines()[0]


def test_every_public_method_is_documented_in_the_stub():
    assert set(public_methods()) <= {case[0] for case in DOCUMENTED}


def test_surface_names_every_class():
    source = (TYPING / "surface.py").read_text()
    assert {name for name in entrymap.__all__ if len(re.findall(rf"\b{name}\b", source)) < 2} == set()


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
