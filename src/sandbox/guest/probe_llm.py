"""Starts the probe of environments for language models; runs inside a sandbox only."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gym_probe.llm_main import main  # noqa: E402

main()
