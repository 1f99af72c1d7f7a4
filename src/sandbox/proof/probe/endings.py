"""Does not want to end: ignores signals, leaves its parents, stops them and itself."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time

from calls import IS_ARM, LIBC


def sleeper(marker):
    """A process with the marker among its arguments."""
    command = [sys.executable, "-I", "-S", "-c", "import time; time.sleep(600)", marker]
    return subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def ignore_signals():
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass


def daemonise(marker):
    """The grandchild of a child that is gone, in a session of its own, deaf to every signal that one can be deaf to."""
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork() == 0:
            ignore_signals()
            sleeper(marker)
        os._exit(0)
    os.waitpid(child, 0)


def say_left(bait):
    """Tells the side outside that there is something for it to look for."""
    print(json.dumps({"left": bait["marker"]}), flush=True)


def outlive(bait):
    """Leaves a daemon and does not end by itself."""
    ignore_signals()
    daemonise(bait["marker"])
    time.sleep(0.2)
    say_left(bait)
    time.sleep(600)


def share():
    """Memory, a semaphore and a queue that have a key, no path and no owner that has to live; where the calls are there."""
    for number, arguments in ((29, (4096, 0o1600)), (64, (1, 0o1600)), (68, (0o1600,))):
        by_arm = {29: 194, 64: 190, 68: 186}
        LIBC.syscall(ctypes.c_long(by_arm[number] if IS_ARM else number), int.from_bytes(os.urandom(3), "big") + 1, *arguments)


def abandon(bait):
    """Leaves a daemon, and objects that have no path, and ends at once."""
    daemonise(bait["marker"])
    share()
    time.sleep(0.2)
    return {"left": bait["marker"]}


def stop(bait):
    """Stops who started it, where numbers mean processes of the sandbox, and then itself."""
    sleeper(bait["marker"])
    say_left(bait)
    if bait["ownProcesses"]:
        for process in {1, os.getppid()}:
            try:
                os.kill(process, signal.SIGSTOP)
            except OSError:
                pass
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(600)
