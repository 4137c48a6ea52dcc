"""No test is timed by the clock, Hypothesis's included."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
