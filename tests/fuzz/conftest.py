"""How Hypothesis works here: the same few cases in every run of `make test`, others in every `make fuzz`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from tests.conftest import ROOT

set_hypothesis_home_dir(ROOT / "build" / "hypothesis")
# The tests have a limit of their own; what draws large files is slow and meant to be.
settings.register_profile(
    "few", derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile("many", deadline=None, print_blob=True, suppress_health_check=list(HealthCheck))
settings.load_profile("many" if os.environ.get("CASES") else "few")
