import gc
import operator

import pytest
from support import Counted

from entrymap import BorrowError, HashMap, RefMut


@pytest.fixture
def m():
    return HashMap(n=5, text="a", items=[1])


def test_value_reads_and_writes_the_map(m):
    r = m.get_mut("n")
    assert r.value == 5
    r.value = 6
    assert m["n"] == 6
    r.value += 1
    assert m["n"] == r.value == 7


def test_set_replace_apply(m):
    r = m.get_mut("n")
    assert r.set(1) is None
    assert r.replace(2) == 1
    assert r.apply(lambda n: n * 10) is None
    assert m["n"] == 20


ASSIGNS = {
    "add_assign": operator.iadd,
    "sub_assign": operator.isub,
    "mul_assign": operator.imul,
    "div_assign": operator.itruediv,
    "floordiv_assign": operator.ifloordiv,
    "rem_assign": operator.imod,
    "pow_assign": operator.ipow,
    "matmul_assign": operator.imatmul,
    "bitand_assign": operator.iand,
    "bitor_assign": operator.ior,
    "bitxor_assign": operator.ixor,
    "shl_assign": operator.ilshift,
    "shr_assign": operator.irshift,
}


class Recording:
    """Answers every binary operator with the operator's name and its operands."""


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift"):
    setattr(Recording, f"__i{_name}__", lambda self, x, name=_name: (f"i{name}", self, x))


@pytest.mark.parametrize("method", ASSIGNS)
def test_an_assign_is_pythons_in_place_operator(method):
    value = Recording()
    m = HashMap(k=value)
    assert getattr(m.get_mut("k"), method)(3) is None
    by_method = m["k"]
    m["k"] = value
    r = m.get_mut("k")
    assert ASSIGNS[method](r, 3) is r
    assert m["k"] == by_method == (ASSIGNS[method].__name__, value, 3)


@pytest.mark.parametrize("method", ASSIGNS)
def test_an_assign_that_raises_stores_nothing(method):
    value = object()
    m = HashMap(k=value)
    r = m.get_mut("k")
    with pytest.raises(TypeError, match="unsupported operand"):
        getattr(r, method)(3)
    assert r.value is value


def test_a_list_grows_in_place(m):
    items = m["items"]
    r = m.get_mut("items")
    r += [2]
    r.add_assign([3])
    assert m["items"] is items
    assert items == [1, 2, 3]


def test_augmented_assignment_through_value_and_through_the_handle(m):
    r = m.get_mut("n")
    same = r
    r += 1
    r **= 2
    assert r is same
    assert m["n"] == 36


@pytest.mark.parametrize("compare", [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge])
@pytest.mark.parametrize("other", [4, 5, 6, 5.0])
def test_comparisons_look_through(m, compare, other):
    r = m.get_mut("n")
    assert compare(r, other) == compare(5, other)
    assert compare(other, r) == compare(other, 5)


def test_two_handles_compare_their_values():
    one, two = HashMap(k=1), HashMap(k=2)
    assert one.get_mut("k") < two.get_mut("k")
    assert one.get_mut("k") != two.get_mut("k")
    with pytest.raises(TypeError):
        one.get_mut("k") < "a"


def test_text(m):
    r = m.get_mut("text")
    assert (repr(r), str(r), f"{r}", f"{r:>3}", f"{r:?}") == ("RefMut('a')", "a", "a", "  a", "'a'")
    assert f"{HashMap(x=HashMap(y=1)).get_mut('x'):#?}" == "{\n    'y': 1,\n}"
    assert format(m.get_mut("n"), "03d") == "005"


def test_printing_an_ended_handle_raises_nothing(m):
    r = m.get_mut("n")
    m.clear()
    assert {repr(r), str(r), f"{r}", f"{r:>30}", f"{r:?}"} == {"<RefMut ended>"}


def test_a_handle_is_always_true_and_has_no_hash():
    m = HashMap(k=0)
    assert m.get_mut("k")
    assert m.get_mut("absent") is None
    with pytest.raises(TypeError, match="unhashable"):
        hash(m.get_mut("k"))


