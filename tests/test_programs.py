"""The programs that people write first, as tests: counting, grouping, updating, and the mistakes on the way."""

import operator
from collections import Counter, defaultdict

import pytest

from entrymap import BorrowError, Entry, HashMap, MovedError, OccupiedEntry, VacantEntry

EVENTS = [("Blue", 10), ("Red", 25), ("Blue", 5), ("Green", 15), ("Red", 5), ("Blue", 20)]
TOTALS = {"Blue": 35, "Red": 30, "Green": 15}


def unused():
    pytest.fail("a default was computed that nobody needs")


def test_leaderboard():
    scores = HashMap()
    for team, points in EVENTS:
        scores.entry(team).or_insert(0).value += points
    assert scores == TOTALS
    assert max(scores.items(), key=operator.itemgetter(1)) == ("Blue", 35)


@pytest.mark.parametrize(
    "count",
    [
        lambda m, word: m.entry(word).and_modify(lambda n: n.add_assign(1)).or_insert(1),
        lambda m, word: m.entry(word).and_update(lambda n: n + 1).or_insert(1),
        lambda m, word: m.entry(word).or_insert(0).add_assign(1),
        lambda m, word: m.entry(word).or_default(int).apply(lambda n: n + 1),
        lambda m, word: m.upsert(word, 1, operator.add),
        lambda m, word: m.insert(word, m.get(word, 0) + 1),
    ],
    ids=["and_modify", "and_update", "or_insert", "or_default", "upsert", "insert"],
)
def test_word_counter(count):
    words = "the quick brown fox jumps over the lazy dog and the cat".split()
    counts = HashMap()
    for word in words:
        count(counts, word)
    assert counts == Counter(words)


def test_words_grouped_by_their_first_letter():
    words = ["apple", "bean", "avocado", "carrot", "beet"]
    groups, expected = HashMap(), defaultdict(list)
    for word in words:
        groups.entry(word[0]).or_default(list).value.append(word)
        expected[word[0]].append(word)
    assert groups == expected


def update_scores(scores, team, points):
    scores.entry(team).and_modify(lambda score: score.add_assign(points)).or_insert(points)


def test_update_scores():
    scores = HashMap(Blue=10)
    update_scores(scores, "Blue", 5)
    update_scores(scores, "Red", 3)
    assert scores == {"Blue": 15, "Red": 3}


def test_update_scores_changes_the_map_it_was_given():
    scores = HashMap()
    same = scores
    for team, points in EVENTS:
        update_scores(scores, team, points)
    assert same is scores
    assert same == TOTALS


class TestTheMovedKey:
    """In Rust a key given to `insert` is gone; here names share objects, and what is consumed is the entry."""

    def test_the_key_can_be_used_after_it_was_given_away(self):
        key = "Blue"
        scores = HashMap()
        scores.insert(key, 1)
        assert scores[key] == 1
        assert scores.entry(key).key() is key

    def test_the_map_keeps_the_first_of_equal_keys(self):
        first, second = (1, "Blue"), (1.0, "Blue")
        scores = HashMap([(first, 1)])
        scores.insert(second, 2)
        assert scores.get_key_value(second) == (first, 2)
        assert scores.get_key_value(second)[0] is first
        assert scores.entry(second).key() is first

    def test_a_vacant_entry_gives_the_key_back(self):
        key = ("Blue", 1)
        scores = HashMap()
        entry = scores.entry(key)
        assert entry.into_key() is key
        assert scores.is_empty()

    def test_an_entry_is_gone_after_it_was_used(self):
        scores = HashMap()
        entry = scores.entry("Blue")
        entry.or_insert(1)
        with pytest.raises(MovedError, match="cannot use or_insert: this entry was consumed by or_insert"):
            entry.or_insert(2)
        assert scores == {"Blue": 1}


class TestTheEagerDefault:
    """The argument of `or_insert` is computed before the call, needed or not."""

    def test_or_insert_computes_its_default_every_time(self):
        calls = []
        cache = HashMap()
        for _ in range(3):
            cache.entry("answer").or_insert(calls.append("computed") or 42)
        assert len(calls) == 3

    def test_or_insert_with_computes_it_once(self):
        calls = []
        cache = HashMap()
        for _ in range(3):
            cache.entry("answer").or_insert_with(lambda: calls.append("computed") or 42)
        assert len(calls) == 1
        assert cache == {"answer": 42}

    @pytest.mark.parametrize(
        "look_up",
        [
            lambda m: m.entry("answer").or_insert_with(unused).value,
            lambda m: m.entry("answer").or_insert_with_key(lambda _: unused()).value,
            lambda m: m.entry("answer").or_default(unused).value,
            lambda m: m.get_or_insert_with("answer", unused),
        ],
        ids=["or_insert_with", "or_insert_with_key", "or_default", "get_or_insert_with"],
    )
    def test_a_present_key_computes_nothing(self, look_up):
        assert look_up(HashMap(answer=42)) == 42

    def test_a_default_list_is_new_for_each_key(self):
        groups = HashMap()
        for key in "ab":
            groups.entry(key).or_insert_with(list).value.append(key)
        assert groups == {"a": ["a"], "b": ["b"]}


class TestWhichMethodWhen:
    """One row of the decision matrix each: what it does for a key that is there, and for one that is not."""

    @pytest.fixture
    def m(self):
        return HashMap(there=1)

    def test_entry_decides_by_itself(self, m):
        def decide(key):
            match m.entry(key):
                case Entry.Occupied(e):
                    return e.remove()
                case Entry.Vacant(e):
                    return e.insert(2).value

        assert isinstance(m.entry("there"), OccupiedEntry)
        assert isinstance(m.entry("absent"), VacantEntry)
        assert (decide("there"), decide("absent")) == (1, 2)
        assert m == {"absent": 2}

    def test_or_insert_is_for_a_default_at_hand(self, m):
        assert m.entry("there").or_insert(0).value == 1
        assert m.entry("absent").or_insert(0).value == 0
        assert m == {"there": 1, "absent": 0}

    def test_or_insert_with_is_for_a_default_that_costs_something(self, m):
        assert m.entry("there").or_insert_with(unused).value == 1
        assert m.entry("absent").or_insert_with(lambda: 7).value == 7
        assert m.entry("word").or_insert_with_key(len).value == 4
        assert m == {"there": 1, "absent": 7, "word": 4}

    def test_and_modify_is_for_what_is_there_already(self, m):
        m.entry("there").and_modify(lambda n: n.add_assign(1))
        m.entry("absent").and_modify(lambda _: unused())
        assert m == {"there": 2}
        m.entry("absent").and_modify(lambda _: unused()).or_insert(5)
        assert m == {"there": 2, "absent": 5}

    def test_get_mut_changes_but_never_inserts(self, m):
        for key in ("there", "absent"):
            if value := m.get_mut(key):
                value += 1
        assert m == {"there": 2}

    def test_insert_overwrites(self, m):
        assert m.insert("there", 5) == 1
        assert m.insert("absent", 6) is None
        assert m == {"there": 5, "absent": 6}

    def test_get_reads(self, m):
        assert m.get("there") == 1
        assert m.get("absent") is None
        assert m.get("absent", 0) == 0
        assert m == {"there": 1}


def test_a_handle_kept_while_the_map_changes_is_refused():
    scores = HashMap(Blue=10)
    blue = scores.entry("Blue").or_insert(0)
    scores.insert("Red", 3)
    with pytest.raises(BorrowError, match="lent by or_insert for key 'Blue', ended when insert was called on the map"):
        blue.value += 5
    assert scores == {"Blue": 10, "Red": 3}
