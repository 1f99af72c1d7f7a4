"""How a program begins to be recorded, and how it ends."""
import atexit
import json
import os
import sys
import threading
import time

from audited_calls import text_of
from recorder import Recorder


class WatchedEnvironment(os._Environ):
    """The environment, with a note of each decoy that is asked for by name."""

    def __getitem__(self, key):
        watch = WATCH.get("recorder")
        if watch is not None and key in WATCH["names"] and not watch.busy:
            watch.busy = True
            if watch.is_asked_by_target():
                watch.event("file.open", "env:" + key, "env.read")
            watch.busy = False
        return super().__getitem__(key)


WATCH = {}


THREADS_SECONDS = 2.0
# A run without waiting is over sooner than it would be: what goes on beside it is given as much.
HURRIED_SECONDS = 0.5


def close_down(recorder):
    """What Python does when a program is over: waits for its threads, here for a while only, and calls its exit handlers."""
    if os.getpid() != recorder.process:
        return
    recorder.enter("exit")
    try:
        began = time.monotonic()
        for thread in threading.enumerate():
            patience = THREADS_SECONDS if not thread.daemon else HURRIED_SECONDS if recorder.is_hurried else 0.0
            if thread is not threading.current_thread() and patience > 0.0:
                thread.join(max(0.0, began + patience - time.monotonic()))
        atexit._run_exitfuncs()
    except BaseException:
        # The target's own: a program that fails while it ends has ended all the same.
        pass


def end(status):
    """Ends the process at once, with whatever threads the target left behind."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            # The target closed it, or put something of its own there.
            pass
    os._exit(status & 255)


def standard_input(text):
    """What the payload reads: nothing, or a text that then ends."""
    if not text:
        return os.open("/dev/null", os.O_RDONLY)
    reading, writing = os.pipe()
    # Short enough for the buffer of a pipe.
    os.write(writing, text.encode("utf-8")[:4096])
    os.close(writing)
    return reading


def begin():
    """Takes the run's settings from standard input, keeps a channel of its own, and starts to record.

    Standard output of the payload goes to standard error from here on, so that nothing it prints can be taken for a record. Started by
    a program that talks to the payload, it is told by the environment, and standard input and output stay as they are.
    """
    told = os.environ.pop("SBX_RECORDER", None)
    if told is not None:
        job, channel = json.loads(told), int(os.environ.pop("SBX_RECORDER_CHANNEL"))
    else:
        job = json.loads(sys.stdin.buffer.read(1 << 20).decode("utf-8"))
        channel = os.dup(1)
        os.dup2(2, 1)
        os.dup2(standard_input(job.get("input", "")), 0)
    os.set_inheritable(channel, False)
    sys.dont_write_bytecode = True
    guest = os.path.dirname(os.path.abspath(__file__)) + "/"
    roots, sites, rest = [], [], []
    arguments = iter(sys.argv[1:])
    for argument in arguments:
        if argument == "--root":
            roots.append(next(arguments))
        elif argument == "--site":
            sites.append(next(arguments))
        elif argument == "--":
            rest = list(arguments)
        else:
            rest.append(argument)
    standard = [p for p in sys.path if os.path.abspath(p) + "/" != guest]
    sys.path[:] = roots + sites + standard
    own = [guest] + roots + sites + [p for p in standard if p] + [sys.prefix + "/lib", sys.base_prefix + "/lib"] + [folder for folder in [os.environ.get("SBX_TARGET")] if folder]
    recorder = Recorder(job["nonce"], channel, own)
    recorder.sites = tuple(s.rstrip("/") + "/" for s in sites) or ("\0",)
    recorder.libraries = recorder.sites + tuple(p.rstrip("/") + "/" for p in standard if p) + ("<frozen ",)
    recorder.guest = guest
    watch(recorder, job)
    return recorder, job, rest


def watch(recorder, job):
    WATCH["names"] = frozenset(job.get("tokens", []))
    environment = os.environ
    os.environ = WatchedEnvironment(environment._data, environment.encodekey, environment.decodekey, environment.encodevalue,
                                    environment.decodevalue)
    WATCH["recorder"] = recorder
    # This folder is no longer on the path.
    sys.path.insert(0, recorder.guest)
    if job.get("startsAtMs"):
        import world_clock
        world_clock.begin_at(job["startsAtMs"])
    recorder.is_hurried = bool(job.get("skipsWaiting"))
    if recorder.is_hurried:
        import skip_waiting
        skip_waiting.begin(recorder.guest)
    sys.path.remove(recorder.guest)
    recorder.install()


def attach():
    """Starts to record in a Python that something else started; told by the environment, as its own children will be."""
    job, channel = json.loads(os.environ["SBX_RECORDER"]), int(os.environ["SBX_RECORDER_CHANNEL"])
    guest = os.path.dirname(os.path.abspath(__file__)) + "/"
    standard = [p for p in sys.path if p and not (os.path.abspath(p) + "/").startswith(guest)]
    recorder = Recorder(job["nonce"], channel, [guest] + standard + [sys.prefix + "/lib", sys.base_prefix + "/lib"]
                        + [folder for folder in [os.environ.get("SBX_TARGET")] if folder])
    recorder.sites = ("\0",)
    recorder.libraries = tuple(p.rstrip("/") + "/" for p in standard if not p.startswith(os.environ.get("SBX_TARGET", "\0"))) + ("<frozen ",)
    recorder.guest = guest
    recorder.phase = "run"
    watch(recorder, job)
    tell_missing(recorder)


def tell_missing(recorder):
    """A program that ends for want of a module says so; nobody else waits for its exceptions."""
    shown = sys.excepthook

    def tell(kind, error, trace):
        if issubclass(kind, Exception) and os.getpid() == recorder.process:
            words = ["python3"] + [text_of(word) for word in getattr(sys, "argv", [])[:20]]
            recorder.fail_for_module("`%s`" % " ".join(words)[:160], error)
        shown(kind, error, trace)
    sys.excepthook = tell
