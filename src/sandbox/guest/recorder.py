"""Records what Python code asks of the system, through CPython's audit events (PEP 578).

It runs in the same process as what it watches: evidence, never proof. Each different event is sent at once, so that code which ends
the process early does not take the record along; counts follow at the end.
"""
import atexit
import json
import os
import re
import sys
import threading
import time

MOST_EVENTS = 2000
LONGEST_DETAIL = 2000

ADDRESS = re.compile(r"^[0-9.]+$|^[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*$")

WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# Read by interpreters and libraries for their own sake.
QUIET_READS = (
    "/usr/lib", "/usr/local/lib", "/lib", "/usr/share/zoneinfo", "/sys/devices/system/cpu", "/sys/fs/cgroup",
    "/etc/localtime", "/etc/ld.so", "/etc/mime.types", "/etc/ssl/openssl.cnf", "/etc/nsswitch.conf", "/etc/resolv.conf",
    "/etc/hosts", "/etc/host.conf", "/etc/gai.conf", "/etc/os-release", "/etc/passwd", "/proc/cpuinfo", "/proc/meminfo",
    "/proc/stat", "/dev/null", "/dev/urandom", "/dev/random", "/dev/shm", "/usr/share/mime", "/usr/share/fonts", "/usr/share/fontconfig", "/etc/fonts",
)


def text_of(value):
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    return value if isinstance(value, str) else str(value)


def command_of(program, arguments):
    if isinstance(arguments, (str, bytes)):
        return text_of(arguments)
    words = [text_of(word) for word in (arguments or [])][:200]
    return " ".join(words) or text_of(program)


def missing_module(error):
    """The module for want of which something failed, or None."""
    cause = error
    for _ in range(10):
        if isinstance(cause, ModuleNotFoundError) and cause.name:
            return cause.name
        cause = cause.__cause__ or cause.__context__
        if cause is None:
            return None
    return None


