"""Lets Python code believe that it has waited: long sleeps and time-outs end at once, and the clocks that it reads go on by as much.

It is a deception within the process: compiled code and programs that are started wait as long as they say.
"""
import selectors
import signal
import sys
import threading
import time

# Shorter waits are left alone: programs that draw or poll have their pace from them.
LONG_SECONDS = 0.2
TAKEN_SECONDS = 0.02
# A loop that does something every minute is not to become one that does it without rest.
MOST_WAITS = 200


def begin(guest):
    """From now on long waits are skipped. Programs below the folder `guest` see the real clocks, as their own time-outs are ours."""
    skipped, waits = [0.0], [0]
    real_sleep = time.sleep

    def shorten(seconds):
        """How long to wait for really, and how much is left out; a wait without end stays one."""
        if not isinstance(seconds, (int, float)) or seconds < LONG_SECONDS or waits[0] >= MOST_WAITS:
            return seconds, 0.0
        waits[0] += 1
        return TAKEN_SECONDS, seconds - TAKEN_SECONDS

    def sleep(seconds):
        taken, left_out = shorten(seconds)
        real_sleep(taken)
        skipped[0] += left_out

    def ahead(real, scale=1):
        def clock(*arguments):
            value = real(*arguments)
            is_ours = sys._getframe(1).f_code.co_filename.startswith(guest)
            return value if is_ours else value + type(value)(skipped[0] * scale)
        return clock

    time.sleep = sleep
    for name in ("time", "monotonic", "perf_counter"):
        setattr(time, name, ahead(getattr(time, name)))
        setattr(time, name + "_ns", ahead(getattr(time, name + "_ns"), 1e9))

    real_wait = threading.Condition.wait

    def wait(self, timeout=None):
        taken, left_out = shorten(timeout)
        came = real_wait(self, taken)
        if not came:
            skipped[0] += left_out
        return came

    threading.Condition.wait = wait
    for kind in {selectors.DefaultSelector, selectors.SelectSelector}:
        hasten(kind, shorten, skipped)
    hasten_alarms()


def hasten(kind, shorten, skipped):
    """What an event loop waits in."""
    real_select = kind.select

    def select(self, timeout=None):
        taken, left_out = shorten(timeout)
        ready = real_select(self, taken)
        if not ready:
            skipped[0] += left_out
        return ready

    kind.select = select


def hasten_alarms():
    real_timer = signal.setitimer
    signal.alarm = lambda seconds: int(real_timer(signal.ITIMER_REAL, TAKEN_SECONDS if seconds else 0)[0])
    signal.setitimer = lambda which, seconds, interval=0.0: real_timer(
        which, min(seconds, TAKEN_SECONDS) if which == signal.ITIMER_REAL and seconds >= LONG_SECONDS else seconds, interval)
