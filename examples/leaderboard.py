"""A leaderboard that lives in a `HashMap`, and the two mistakes that it does not let you make.

Run it: `python examples/leaderboard.py`
"""

from collections.abc import Iterable
from typing import NamedTuple

from entrymap import BorrowError, Entry, HashMap


class Event(NamedTuple):
    """A team scored."""

    team: str
    points: int


EVENTS = [
    Event("Blue", 10),
    Event("Red", 25),
    Event("Blue", 5),
    Event("Green", 15),
    Event("Red", 5),
    Event("Blue", 20),
]


def total_points(events: Iterable[Event]) -> HashMap[str, int]:
    """Add up each team's points. In Rust: `*scores.entry(team).or_insert(0) += points;`."""
    scores: HashMap[str, int] = HashMap()
    for team, points in events:
        scores.entry(team).or_insert(0).value += points
    return scores


def count_goals(events: Iterable[Event]) -> HashMap[str, int]:
    """Count each team's events: one if it is the first, one more if it is not."""
    goals: HashMap[str, int] = HashMap()
    for team, _ in events:
        goals.entry(team).and_modify(lambda n: n.add_assign(1)).or_insert(1)
    return goals


def penalise(scores: HashMap[str, int], team: str, points: int) -> str:
    """Take points from a team. A team with nothing left leaves the board."""
    match scores.entry(team):
        case Entry.Occupied(e) if e.get() > points:
            e.insert(e.get() - points)
            return f"{team} loses {points} points"
        case Entry.Occupied(e):
            e.remove()
            return f"{team} loses {points} points, and is off the board"
        case Entry.Vacant(e):
            return f"{e.key()} is not on the board"


def show(scores: HashMap[str, int], goals: HashMap[str, int]) -> None:
    """Print the teams, the best first. A `HashMap` has no order, so sort it where you need one."""
    ranking = sorted(scores.items(), key=lambda pair: pair[1], reverse=True)
    for place, (team, points) in enumerate(ranking, start=1):
        print(f"  {place}. {team:<6} {points:>3} points in {goals[team]} events")


def load_motto(team: str) -> str:
    """Stand in for something slow: a file, a query, a request."""
    print(f"  loading the motto of {team} ...")
    return f"{team} or nothing!"


def show_mottos(teams: Iterable[str]) -> None:
    """Compute a default only when it is missing.

    `or_insert(load_motto(team))` would load the motto for every event, and throw most of them away.
    """
    mottos: HashMap[str, str] = HashMap()
    for team in teams:
        motto = mottos.entry(team).or_insert_with_key(load_motto)
        print(f"  {team}: {motto}")


def use_a_stale_handle(scores: HashMap[str, int]) -> None:
    """Keep a handle while the map changes under it.

    Rust does not compile this. Here the handle refuses to be used, rather than write to a place that may be gone.
    """
    blue = scores.entry("Blue").or_insert(0)
    scores.insert("Yellow", 1)
    try:
        blue.value += 100
    except BorrowError as error:
        print(f"  BorrowError: {error}")


def main() -> None:
    """Play it through."""
    scores, goals = total_points(EVENTS), count_goals(EVENTS)
    print("The board:")
    show(scores, goals)

    print("\nPenalties:")
    for team in ("Red", "Green", "Purple"):
        print(" ", penalise(scores, team, 15))
    show(scores, goals)

    print("\nA default that costs something is computed once for each team:")
    show_mottos(event.team for event in EVENTS[:4])

    print("\nA handle that was kept while the map changed is refused:")
    use_a_stale_handle(scores)
    print(f"  Blue still has {scores['Blue']} points.")


if __name__ == "__main__":
    main()