class Recorder:
    def __init__(self, nonce, channel, own_folders):
        self.nonce = nonce
        self.channel = channel
        self.own = tuple(folder.rstrip("/") + "/" for folder in own_folders)
        self.began = time.monotonic()
        self.phase = "start"
        self.phase_began = self.began
        self.step = 0
        # What was special about the moment: `seeded with 42`; None when nothing was.
        self.circumstance = None
        self.events = {}
        self.lost = 0
        self.made_up = set()
        self.busy = False
        self.process = os.getpid()

    def now(self):
        return int((time.monotonic() - self.began) * 1000)

    def send(self, record):
        try:
            os.write(self.channel, (self.nonce + json.dumps(record) + "\n").encode("utf-8", "replace"))
        except OSError:
            pass

    def enter(self, name):
        """Begins a phase; the file that is asked for marks the place in a system call trace."""
        self.leave()
        self.phase = name
        self.phase_began = time.monotonic()
        self.step = 0
        self.busy = True
        try:
            os.access("/.sbx-phase/" + name, os.F_OK)
        finally:
            self.busy = False

    def leave(self):
        if self.phase != "start":
            self.send({"t": "phase", "name": self.phase, "ms": int((time.monotonic() - self.phase_began) * 1000)})
        self.phase = "start"

    def fail_for_module(self, subject, error):
        """Tells of a failure only where a module is missing."""
        if missing_module(error) is not None:
            self.fail(subject, error)

    def fail(self, subject, error):
        self.send({"t": "failure", "phase": self.phase, "subject": subject, "type": type(error).__name__,
                   "message": str(error)[:1000], "module": missing_module(error)})

    def finish(self, is_whole=True):
        self.leave()
        # A child that was forked off shares the channel; only the first process counts.
        if os.getpid() != self.process:
            return
        for event in self.events.values():
            if event["count"] > 1:
                self.send(dict(event, count=event["count"] - 1, step=0))
        if self.lost:
            self.send({"t": "lost", "count": self.lost})
        if is_whole:
            self.send({"t": "end"})

    def event(self, kind, detail, capability=None):
        detail = detail[:LONGEST_DETAIL]
        key = (kind, self.phase, detail)
        known = self.events.get(key)
        at = self.now()
        if known is not None:
            known["count"] += 1
            known["last"] = at
            return
        if len(self.events) >= MOST_EVENTS:
            self.lost += 1
            return
        record = {"t": "event", "kind": kind, "phase": self.phase, "detail": detail, "first": at, "last": at, "count": 1,
                  "step": self.step}
        if capability is not None:
            record["capability"] = capability
        if self.circumstance is not None:
            record["circumstance"] = self.circumstance
        self.events[key] = record
        self.send(record)

    def install(self):
        handlers = {
            "open": self.on_open,
            "os.remove": lambda a: self.on_path("file.delete", a[0]),
            "os.rmdir": lambda a: self.on_path("file.delete", a[0]),
            "shutil.rmtree": lambda a: self.on_path("file.delete", a[0]),
            "os.rename": self.on_rename,
            "os.link": self.on_link,
            "os.symlink": self.on_link,
            "os.mkdir": lambda a: self.note_made_up(),
            "os.truncate": lambda a: self.on_path("file.write", a[0]),
            "os.chmod": lambda a: self.on_path("file.write", a[0]),
            "os.listdir": self.on_list,
            "os.scandir": self.on_list,
            "os.system": lambda a: self.event("exec", text_of(a[0])),
            "subprocess.Popen": lambda a: self.event("exec", command_of(a[0], a[1])),
            "os.exec": lambda a: self.event("exec", command_of(a[0], a[1])),
            "os.posix_spawn": lambda a: self.event("exec", command_of(a[0], a[1])),
            "os.spawn": lambda a: self.event("exec", command_of(a[1], a[2])),
            "pty.spawn": lambda a: self.event("exec", command_of("", a[0])),
            "os.kill": lambda a: self.event("signal", "kill %s %s" % (a[0], a[1])),
            "os.killpg": lambda a: self.event("signal", "killpg %s %s" % (a[0], a[1])),
            "socket.connect": lambda a: self.on_address("connect", a[1]),
            "socket.sendto": lambda a: self.on_address("connect", a[1]),
            "socket.sendmsg": lambda a: self.on_address("connect", a[1]),
            "socket.bind": lambda a: self.on_address("listen", a[1]),
            "socket.getaddrinfo": lambda a: self.on_name(a[0]),
            "socket.gethostbyname": lambda a: self.on_name(a[0]),
            "socket.gethostbyaddr": lambda a: self.on_name(a[0]),
            "urllib.Request": self.on_request,
            "ctypes.dlopen": self.on_library,
            "pickle.find_class": self.on_pickle,
        }
        recorder = self

        def hook(name, arguments):
            handler = handlers.get(name)
            if handler is None or recorder.busy:
                return
            recorder.busy = True
            try:
                handler(arguments)
            except Exception:
                recorder.lost += 1
            finally:
                recorder.busy = False

        sys.addaudithook(hook)

    def is_own(self, path):
        return path.startswith(self.own) or (path + "/").startswith(self.own)

    def on_open(self, arguments):
        path, mode, flags = arguments[0], arguments[1], arguments[2]
        if isinstance(path, int):
            return
        if (flags or 0) & os.O_EXCL:
            self.note_made_up()
        path = os.path.abspath(text_of(path))
        is_write = any(c in mode for c in "wax+") if isinstance(mode, str) else bool((flags or 0) & WRITE_FLAGS)
        if is_write:
            if path not in ("/dev/null", "/dev/tty"):
                self.event("file.write", path)
            return
        if path.startswith("/proc/"):
            if path.endswith("/environ"):
                self.event("file.open", path, "env.read")
            elif path.startswith("/proc/self/") or path.startswith(QUIET_READS):
                return
            else:
                self.event("file.open", path)
            return
        if path.startswith(QUIET_READS) or self.is_own(path) or "/__pycache__/" in path:
            return
        self.event("file.open", path)

    def note_made_up(self):
        """Tells of the random part of a name that the standard library's `tempfile` is about to make a file or folder with."""
        frame = sys._getframe(2)
        for _ in range(4):
            if frame is None:
                return
            code = frame.f_code
            if code.co_filename.endswith("/tempfile.py") and code.co_filename.startswith(self.libraries):
                name = frame.f_locals.get("name")
                if isinstance(name, str) and len(self.made_up) < 200 and name not in self.made_up:
                    self.made_up.add(name)
                    self.send({"t": "made-up", "name": name[:20]})
                return
            frame = frame.f_back

    def on_path(self, kind, path):
        if not isinstance(path, int):
            self.event(kind, os.path.abspath(text_of(path)))

    def on_rename(self, arguments):
        self.on_path("file.delete", arguments[0])
        self.on_path("file.write", arguments[1])

    def on_link(self, arguments):
        self.event("file.open", os.path.abspath(text_of(arguments[0])))
        self.on_path("file.write", arguments[1])

    def on_list(self, arguments):
        path = arguments[0]
        if path is None or isinstance(path, int):
            return
        path = os.path.abspath(text_of(path))
        # Looking around is worth knowing only where somebody lives.
        if path.startswith(("/home", "/root", "/Users")):
            self.event("file.open", path)

    def on_address(self, kind, address):
        if isinstance(address, tuple) and len(address) >= 2:
            self.event(kind, "%s:%s" % (text_of(address[0]), address[1]))
        elif isinstance(address, (str, bytes)) and address:
            self.event(kind, "unix:" + text_of(address))

    def on_name(self, host):
        # A numeric address needs no name server.
        if host and not ADDRESS.match(text_of(host)):
            self.event("dns", text_of(host))

    def on_request(self, arguments):
        url, data = text_of(arguments[0]), arguments[1]
        body = "" if data is None else " " + text_of(data)[:LONGEST_DETAIL]
        self.event("connect", url[:LONGEST_DETAIL // 2] + body)

    def on_library(self, arguments):
        if arguments[0] and self.is_target_doing():
            self.event("import", "ctypes:" + text_of(arguments[0]), "code.native")

    def on_pickle(self, arguments):
        if self.is_target_doing():
            self.event("import", "pickle:%s.%s" % (arguments[0], arguments[1]), "code.deserialize")

    def is_asked_by_target(self):
        """Whether the code that asked for a variable is the target's own: libraries go through the whole environment for proxies."""
        frame = sys._getframe(2)
        for _ in range(10):
            if frame is None:
                return True
            name = frame.f_code.co_filename
            if not name.endswith(("os.py", "_collections_abc.py", "<frozen os>", "<frozen _collections_abc>")):
                return not name.startswith(self.libraries)
            frame = frame.f_back
        return True

    def is_target_doing(self):
        """Whether the nearest code outside the standard library is the target's, not a library that is being imported."""
        frame = sys._getframe(2)
        has_library = False
        for _ in range(100):
            if frame is None:
                return False
            name = frame.f_code.co_filename
            if name.startswith("<frozen importlib"):
                if has_library:
                    return False
            elif name.startswith(self.libraries):
                has_library = has_library or name.startswith(self.sites)
            elif name.startswith(self.guest):
                if "recorder.py" not in name:
                    return False
            else:
                return True
            frame = frame.f_back
        return False


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
