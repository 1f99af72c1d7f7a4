"""Runs a part of the probe in a process of its own: what crashes, hangs or fills memory there takes nothing else along."""
import json
import os
import signal
import time

# Linux, <linux/prctl.h>.
PR_SET_CHILD_SUBREAPER = 36

# Memory that a child may take beyond what it starts with: less than what would bring down the whole sandbox.
SPARE_BYTES = 192 << 20
MOST_ANSWER = 60000

CRASHES = frozenset(getattr(signal, name) for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGSYS", "SIGTRAP"))


class Outcome:
    """`how`: `done`, `hung`, `crashed`, or `ended` (by itself, or for lack of memory). `answer`: what the action gave, or None."""

    def __init__(self, how, answer=None, name=None):
        self.how, self.answer, self.name = how, answer, name


def can_fork():
    return hasattr(os, "fork") and hasattr(signal, "setitimer")


def adopt_orphans(recorder):
    """Makes processes whose parents ended children of this one, so that they are counted as what they are. False: not to be had."""
    recorder.busy = True
    try:
        import ctypes
        return ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    except BaseException:
        return False
    finally:
        recorder.busy = False


def bound(seconds):
    """The kernel ends the child when its time is up: no signal is sent by anybody that a trace would show."""
    import resource
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with open("/proc/self/statm", "rb") as source:
            size = int(source.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = size + SPARE_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        pass


def apart(recorder, seconds, action):
    """
    Calls `action(tell)` in a child for at most so many seconds. The answer is what it told last, or what it returned: small, and what
    JSON can hold. Without fork it is run here, without those walls.
    """
    if not can_fork():
        told = []
        try:
            return Outcome("done", action(told.append))
        except BaseException:
            return Outcome("ended", told[-1] if told else None)
    reading, writing = os.pipe()
    began_lost = recorder.lost
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            bound(seconds)

            def tell(answer):
                os.write(writing, (json.dumps(answer) + "\n").encode("utf-8")[:MOST_ANSWER])
            tell(action(tell))
            if recorder.lost > began_lost:
                recorder.send({"t": "lost", "count": recorder.lost - began_lost})
            status = 0
        except BaseException:
            pass
        finally:
            os._exit(status)
    os.close(writing)
    text, status = collect(child, reading, time.monotonic() + seconds + 0.5, recorder)
    os.close(reading)
    answer = None
    for line in text.split(b"\n"):
        try:
            answer = json.loads(line.decode("utf-8")) if line else answer
        except ValueError:
            pass
    if not os.WIFSIGNALED(status):
        return Outcome("done" if os.WEXITSTATUS(status) == 0 else "ended", answer)
    number = os.WTERMSIG(status)
    if number in CRASHES:
        return Outcome("crashed", answer, signal.Signals(number).name)
    return Outcome("hung" if number == signal.SIGALRM else "ended", answer)


def collect(child, reading, deadline, recorder):
    """Reads what the child tells, and waits for its end; ends one that outlives its own alarm. Gives (text, wait status)."""
    import select
    chunks, size, is_open = [], 0, True
    while True:
        if is_open:
            ready, _, _ = select.select([reading], [], [], 0.02)
            if ready:
                chunk = os.read(reading, 65536)
                is_open = chunk != b""
                size += len(chunk)
                if size < 16 * MOST_ANSWER:
                    chunks.append(chunk)
        else:
            time.sleep(0.002)
        found, status = os.waitpid(child, os.WNOHANG)
        if found == child:
            # Grandchildren may hold the pipe open: what is in it now is all that counts.
            while is_open and size < 16 * MOST_ANSWER and select.select([reading], [], [], 0)[0]:
                chunk = os.read(reading, 65536)
                is_open = chunk != b""
                size += len(chunk)
                chunks.append(chunk)
            return b"".join(chunks), status
        if time.monotonic() > deadline:
            recorder.busy = True
            try:
                os.kill(child, signal.SIGKILL)
            finally:
                recorder.busy = False
            deadline = time.monotonic() + 60
