"""Every method of every class, called with everything it may and may not be given: no reference is lost or doubled."""

import gc
import itertools
import sys

import pytest

import entrymap
from entrymap import BuildHasherDefault, DefaultHasher, FoldState, HashMap, RandomState


class Sentinel:
    """A key and a value whose references are counted, with every in-place operator."""

    def __lt__(self, other):
        return other is not self


for _name in "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift".split():
    setattr(Sentinel, f"__i{_name}__", lambda self, other: self)


KEY, VALUE, ABSENT = Sentinel(), Sentinel(), Sentinel()


def accept(*_):
    return VALUE


def nothing(*_):
    return None


def refuse(*_):
    raise LookupError


def full():
    return HashMap([(KEY, VALUE), ("text", [VALUE])])


def ended(handle):
    def make():
        m = full()
        lent = handle(m)
        m[ABSENT] = VALUE
        return lent

    return make


def consumed():
    e = full().entry(KEY)
    e.into_mut()
    return e


def moved():
    m = full()
    m.into_iter()
    return m


def of_a_moved_map(handle):
    def make():
        m = full()
        lent = handle(m)
        m.into_keys()
        return lent

    return make


LENT = {
    "RefMut": lambda m: m.get_mut(KEY),
    "OccupiedEntry": lambda m: m.entry(KEY),
    "VacantEntry": lambda m: m.entry(ABSENT),
    "Iter": lambda m: m.iter(),
    "Keys": lambda m: iter(m),
    "Values": lambda m: iter(m.values()),
    "IterMut": lambda m: m.iter_mut(),
    "ValuesMut": lambda m: m.values_mut(),
    "ExtractIf": lambda m: m.extract_if(accept),
    "failing ExtractIf": lambda m: m.extract_if(refuse),
    "Drain": lambda m: m.drain(),
    "IntoIter": lambda m: m.into_iter(),
    "IntoKeys": lambda m: m.into_keys(),
    "IntoValues": lambda m: m.into_values(),
    "KeysView": lambda m: m.keys(),
    "ValuesView": lambda m: m.values(),
    "ItemsView": lambda m: m.items(),
}
# Whose methods are called, a thousand times each, or fewer where all they can do is fail. Made anew for each call.
OBJECTS = {
    "HashMap": full,
    "empty HashMap": HashMap,
    "moved HashMap": moved,
    "consumed entry": consumed,
    **{name: lambda lend=lend: lend(full()) for name, lend in LENT.items()},
    **{f"ended {name}": ended(lend) for name, lend in LENT.items() if not name.startswith(("Into", "Drain"))},
    **{f"{name} of a moved map": of_a_moved_map(lend) for name, lend in LENT.items() if not name.startswith("Into")},
    "RandomState": RandomState,
    "BuildHasherDefault": BuildHasherDefault,
    "FoldState": lambda: FoldState(7),
    "DefaultHasher": DefaultHasher,
    "FoldHasher": lambda: FoldState(7).build_hasher(),
}
ARGUMENTS = [
    lambda: KEY,
    lambda: ABSENT,
    lambda: accept,
    lambda: nothing,
    lambda: refuse,
    full,
    lambda: [(KEY, VALUE), (ABSENT, VALUE)],
    lambda: (argument for argument in [KEY, ABSENT]),
    list,
    lambda: 5,
    lambda: -1,
    lambda: "?",
    lambda: b"bytes",
    lambda: FoldState(3),
    lambda: HashMap,
]
ALONE = [(), *((argument,) for argument in ARGUMENTS)]

CALLS = [*itertools.chain.from_iterable(itertools.product(ARGUMENTS, repeat=n) for n in range(3))]
CALLS += [(key, lambda: VALUE, f) for key in ARGUMENTS[:2] for f in ARGUMENTS[2:5]]
COUNTED = [KEY, VALUE, ABSENT, accept, refuse, *(getattr(entrymap, name) for name in entrymap.__all__)]
# Those that would end the process, or that are Python's own and called with what is no concern of ours.
OTHERS = {"__class__", "__subclasshook__", "__init_subclass__", "__dir__", "__sizeof__", "__doc__", "__module__"}


def methods(cls):
    """The names of what a class and its bases in the package define."""
    ours = [base for base in cls.__mro__ if base.__module__.startswith("entrymap")]
    return sorted({name for base in ours for name in vars(base)} - OTHERS)


def call(make, name, arguments):
    try:
        attribute = getattr(make(), name)
        if callable(attribute):
            result = attribute(*(argument() for argument in arguments))
            if hasattr(result, "__next__"):
                next(result)
            repr(result)
    except Exception:
        pass


@pytest.fixture(autouse=True)
def quick_collections():
    """What was there before need not be looked through each time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def counts():
    gc.collect()
    return [sys.getrefcount(thing) for thing in COUNTED]


@pytest.mark.parametrize("kind", OBJECTS)
def test_no_reference_is_lost_or_doubled(kind):
    make = OBJECTS[kind]
    names = methods(type(make()))
    assert names
    for name, arguments in itertools.product(names, ALONE):  # what is imported or cached once
        call(make, name, arguments)
    before = counts()
    for name in names:
        for arguments in ALONE * 2 if "ed " in kind else CALLS * (1 + 1000 // len(CALLS)):
            call(make, name, arguments)
        assert counts() == before, name


def test_every_class_is_here():
    made = {type(make()).__name__ for make in OBJECTS.values()}
    bases = {"Entry", "Hasher", "BuildHasher"}
    errors = {name for name in entrymap.__all__ if name.endswith("Error")}
    assert made | bases | errors == set(entrymap.__all__)


def test_an_exception_keeps_what_it_names_and_lets_go_of_it():
    def fail():
        for act in (
            lambda: full().try_insert(KEY, VALUE),
            lambda: ended(LENT["RefMut"])().value,
            lambda: consumed().get(),
            lambda: moved().get(KEY),
            lambda: full().try_reserve(2**62),
            lambda: full()[ABSENT],
        ):
            try:
                act()
            except Exception as error:
                repr(error), error.args, getattr(error, "entry", None), getattr(error, "value", None)

    fail()
    before = counts()
    for _ in range(1000):
        fail()
    assert counts() == before
