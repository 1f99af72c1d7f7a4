"""Counts for some seconds of the clock."""
import time

until = time.monotonic() + 6
while time.monotonic() < until:
    sum(range(1000))
