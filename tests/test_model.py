"""The whole surface beside its model: contents, results, exceptions, and which call ends which handle."""

import sys

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from programs import COMBINES, FACTORIES, KEYS, MODIFIERS, PREDICATES, STEPS, VALUES, Key, World, run_many

keys = st.sampled_from(KEYS) | st.builds(Key, st.integers(0, 4))
values = st.sampled_from(VALUES)
ARGUMENTS = {
    "k": keys,
    "v": values,
    "i": st.integers(0, 2),
    "n": st.integers(0, 40),
    "f": st.sampled_from(list(FACTORIES)),
    "m": st.sampled_from(list(MODIFIERS)),
    "c": st.sampled_from(list(COMBINES)),
    "p": st.sampled_from(list(PREDICATES)),
    "P": st.lists(st.tuples(keys, values), max_size=6),
    "K": st.lists(keys, max_size=4),
}
steps = st.sampled_from(list(STEPS)).flatmap(
    lambda name: st.tuples(st.just(name), st.tuples(*(ARGUMENTS[kind] for kind in STEPS[name][1])))
)


class Agreement(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.world = World()

    @rule(step=steps)
    def step(self, step):
        self.world.step(*step)


TestAgreement = Agreement.TestCase
TestAgreement.settings = settings(
    max_examples=3 * settings.default.max_examples, stateful_step_count=40, suppress_health_check=list(HealthCheck)
)


def test_random_programs():
    """More of them by `make fuzz`."""
    run_many(10_000, seed=sys.hexversion)


def test_every_step_is_tried():
    """A step that no program takes tests nothing."""
    methods = {name for name in dir(World().ours.m) if not name.startswith("_")}
    source = {name for step, _ in STEPS.values() for name in names_in(step)}
    untried = (
        "new default from_iter fromkeys with_capacity with_hasher with_capacity_and_hasher hasher capacity copy keys"
    )
    untried += " values items eq ne is_empty try_reserve shrink_to get_disjoint_unchecked_mut"
    assert methods - source == set(untried.split()), "what has no handle and no generation is tested elsewhere"


def names_in(function):
    """What a function reaches for, in the functions inside it too."""
    inner = [cell.cell_contents for cell in function.__closure__ or () if callable(cell.cell_contents)]
    return {*function.__code__.co_names, *(name for f in inner for name in names_in(f))}
