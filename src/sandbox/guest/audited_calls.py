"""What the audit events of CPython (PEP 578) say that Python code asks of the system."""
import os
import re
import sys

LONGEST_DETAIL = 2000
# Where a recorder's own frames stand.
RECORDING = ("/recorder.py", "/audited_calls.py")

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


class AuditedCalls:
    """What a recorder notes of each event, in the words of a report."""

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
                if not name.endswith(RECORDING):
                    return False
            else:
                return True
            frame = frame.f_back
        return False
