"""What the exceptions say: what was lent, what ended it, what was then used; and what to do."""

import operator
import threading

import pytest
from support import Hooked, Unprintable

import entrymap
from entrymap import BorrowCheckError, BorrowError, HashMap, MovedError, OccupiedError, TryReserveError


def message(exception, call, *arguments):
    with pytest.raises(exception) as caught:
        call(*arguments)
    return str(caught.value)


def fail(*_):
    raise ZeroDivisionError


@pytest.fixture
def m():
    return HashMap(Blue=10)


def test_the_family():
    assert BorrowCheckError.__bases__ == (RuntimeError,)
    assert BorrowError.__bases__ == MovedError.__bases__ == (BorrowCheckError,)
    assert OccupiedError.__bases__ == (ValueError,)
    assert TryReserveError.__bases__ == (MemoryError,)
    for error in (BorrowCheckError, BorrowError, MovedError, OccupiedError, TryReserveError):
        assert getattr(entrymap, error.__name__) is error
        assert error.__doc__


def test_a_ref_mut_names_its_lender_its_end_and_its_use(m):
    r = m.entry("Blue").or_insert(0)
    m.insert("Red", 1)
    assert message(BorrowError, lambda: r.value) == (
        "cannot use .value: this RefMut, lent by or_insert for key 'Blue', "
        "ended when insert was called on the map (E0499); take a new one from the map"
    )


LENDERS = {
    "get_mut": lambda m: m.get_mut("Blue"),
    "or_insert": lambda m: m.entry("Blue").or_insert(0),
    "or_insert_with": lambda m: m.entry("Blue").or_insert_with(int),
    "or_insert_with_key": lambda m: m.entry("Red").or_insert_with_key(len),
    "or_default": lambda m: m.entry("Red").or_default(int),
    "into_mut": lambda m: m.entry("Blue").into_mut(),
    "insert": lambda m: m.entry("Red").insert(1),
    "try_insert": lambda m: m.try_insert("Red", 1),
}

ENDERS = {
    "entry": lambda m: m.entry("Red"),
    "get_mut": lambda m: m.get_mut("Red"),
    "insert": lambda m: m.insert("Blue", 1),
    "try_insert": lambda m: m.try_insert("Green", 1),
    "remove": lambda m: m.remove("Red"),
    "remove_entry": lambda m: m.remove_entry("Red"),
    "clear": lambda m: m.clear(),
    "update": lambda m: m.update({}),
    "setdefault": lambda m: m.setdefault("Blue"),
    "pop": lambda m: m.pop("Red", None),
    "__setitem__": lambda m: m.__setitem__("Blue", 1),
    "__delitem__": lambda m: m.__delitem__("Blue"),
    "get_or_insert_with": lambda m: m.get_or_insert_with("Blue", int),
    "upsert": lambda m: m.upsert("Blue", 1, operator.add),
}


@pytest.mark.parametrize("lender", LENDERS)
def test_each_lender_is_named(m, lender):
    r = LENDERS[lender](m)
    m.clear()
    assert f"this RefMut, lent by {lender} for key " in message(BorrowError, r.set, 1)


@pytest.mark.parametrize("ender", ENDERS)
def test_each_call_that_ends_a_handle_is_named(m, ender):
    r, it = m.get_mut("Blue"), m.entry("Red")
    r = m.get_mut("Blue")
    ENDERS[ender](m)
    assert f"ended when {ender} was called on the map" in message(BorrowError, r.replace, 1)
    assert "this entry, lent by entry for key 'Red', ended when" in message(BorrowError, it.key)


ENDED = {
    ".value": lambda r: r.value,
    "set": lambda r: r.set(1),
    "replace": lambda r: r.replace(1),
    "apply": lambda r: r.apply(fail),
    "add_assign": lambda r: r.add_assign(1),
    "a comparison": lambda r: r == 1,
}


@pytest.mark.parametrize("used", ENDED)
def test_each_use_of_a_ref_mut_is_named(m, used):
    r = m.get_mut("Blue")
    m.clear()
    assert message(BorrowError, ENDED[used], r).startswith(f"cannot use {used}: this RefMut")


