"""Uses up what it is given, in Python in WebAssembly: memory, time, output; and does not want to end."""

import json
import os
import signal
import time

from outcome import HELD, TEMPORARY, broken, fails, worst

BLOCK = 16 << 20


def flood(bait):
    block = b"x" * 65536
    while True:
        os.write(bait["descriptor"], block)


def until(bytes_, take):
    """Takes blocks until there are no more to be had."""
    kept = []
    while len(kept) * BLOCK < bytes_:
        kept.append(take(len(kept)))
    # Whoever looks from outside looks now and then.
    began = time.monotonic()
    while time.monotonic() - began < 3:
        pass
    return "%d MiB are held" % (len(kept) * BLOCK >> 20)


def one_block(bait):
    return {"memory: one process": fails(lambda: until(bait["bytes"], lambda _: bytearray(os.urandom(16)) * (BLOCK >> 4)), MemoryError)}


def outside_block(bait):
    """Memory of JavaScript, beside that of WebAssembly."""
    from pyodide.ffi import JsException, to_js

    block = os.urandom(BLOCK)
    refusals = (MemoryError, JsException)
    return {"memory: outside the memory of WebAssembly": fails(lambda: until(bait["bytes"], lambda _: to_js(block)), *refusals)}


def files_in_memory(bait):
    block = os.urandom(BLOCK)

    def take(number):
        with open("%s/sbx-%d" % (TEMPORARY, number), "wb") as file:
            file.write(block)

    return {"memory: files in memory": fails(lambda: until(bait["bytes"], take), MemoryError, OSError)}


def processes(bait):
    import subprocess
    import threading

    def by_shell():
        status = os.system("true")
        if os.waitstatus_to_exitcode(status) == 127:
            raise OSError("no shell")
        return status

    ways = [
        by_shell,
        lambda: subprocess.run(["true"]),
        lambda: os.popen("true"),
        lambda: os.execv("/bin/true", ["true"]),
        lambda: os.posix_spawn("/bin/true", ["true"], {}),
    ]
    forks = [os.fork, lambda: os.forkpty()]
    refusals = (OSError, AttributeError, RuntimeError)
    return {
        "pids: fork": worst([fails(each, *refusals) for each in forks]),
        "pids: other programs": worst([fails(each, *refusals) for each in ways]),
        "pids: threads": fails(lambda: threading.Thread(target=print).start(), RuntimeError),
        "pids: open files": open_files(bait["openFiles"]),
    }


def open_files(limit):
    opened = []
    try:
        while len(opened) <= limit + 16:
            opened.append(os.open(TEMPORARY + "/sbx-open", os.O_RDWR | os.O_CREAT))
        return broken("%d are open" % len(opened))
    except OSError:
        return HELD
    finally:
        for each in opened:
            os.close(each)


def left(action):
    """Says that it began, for the side outside to look."""

    def run(bait):
        print(json.dumps({"left": bait["marker"]}), flush=True)
        action(bait)

    return run


def loop(_bait):
    while True:
        pass


def deaf(_bait):
    for number in range(1, signal.NSIG):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def one_call(_bait):
    """Inside one call of C, which the interpreter does not come back from."""
    import re

    re.match("(a+)+$", "a" * 60 + "b")


def asleep(_bait):
    time.sleep(600)


def abandon(bait):
    return {"left": bait["marker"]}
