"""Programs that rustc accepts: they run here, and do the same."""

from entrymap import HashMap


def test_A01_two_get_mut_first_unused():
    m = HashMap(a=1, b=2)
    first = m.get_mut("a")
    second = m.get_mut("b")
    second.value += 1
    assert first is not second
    assert m == {"a": 1, "b": 3}


def test_A02_insert_while_iterating_then_break():
    m = HashMap(a=1, b=2)
    keys = m.keys()
    for _ in keys:
        m.insert("c", 3)
        break
    assert m == {"a": 1, "b": 2, "c": 3}


def test_A03_get_while_iterating_keys():
    m = HashMap(a=1, b=2)
    keys = m.keys()
    assert sum(m.get(key) for key in keys) == 3


def test_A04_two_items_of_one_iter_mut():
    m = HashMap(a=1, b=2)
    it = m.iter_mut()
    _, first = next(it)
    _, second = next(it)
    first.value += 10
    second.value += 10
    assert m == {"a": 11, "b": 12}


def test_A05_item_outlives_its_iter_mut():
    m = HashMap(a=1, b=2)
    it = m.iter_mut()
    key, value = next(it)
    del it
    value.value = 0
    assert m[key] == 0


def test_A06_two_entries_first_unused():
    m = HashMap(a=1, b=2)
    first = m.entry("a")
    second = m.entry("z")
    second.or_insert(26)
    assert first is not second
    assert m == {"a": 1, "b": 2, "z": 26}


def test_A07_entry_unused_then_len():
    m = HashMap(a=1, b=2)
    entry = m.entry("z")
    assert m.len() == 2
    del entry
    assert m.len() == 2


def test_A08_drain_dropped_then_len():
    m = HashMap(a=1, b=2)
    drain = m.drain()
    del drain
    assert m.len() == 0


def test_A09_extract_if_unused_then_len():
    m = HashMap(a=1, b=2)
    it = m.extract_if(lambda key, value: True)
    assert m.len() == 2
    del it
    assert m.len() == 2


def test_A10_iter_mut_unused_then_len():
    m = HashMap(a=1, b=2)
    it = m.iter_mut()
    assert m.len() == 2
    assert len(it) == 2


def test_A11_insert_of_len():
    m = HashMap(a=1, b=2)
    m.insert("c", m.len())
    assert m["c"] == 2


def test_A12_keys_collected_then_removed():
    m = HashMap(a=1, b=2)
    for key in list(m.keys()):
        m.remove(key)
    assert m.is_empty()


def test_A13_value_copied_then_insert():
    m = HashMap(a=1, b=2)
    kept = m.get("a")
    m.insert("a", 5)
    assert kept + 1 == 2


def test_A14_into_mut_outlives_its_entry():
    m = HashMap(a=1, b=2)
    entry = m.entry("a")
    r = entry.into_mut()
    del entry
    r.value += 1
    assert m["a"] == 2


def test_A15_swap_of_two_disjoint_values():
    m = HashMap(a=1, b=2)
    a, b = m.get_disjoint_mut(["a", "b"])
    a.value, b.value = b.value, a.value
    assert m == {"a": 2, "b": 1}


def test_A16_two_gets():
    m = HashMap(a=1, b=2)
    first = m.get("a")
    second = m.get("b")
    assert first + second == 3


def test_A17_extend_by_its_own_clone():
    m = HashMap(a=1, b=2)
    m.extend(m.clone())
    assert m == {"a": 1, "b": 2}


def test_A18_two_clones_of_one_iter():
    m = HashMap(a=1, b=2)
    it = m.iter()
    first, second = it.clone(), it.clone()
    pairs = []
    for pair in first:
        assert m.get(pair[0]) == pair[1]
        assert next(second) == pair
        pairs.append(pair)
    assert list(it) == pairs
    assert sorted(pairs) == [("a", 1), ("b", 2)]


def test_A19_or_insert_value_grows_by_len():
    m = HashMap(a=1, b=2)
    m.entry("z").or_insert(0).value += m.len()
    assert m["z"] == 3


def test_A20_drain_collected_then_len():
    m = HashMap(a=1, b=2)
    pairs = list(m.drain())
    assert sorted(pairs) == [("a", 1), ("b", 2)]
    assert m.len() == 0


def test_A21_assignment_of_len_through_get_mut():
    m = HashMap(a=1, b=2)
    m.get_mut("a").value = m.len()
    assert m["a"] == 2


def test_A22_into_iter_len_then_loop():
    m = HashMap(a=1, b=2)
    it = m.into_iter()
    assert len(it) == 2
    assert sorted(pair for pair in it) == [("a", 1), ("b", 2)]