@pytest.mark.parametrize(
    "operation",
    [
        lambda r: r + 1,
        lambda r: 1 + r,
        lambda r: r - 1,
        lambda r: 1 - r,
        lambda r: r * 2,
        lambda r: 2 * r,
        lambda r: r / 2,
        lambda r: r // 2,
        lambda r: r % 2,
        lambda r: 2 % r,
        lambda r: r**2,
        lambda r: 2**r,
        lambda r: pow(r, 2, 3),
        lambda r: divmod(r, 2),
        lambda r: divmod(2, r),
        lambda r: r @ 1,
        lambda r: r & 1,
        lambda r: 1 | r,
        lambda r: r ^ 1,
        lambda r: r << 1,
        lambda r: 1 >> r,
        lambda r: -r,
        lambda r: +r,
        lambda r: abs(r),
        lambda r: ~r,
        lambda r: [1] + r,
    ],
)
def test_other_arithmetic_names_value(m, operation):
    with pytest.raises(TypeError, match=r"\.value"):
        operation(m.get_mut("n"))


def test_an_unknown_attribute_names_value(m):
    with pytest.raises(AttributeError, match=r"did you mean \.value\.append\?"):
        m.get_mut("items").append(2)
    assert not hasattr(m.get_mut("n"), "bit_length")
    with pytest.raises(AttributeError):
        m.get_mut("n").other = 1
    with pytest.raises(AttributeError):
        del m.get_mut("n").value


def test_an_attribute_name_that_no_encoding_holds_is_simply_absent(m):
    assert not hasattr(m.get_mut("n"), "\ud800")


def test_a_handle_keeps_its_map_and_its_value_alive():
    r = HashMap(k=[1]).get_mut("k")
    gc.collect()
    assert r.value == [1]
    r.value.append(2)
    assert r.value == [1, 2]


def test_writing_calls_neither_hash_nor_eq():
    m = HashMap({Counted("a"): 1, Counted("b"): 2})
    r = m.get_mut(Counted("b"))
    Counted.journal.clear()
    r.value += 1
    r.set(7)
    assert r.replace(8) == 7
    assert Counted.journal == []


def test_reads_of_the_map_end_no_handle(m):
    r = m.get_mut("n")
    assert [len(m), m.get("n"), "n" in m, m["n"], m.capacity(), m.is_empty(), m.contains_key("n")]
    assert [repr(m), m == m.clone(), list(m), list(m.items()), m.get_key_value("n"), f"{m:?}", m.eq(m.clone())]
    r.value += 1
    assert m["n"] == 6


def test_a_write_ends_no_other_handle_nor_iterator():
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    it = m.iter()
    r.value = 10
    r.add_assign(1)
    assert dict(it) == {"a": 11, "b": 2}


def test_a_function_that_ends_the_handle_stores_nothing(m):
    r = m.get_mut("n")
    with pytest.raises(BorrowError, match="cannot use apply"):
        r.apply(lambda n: m.insert("n", 99))
    assert m["n"] == 99

    class Interfering:
        def __iadd__(self, other):
            m.remove("n")
            return self

    m["n"] = Interfering()
    r = m.get_mut("n")
    with pytest.raises(BorrowError, match="cannot use add_assign"):
        r += 1
    assert "n" not in m


def test_a_call_that_fails_before_it_acts_ends_no_handle(m):
    r = m.get_mut("n")
    for call, arguments in [
        (m.insert, ([], 1)),
        (m.entry, ({},)),
        (m.remove, ([],)),
        (m.get_mut, ([],)),
        (m.setdefault, ([],)),
        (m.pop, ([],)),
        (m.upsert, ([], 1, max)),
        (m.get_or_insert_with, ([], list)),
        (m.insert, ("n",)),
        (m.update, (5,)),
        (m.update, (object(),)),
    ]:
        with pytest.raises(TypeError):
            call(*arguments)
        assert r.value == 5, call


def test_the_class_is_generic_and_has_no_constructor():
    assert RefMut[int].__origin__ is RefMut
    with pytest.raises(TypeError):
        RefMut()
    with pytest.raises(TypeError):
        type("Sub", (RefMut,), {})
