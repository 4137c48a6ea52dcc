"""The two programs of `make demo`, run as a stranger runs them."""

import collections
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXT = "The cat and the hat.\n\tThe CAT\u00a0sat — ÉTÉ été ΟΔΟΣ οδος \x1b[31m\n"


def run(program, *args, **options):
    options = {"stdin": subprocess.DEVNULL} | options if "input" not in options else options
    return subprocess.run(
        [sys.executable, EXAMPLES / program, *map(str, args)], capture_output=True, text=True, timeout=120, **options
    )


def count(*args, **options):
    return run("word_count.py", *args, **options)


def counts_in(output):
    """The table that was printed."""
    return {word: int(number.replace(",", "")) for word, number in re.findall(r"^(\S+) +([\d,]+)  █+$", output, re.M)}


def totals_in(output):
    words, distinct = re.search(r"^([\d,]+) words, ([\d,]+) distinct, in [\d.]+ s$", output, re.M).groups()
    return int(words.replace(",", "")), int(distinct.replace(",", ""))


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_leaderboard():
    done = run("leaderboard.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1. Blue    35 points in 3 events" in done.stdout
    assert "Green loses 15 points, and is off the board" in done.stdout
    assert "Purple is not on the board" in done.stdout
    assert done.stdout.count("loading the motto of Blue") == 1
    assert "BorrowError: cannot use .value: this RefMut, lent by or_insert for key 'Blue'" in done.stdout
    assert done.stdout.endswith("Blue still has 35 points.\n")


def test_words_of_files_are_those_of_a_counter(tmp_path, text):
    other = tmp_path / "other.txt"
    other.write_text("the end " * 1000)
    expected = collections.Counter((TEXT + other.read_text()).lower().split())
    done = count(text, other, "--top", 100)
    assert (done.returncode, done.stderr) == (0, "")
    assert totals_in(done.stdout) == (expected.total(), len(expected))
    assert counts_in(done.stdout) == {ascii(w) if "\x1b" in w else w: n for w, n in expected.items()}


def test_a_word_may_lie_across_pieces(tmp_path):
    path = tmp_path / "long.txt"
    words = [f"w{i}" for i in range(300_000)]
    path.write_text(" ".join(words))
    assert path.stat().st_size > 2 * (1 << 20)
    assert totals_in(count(path).stdout) == (len(words), len(words))


def test_the_most_frequent_come_first_and_equals_by_the_alphabet():
    done = count("-", "--top", 3, input="b a c c a b d")
    assert list(counts_in(done.stdout).items()) == [("a", 2), ("b", 2), ("c", 2)]


@pytest.mark.parametrize("args", [[], ["-"]])
def test_standard_input(args, text):
    assert totals_in(count(*args, input=TEXT).stdout)[0] == len(TEXT.split())
    with text.open() as file:
        assert totals_in(count(*args, stdin=file).stdout)[0] == len(TEXT.split())


def test_an_empty_text():
    done = count(input="")
    assert done.returncode == 0
    assert totals_in(done.stdout) == (0, 0)


def test_the_standard_library_is_the_default():
    done = count("--top", 5)
    assert (done.returncode, done.stderr) == (0, "")
    assert "def" in counts_in(done.stdout)
    assert totals_in(done.stdout)[0] > 100_000


def test_what_cannot_be_read_is_named_skipped_and_counted(tmp_path, text):
    binary = tmp_path / "binary"
    binary.write_bytes(b"some words first\n" * 100_000 + b"\xff\xfe")
    missing = tmp_path / "missing"
    done = count(binary, text, missing, tmp_path)
    assert done.returncode == 1
    assert [line.split(":")[1] for line in done.stderr.splitlines()] == [
        f" skipped {binary}",
        f" skipped {missing}",
        f" skipped {tmp_path}",
        " 3 of 4 texts skipped",
    ]
    assert totals_in(done.stdout)[0] == len(TEXT.split())
    assert "some" not in counts_in(done.stdout)


def test_standard_input_that_is_no_text():
    done = count(input="\udcff", errors="surrogateescape")
    assert done.returncode == 1
    assert "skipped standard input: 'utf-8' codec" in done.stderr


def test_an_output_that_cannot_show_the_words(text):
    done = count(text, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "?t?" in done.stdout


@pytest.mark.parametrize("top", ["-1", "many"])
def test_a_wrong_number_is_a_usage_error(top, text):
    done = count(text, "--top", top)
    assert done.returncode == 2
    assert "--top" in done.stderr


def test_a_reader_that_goes_away(text):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        done = subprocess.run(
            [sys.executable, EXAMPLES / "word_count.py", text], stdout=closed, stderr=subprocess.PIPE, timeout=60
        )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_terminal_sees_a_bar(text):
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        subprocess.run(
            [sys.executable, EXAMPLES / "word_count.py", text],
            stdin=terminal, stdout=subprocess.DEVNULL, stderr=terminal, check=True, timeout=60,
        )  # fmt: skip
        drawn = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert drawn.startswith("\r█")
    assert drawn.endswith(" \r")
