"""The C extension that a chain is measured against, compiled when it is first asked for."""

import importlib.util
import shlex
import subprocess
import sysconfig
from functools import cache
from pathlib import Path
from types import ModuleType

SOURCE = Path(__file__).with_name("floor.c")
CACHE = Path(__file__).parents[1] / ".cache"


def built() -> Path:
    """The compiled module, which is newer than its source."""
    library = CACHE / f"floor{sysconfig.get_config_var('EXT_SUFFIX')}"
    if not library.exists() or library.stat().st_mtime < SOURCE.stat().st_mtime:
        CACHE.mkdir(exist_ok=True)
        (CACHE / ".gitignore").write_text("*\n")
        # Python's own compiler and options, and the optimisation that extensions are built with.
        compiler = shlex.split(sysconfig.get_config_var("LDSHARED") + " " + sysconfig.get_config_var("CFLAGS"))
        include = f"-I{sysconfig.get_path('include')}"
        subprocess.run([*compiler, "-O3", "-fPIC", include, str(SOURCE), "-o", str(library)], check=True)
    return library


@cache
def floor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("floor", built())
    if spec is None or spec.loader is None:
        raise ImportError("the compiled module cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