USES = {
    "key": lambda e: e.key(),
    "or_insert": lambda e: e.or_insert(1),
    "or_insert_with": lambda e: e.or_insert_with(fail),
    "or_insert_with_key": lambda e: e.or_insert_with_key(fail),
    "or_default": lambda e: e.or_default(fail),
    "and_modify": lambda e: e.and_modify(fail),
    "and_update": lambda e: e.and_update(fail),
    "insert_entry": lambda e: e.insert_entry(1),
    "get": lambda e: e.get(),
    "get_mut": lambda e: e.get_mut(),
    "into_mut": lambda e: e.into_mut(),
    "insert": lambda e: e.insert(1),
    "remove": lambda e: e.remove(),
    "remove_entry": lambda e: e.remove_entry(),
    "into_key": lambda e: e.into_key(),
}


def entry_for(m, used):
    return m.entry("Red" if used == "into_key" else "Blue")


@pytest.mark.parametrize("used", USES)
def test_each_use_of_an_ended_entry_is_named(m, used):
    e = entry_for(m, used)
    m.remove("nobody")
    text = message(BorrowError, USES[used], e)
    assert text.startswith(f"cannot use {used}: this entry, lent by entry for key ")
    assert text.endswith("ended when remove was called on the map (E0499); take a new one from the map")
    assert dict(m) == {"Blue": 10}


@pytest.mark.parametrize("used", USES)
@pytest.mark.parametrize("ended", [False, True], ids=["live map", "changed map"])
def test_each_use_of_a_consumed_entry_is_named(m, used, ended):
    e = entry_for(m, used)
    e.or_insert(5)
    if ended:
        m.clear()
    assert message(MovedError, USES[used], e) == (
        f"cannot use {used}: this entry was consumed by or_insert (E0382); call entry() again"
    )


def test_a_long_history_names_the_latest_call_and_does_not_claim_more(m):
    r = m.get_mut("Blue")
    for _ in range(9):
        m.insert("Red", 1)
    m.remove("Red")
    assert "ended when the map was used again (latest call: remove)" in message(BorrowError, r.set, 1)


def test_the_ending_call_is_remembered_under_eight_others(m):
    r = m.get_mut("Blue")
    m.setdefault("Red", 1)
    for _ in range(7):
        m.insert("Red", 1)
    assert "ended when setdefault was called on the map (E0499)" in message(BorrowError, r.set, 1)


def test_an_iterator_says_what_changed_the_keys(m):
    it = m.iter()
    m.insert("Red", 1)
    assert message(BorrowError, next, it) == (
        "cannot use next: this Iter ended when insert added or removed a key (E0502); "
        "to change keys while looping, loop over list(...)"
    )


def test_codes(m):
    r, e = m.entry("Blue").or_insert(0), m.entry("Blue")
    e.or_insert(1)
    it = iter(m)
    m.remove("Blue")
    for code, call in (("E0499", r.set), ("E0382", e.or_insert), ("E0502", it.__next__)):
        with pytest.raises(BorrowCheckError) as caught:
            call(*([1] if code != "E0502" else []))
        assert caught.value.code == code
        assert f"({code})" in str(caught.value)
    assert (BorrowError.code, MovedError.code) == ("E0499", "E0382")


def ended_in_a_thread(m, change):
    thread = threading.Thread(target=change)
    thread.start()
    thread.join()


def test_a_call_in_another_thread_is_named_as_such(m):
    r = m.get_mut("Blue")
    ended_in_a_thread(m, lambda: m.insert("Red", 1))
    text = message(BorrowError, r.set, 1)
    assert "ended when insert was called on the map in another thread" in text
    assert "upsert" in text
    assert "under a lock" in text


@pytest.mark.parametrize("own_first", [True, False])
def test_the_thread_that_is_blamed_is_the_one_that_ended_the_handle(m, own_first):
    r = m.get_mut("Blue")
    if own_first:
        m.insert("Red", 1)
        ended_in_a_thread(m, lambda: m.insert("Green", 1))
    else:
        ended_in_a_thread(m, lambda: m.insert("Green", 1))
        m.insert("Red", 1)
    assert ("in another thread" in message(BorrowError, r.set, 1)) is not own_first


