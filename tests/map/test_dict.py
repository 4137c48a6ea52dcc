"""The methods and operators dict has, each beside a dict."""

import pytest
from support import Counted

from entrymap import HashMap


def outcome(container, act):
    try:
        result = act(container)
    except (KeyError, TypeError, ValueError) as error:
        result = (type(error), error.args if isinstance(error, KeyError) else None)
    return result, dict(container)


CALLS = {
    "[]": lambda c: c["a"],
    "[] absent": lambda c: c["z"],
    "[] tuple": lambda c: c[1, 2],
    "[] slice": lambda c: c[1:2],
    "[]=": lambda c: c.__setitem__("a", 9),
    "[]= new": lambda c: c.__setitem__("z", 9),
    "del": lambda c: c.__delitem__("a"),
    "del absent": lambda c: c.__delitem__("z"),
    "in": lambda c: ("a" in c, "z" in c, "a" not in c),
    "len": len,
    "bool": bool,
    "get": lambda c: (c.get("a"), c.get("z"), c.get("z", 1)),
    "setdefault": lambda c: (c.setdefault("a", 9), c.setdefault("z", 9), c.setdefault("y"), c["y"]),
    "pop": lambda c: c.pop("a"),
    "pop absent": lambda c: c.pop("z"),
    "pop default": lambda c: c.pop("z", None),
    "pop tuple default": lambda c: c.pop("z", (1, 2)),
    "pop too many": lambda c: c.pop("z", 1, 2),
    "pop nothing": lambda c: c.pop(),
    "pop keyword": lambda c: c.pop("z", default=1),
    "clear": lambda c: c.clear(),
    "update": lambda c: c.update({"a": 5}, b=6, z=7),
    "update pairs": lambda c: c.update([("a", 5), ["z", 6]]),
    "update nothing": lambda c: c.update(),
    "update two": lambda c: c.update({}, {}),
    "update keywords": lambda c: c.update(self=1, other=2),
    "sorted": sorted,
    "views": lambda c: (set(c.keys()), sorted(c.values()), set(c.items())),
    "augmented": lambda c: c.__setitem__("a", c["a"] + 1),
    "reversed twice": lambda c: "a" in list(c),
}


@pytest.mark.parametrize("call", CALLS)
def test_as_dict(call):
    d = {"a": 1, "b": 2}
    assert outcome(HashMap(d), CALLS[call]) == outcome(dict(d), CALLS[call])


def test_writing_keeps_the_first_key():
    first, second = Counted("k"), Counted("k")
    for write in (
        lambda m: m.__setitem__(second, 2),
        lambda m: m.setdefault(second, 2),
        lambda m: m.update({second: 2}),
    ):
        m = HashMap({first: 1})
        write(m)
        assert [*m][0] is first
    assert m.pop(second) == 2


def test_the_default_is_given_back_itself():
    default = []
    m = HashMap()
    assert m.setdefault("a", default) is default
    assert m["a"] is default
    assert m.pop("z", default) is default
    assert m.get("z", default) is default


def test_deleting_while_looping_is_refused_and_a_list_allows_it():
    m = HashMap((n, n) for n in range(10))
    for key in list(m):
        del m[key]
    assert len(m) == 0


def test_augmented_assignment_of_an_absent_key():
    m = HashMap()
    with pytest.raises(KeyError, match="'a'"):
        m["a"] += 1
    m["a"] = 1
    m["a"] += 1
    assert m["a"] == 2
