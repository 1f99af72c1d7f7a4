"""Processes that each hold less than the limit, and together three times as much."""
import os
import time

for _ in range(6):
    if os.fork() == 0:
        block = bytearray(48 << 20)
        block[::4096] = b"x" * len(block[::4096])
        time.sleep(5)
        os._exit(0)
for _ in range(6):
    os.wait()