def test_a_function_that_returns_what_it_should_store_is_sent_to_and_update(m):
    text = message(TypeError, m.entry("Blue").and_modify, lambda r: r.value + 1)
    assert "returned 11" in text
    assert "and_update" in text
    assert m["Blue"] == 10


def test_a_factory_that_changes_the_map_is_sent_to_get_or_insert_with(m):
    for used in ("or_insert_with", "or_default"):
        text = message(BorrowError, getattr(m.entry("Red"), used), lambda: m.insert("Green", 1))
        assert text.startswith(f"cannot finish {used}: its function changed the map")
        assert "insert was called on the map" in text
        assert "nothing was inserted" in text
        assert "get_or_insert_with" in text
        assert "Red" not in m


def test_arithmetic_on_a_ref_mut_is_sent_to_value(m):
    assert ".value" in message(TypeError, lambda: m.get_mut("Blue") + 1)


def test_an_occupied_error_uses_rusts_words(m):
    with pytest.raises(OccupiedError) as caught:
        m.try_insert("Blue", 5)
    assert str(caught.value) == "failed to insert 5, key 'Blue' already exists with value 10"
    assert caught.value.value == 5
    assert caught.value.entry.get() == 10
    assert caught.value.entry.key() == "Blue"


def test_a_combining_function_that_changes_its_key_itself(m):
    text = message(BorrowError, m.upsert, "Blue", 1, lambda old, new: m.insert("Blue", 99))
    assert text.startswith("cannot finish upsert: its function changed the value of key 'Blue' itself (E0499)")
    assert m["Blue"] == 99


LONG = "x" * 1000


@pytest.mark.parametrize("key", [LONG, Hooked(LONG), (LONG, LONG), "é" * 1000], ids=["str", "object", "tuple", "é"])
def test_long_reprs_are_shortened(key):
    m = HashMap({key: 1})
    r = m.get_mut(key)
    m.clear()
    text = message(BorrowError, r.set, 1)
    assert f"for key {repr(key)[:80]}..., ended" in text
    assert len(text) < 300


def test_a_key_at_the_limit_is_shown_whole():
    key = "x" * 78
    m = HashMap({key: 1})
    r = m.get_mut(key)
    m.clear()
    assert f"for key '{key}', ended" in message(BorrowError, r.set, 1)


class Lone:
    def __repr__(self):
        return "\ud800"


@pytest.mark.parametrize(("key", "shown"), [(Unprintable(), "<unprintable Unprintable object>"), (Lone(), "")])
def test_a_key_whose_repr_is_no_use_does_not_spoil_the_message(key, shown):
    m = HashMap({key: Unprintable()})
    r = m.get_mut(key)
    e = m.entry(key)
    assert f"for key {shown}" in message(BorrowError, r.set, 1)
    assert shown in message(OccupiedError, m.try_insert, key, Unprintable())
    assert shown in message(BorrowError, e.get)
    assert shown in message(BorrowError, m.upsert, key, 1, lambda *_: m.insert(key, 1))
    assert "<unprintable Unprintable object>" in message(TypeError, m.entry(key).and_modify, lambda _: Unprintable())
    m.remove(key)
    assert shown in message(BorrowError, m.entry(key).or_insert_with, m.clear)


def test_a_repr_that_changes_the_map_while_the_message_is_made():
    class Writing:
        def __repr__(self):
            m.clear()
            return "Writing()"

    key = Writing()
    m = HashMap({key: 1})
    r = m.get_mut(key)
    m.insert("a", 1)
    assert "lent by get_mut for key Writing(), ended when insert" in message(BorrowError, r.set, 1)
    assert len(m) == 0


@pytest.mark.parametrize("key", ["absent", ("a", "b"), (), None, 1.5])
def test_a_key_error_carries_the_key_alone(m, key):
    for call in (m.__getitem__, m.__delitem__, m.pop):
        with pytest.raises(KeyError) as caught:
            call(key)
        assert caught.value.args == (key,)
