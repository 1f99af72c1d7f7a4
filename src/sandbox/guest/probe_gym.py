"""Starts the probe of environments; runs inside a sandbox only."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gym_probe.main import main  # noqa: E402

main()
