"""Properties are tried on the same examples each time, and nothing is kept between runs."""

from hypothesis import settings

settings.register_profile("same each time", derandomize=True, database=None, deadline=None, max_examples=60)
settings.load_profile("same each time")
