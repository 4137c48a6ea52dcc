"""Count words: of files, of standard input, or of Python's own standard library.

A word is what stands between white space, in lower case. Files are read as UTF-8.
"""

import argparse
import heapq
import io
import operator
import os
import stat
import sys
import sysconfig
import time
import tokenize
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, TextIO, cast

from entrymap import HashMap

PIECE = 1 << 20
BAR = 40
WIDEST_WORD = 30

WHAT_IS_READ = """\
What is read: the FILEs, of which "-" is standard input. Without any: standard input, if it is a pipe or a file;
otherwise the text of every module of Python's own standard library.

A file that cannot be read, or is no UTF-8, is named and skipped; the exit code is then 1.
"""


def count_words(words: Iterable[str]) -> HashMap[str, int]:
    """Count each word: one lookup finds its place, whether or not it was there before."""
    counts: HashMap[str, int] = HashMap()
    for word in words:
        counts.entry(word).or_insert(0).value += 1
    return counts


def add_counts(total: HashMap[str, int], counts: HashMap[str, int]) -> None:
    """Add one map of counts to another."""
    for word, count in counts.items():
        total.upsert(word, count, operator.add)


def most_frequent(counts: HashMap[str, int], top: int) -> list[tuple[str, int]]:
    """List the most frequent words, and of equally frequent ones the first in the alphabet."""
    return heapq.nsmallest(top, counts.items(), key=lambda pair: (-pair[1], pair[0]))


class Source(NamedTuple):
    """A text to read."""

    name: str
    size: int
    open: Callable[[], TextIO]


class Progress:
    """A bar on standard error, if that is a terminal."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.drawn = ""
        self.visible = sys.stderr.isatty()

    def show(self, beyond: int = 0) -> None:
        """Draw what is done, and some bytes beyond that."""
        if not self.visible:
            return
        done = self.done + beyond
        filled = BAR * min(done, self.total) // self.total if self.total else 0
        known = f" of {self.total / 1e6:.0f}" if self.total else ""
        bar = f"{'█' * filled:<{BAR}} {done / 1e6:.0f}{known} MB"
        if bar != self.drawn:
            print(f"\r{bar}", end="", file=sys.stderr, flush=True)
            self.drawn = bar

    def clear(self) -> None:
        """Make room for something else on the line."""
        if self.drawn:
            print("\r" + " " * len(self.drawn) + "\r", end="", file=sys.stderr, flush=True)
            self.drawn = ""


def words_of(text: TextIO, progress: Progress) -> Iterator[str]:
    """Yield the words of a text, piece by piece, so that a long text needs no more memory than a short one."""
    rest, read = "", 0
    while piece := text.read(PIECE):
        read += len(piece)
        progress.show(read)
        piece = rest + piece
        words = piece.split()
        rest = "" if piece[-1].isspace() else words.pop()
        yield from map(str.lower, words)
    if rest:
        yield rest.lower()


def count_sources(sources: list[Source]) -> tuple[HashMap[str, int], int]:
    """Count the words of all sources. The second result says how many could not be read, and were left out."""
    total: HashMap[str, int] = HashMap()
    skipped = 0
    progress = Progress(sum(source.size for source in sources))
    for source in sources:
        try:
            with source.open() as text:
                counts = count_words(words_of(text, progress))
        except (OSError, UnicodeError) as error:
            progress.clear()
            print(f"word_count: skipped {source.name}: {error}", file=sys.stderr)
            skipped += 1
        else:
            add_counts(total, counts)
        progress.done += source.size
    progress.clear()
    return total, skipped


def file_source(name: str) -> Source:
    """Make a source of a file, or of standard input for "-"."""
    if name == "-":
        return Source(
            "standard input", size_of(Path("/dev/stdin")), partial(open, 0, encoding="utf-8-sig", closefd=False)
        )
    path = Path(name)
    return Source(name, size_of(path), partial(path.open, encoding="utf-8-sig"))


def size_of(path: Path) -> int:
    """Tell the size of a file, as far as it is known before it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def standard_library() -> list[Source]:
    """List the modules of Python's own library. Those named "bad..." are there to be unreadable, for its own tests."""
    root = Path(sysconfig.get_path("stdlib"))
    others = {"site-packages", "dist-packages"}
    modules = sorted(path for path in root.rglob("*.py") if not path.name.startswith("bad"))
    return [
        Source(str(path), size_of(path), partial(tokenize.open, path))
        for path in modules
        if others.isdisjoint(path.relative_to(root).parts)
    ]


def input_is_given() -> bool:
    """Tell whether somebody put a pipe or a file to standard input; a terminal or /dev/null is nothing to count."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def shown(word: str) -> str:
    """Make a word fit for a table on a terminal."""
    word = word if word.isprintable() else ascii(word)
    return word if len(word) <= WIDEST_WORD else word[: WIDEST_WORD - 1] + "…"


def show(counts: HashMap[str, int], top: int) -> None:
    """Print the most frequent words, a bar for each."""
    rows = [(shown(word), count) for word, count in most_frequent(counts, top)]
    width = max((len(word) for word, _ in rows), default=0)
    digits = len(f"{rows[0][1]:,}") if rows else 0
    for word, count in rows:
        print(f"{word:<{width}}  {count:>{digits},}  {'█' * max(1, BAR * count // rows[0][1])}")


def natural(text: str) -> int:
    """Read the argument of --top."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is negative")
    return number


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").strip(), epilog=WHAT_IS_READ, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="what to count")
    parser.add_argument("--top", type=natural, default=20, metavar="N", help="how many words to show (default: 20)")
    return parser.parse_args()


def main() -> int:
    """Count, print, and say by the exit code whether everything could be read."""
    args = arguments()
    cast(io.TextIOWrapper, sys.stdout).reconfigure(errors="replace")
    names: list[str] = args.files or (["-"] if input_is_given() else [])
    sources = [file_source(name) for name in names] or standard_library()
    start = time.perf_counter()
    counts, skipped = count_sources(sources)
    seconds = time.perf_counter() - start
    show(counts, args.top)
    print(f"\n{sum(counts.values()):,} words, {len(counts):,} distinct, in {seconds:.1f} s")
    if skipped:
        print(f"word_count: {skipped} of {len(sources)} texts skipped", file=sys.stderr)
    sys.stdout.flush()
    return 1 if skipped else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader went away, as `head` does; without this Python would try to write the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
