"""What a watched call means, as events of a report. A method reads what it needs before the call is answered and gives back what remains
to be done afterwards, or None. Argument order: the manual page of each call, section 2."""

import os
import posixpath
import re
import struct

import memory
import names
from places import AT_FDCWD
from processes import number, status

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
UNSEEN = os.O_DIRECTORY | 0o10000000
AT_EMPTY_PATH = 0x1000
NAME_CACHES = ("unix:/var/run/nscd/socket", "unix:/run/nscd/socket")
# Read-only and the host's own: nothing there can lead anywhere else.
SYSTEM = ("/usr/", "/lib/", "/lib64/", "/opt/sbx/")
MOUNTS = frozenset("mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr".split())
NAMESPACES = ((0x10000000, "user"), (0x00020000, "mount"), (0x20000000, "process"), (0x40000000, "network"), (0x04000000, "host name"),
              (0x08000000, "ipc"), (0x02000000, "cgroup"))
FAMILIES = {16: "AF_NETLINK", 17: "AF_PACKET", 38: "AF_ALG", 40: "AF_VSOCK", 44: "AF_XDP"}
LOOPBACK = re.compile(r"^(?:127\.|0\.0\.0\.0:|::1:|:::|::ffff:127\.)")
NOTHING = 0xFFFFFFFF


def signed(value):
    value &= NOTHING
    return value - (1 << 32) if value >> 31 else value


class Meaning:
    def __init__(self, journal, places, processes, settings):
        self.journal, self.places, self.processes = journal, places, processes
        self.mark, self.own_phases, self.starter = settings["phaseMark"], settings["ownPhases"], None
        self.user = settings["insideUser"]
        self.is_isolated = settings["isIsolated"]
        self.relocated = settings["relocated"]
        self.quiet = {kind: re.compile(pattern) for kind, pattern in settings["quiet"].items()}

    def told(self, text):
        """The text with the paths that the command was told."""
        for place, path in self.relocated:
            text = text.replace(place, path)
        return text

    def add(self, kind, detail, allowed=True):
        detail = self.told(detail)
        if not self.is_quiet(kind, detail):
            self.journal.add(kind, detail, allowed)

    def is_quiet(self, kind, detail):
        quiet = self.quiet.get(kind)
        return quiet is not None and quiet.search(detail) is not None and not detail.endswith("/environ")

    # Files

    def open(self, thread, a):
        return self.opened(thread, AT_FDCWD, a[0], a[1])

    def openat(self, thread, a):
        return self.opened(thread, signed(a[0]), a[1], a[2])

    def openat2(self, thread, a):
        how = memory.read(thread, a[2], 8)
        return self.opened(thread, signed(a[0]), a[1], struct.unpack("Q", how)[0] if len(how) == 8 else 0)

    def creat(self, thread, a):
        return self.opened(thread, AT_FDCWD, a[0], WRITES)

    def opened(self, thread, folder, pointer, flags):
        path = memory.text(thread, pointer)
        writes = flags & WRITES
        if not writes and path.startswith(SYSTEM) and "/." not in path:
            return None
        if path.startswith(self.mark):
            return lambda: self.begin(thread, path[len(self.mark):])
        if flags & UNSEEN or self.journal.phase is None:
            return None
        whole = self.places.absolute(thread, folder, path)
        return None if whole is None else lambda: self.note_open(whole, writes)

    def access(self, thread, a):
        return self.looked(thread, a[0])

    def faccessat(self, thread, a):
        return self.looked(thread, a[1])

    def looked(self, thread, pointer):
        path = memory.text(thread, pointer)
        return (lambda: self.begin(thread, path[len(self.mark):])) if path.startswith(self.mark) else None

    def begin(self, thread, phase):
        """Anybody may name a phase; that what follows is not the command's, only the process that started it may say."""
        name = re.match(r"[a-z]{1,16}(?: [\w.-]{1,64})?", phase, re.ASCII)
        if name is None:
            return
        process = number(status(thread).get("Tgid"))
        if self.journal.phase is None:
            self.starter = process
        if name[0] not in self.own_phases or process == self.starter:
            self.journal.phase = name[0]

    def note_open(self, path, writes):
        place = self.places.find(path)
        if writes:
            self.note_write(path, place)
        elif place is not None:
            self.add("file.open", place.path, self.places.may_read(place))

    def note_write(self, path, place):
        if place is not None:
            self.add("file.write", place.path, self.places.may_write(place))
            return
        parent = self.places.parent(path)
        if parent is not None:
            name = posixpath.join(parent.path, posixpath.basename(path))
            self.add("file.write", name, self.places.may_write(parent))

    def unlink(self, thread, a):
        return self.deleted(thread, AT_FDCWD, a[0])

    rmdir = unlink

    def unlinkat(self, thread, a):
        return self.deleted(thread, signed(a[0]), a[1])

    def deleted(self, thread, folder, pointer):
        """Looked up before the answer: afterwards it is gone."""
        path = self.places.absolute(thread, folder, memory.text(thread, pointer))
        parent = None if path is None else self.places.parent(path)
        if parent is None or self.places.find(path, False) is None:
            return None
        name = posixpath.join(parent.path, posixpath.basename(path.rstrip("/")))
        return lambda: self.add("file.delete", name, self.places.may_write(parent))

    def rename(self, thread, a):
        return self.renamed(thread, AT_FDCWD, a[0], AT_FDCWD, a[1])

    def renameat(self, thread, a):
        return self.renamed(thread, signed(a[0]), a[1], signed(a[2]), a[3])

    renameat2 = renameat

    def renamed(self, thread, folder, old, other, new):
        gone = self.deleted(thread, folder, old)
        made = self.made(thread, other, new)
        return None if gone is None or made is None else lambda: (gone(), made())

    def made(self, thread, folder, pointer):
        path = self.places.absolute(thread, folder, memory.text(thread, pointer))
        if path is None:
            return None
        parent = self.places.parent(path)
        if parent is None:
            return None
        name = posixpath.join(parent.path, posixpath.basename(path.rstrip("/")))
        return lambda: self.add("file.write", name, self.places.may_write(parent))

    def link(self, thread, a):
        return self.linked(thread, AT_FDCWD, a[0], AT_FDCWD, a[1])

    def linkat(self, thread, a):
        return self.linked(thread, signed(a[0]), a[1], signed(a[2]), a[3])

    def linked(self, thread, folder, old, other, new):
        """A second name for a file is a way to read it later."""
        path = self.places.absolute(thread, folder, memory.text(thread, old))
        made = self.made(thread, other, new)
        if path is None or made is None:
            return made
        return lambda: (self.note_open(path, 0), made())

    def symlink(self, thread, a):
        return self.symlinked(thread, a[0], AT_FDCWD, a[1])

    def symlinkat(self, thread, a):
        return self.symlinked(thread, a[0], signed(a[1]), a[2])

    def symlinked(self, thread, old, other, new):
        target = memory.text(thread, old)
        made = self.made(thread, other, new)
        if made is None or not target.startswith("/"):
            return made
        return lambda: (self.note_open(target, 0), made())

    def new(self, thread, a):
        """mkdir and mknod; what is there already is not made."""
        return self.created(thread, AT_FDCWD, a[0])

    def newat(self, thread, a):
        return self.created(thread, signed(a[0]), a[1])

    def created(self, thread, folder, pointer):
        path = self.places.absolute(thread, folder, memory.text(thread, pointer))
        if path is None or self.places.find(path, False) is not None:
            return None
        return self.made(thread, folder, pointer)

    def truncate(self, thread, a):
        path = self.places.absolute(thread, AT_FDCWD, memory.text(thread, a[0]))
        return None if path is None else lambda: self.note_open(path, 1)

    def chmod(self, thread, a):
        return self.mode(self.places.absolute(thread, AT_FDCWD, memory.text(thread, a[0])), a[1])

    def fchmodat(self, thread, a):
        return self.mode(self.places.absolute(thread, signed(a[0]), memory.text(thread, a[1])), a[2])

    def fchmod(self, thread, a):
        return self.mode(self.places.link(thread, "fd/%d" % signed(a[0])), a[1])

    def mode(self, path, bits):
        def note():
            place = self.places.find(path)
            if place is None:
                return
            is_own = place.info is None or place.info.st_uid == self.places.user
            allowed = is_own and not place.is_read_only
            # Who may run it matters; who may read it does not leave the sandbox.
            if bits & 0o6111:
                self.add("file.mode", "%04o %s" % (bits & 0o7777, place.path), allowed)
            else:
                self.add("file.write", place.path, allowed)
        return None if path is None or not path.startswith("/") else note

    # Programs

    def execve(self, thread, a):
        return self.started(thread, AT_FDCWD, a[0], a[1], 0)

    def execveat(self, thread, a):
        return self.started(thread, signed(a[0]), a[1], a[2], a[4])

    def started(self, thread, folder, pointer, words, flags):
        path = memory.text(thread, pointer)
        if path == "" and not flags & AT_EMPTY_PATH:
            return None
        whole = self.places.absolute(thread, folder, path)
        if whole is None:
            return None
        has_file = whole.startswith("/") and not whole.startswith("/memfd:")
        if has_file and self.places.find(whole) is None:
            return None
        arguments = memory.command(thread, words)
        name = posixpath.basename(path) if has_file and path else whole.lstrip("/").replace(" (deleted)", "")
        is_own = self.is_quiet("exec", self.told(" ".join(arguments)))
        chain = self.processes.runs(thread, name, is_own) if self.journal.phase is not None else []
        return lambda: self.note_start(name, arguments, chain, has_file)

    def note_start(self, name, arguments, chain, has_file):
        self.add("exec", " ".join(arguments) or name)
        if not has_file:
            self.add("exec.fileless", "%s %s" % (name, " ".join(arguments)))
        if len(chain) > 1 and not self.is_quiet("exec", self.told(" ".join(arguments))):
            self.add("process", " > ".join(chain))

    # Network

    def connect(self, thread, a):
        return self.reached(memory.address(thread, a[1], a[2]), b"")

    def bind(self, thread, a):
        found = memory.address(thread, a[1], a[2])
        return None if found is None else lambda: self.add("listen", found[0])

    def sendto(self, thread, a):
        found = memory.address(thread, a[4], a[5] & NOTHING) if a[4] else None
        return self.reached(found, memory.read(thread, a[1], min(a[2], 512)) if a[2] else b"")

    def sendmsg(self, thread, a):
        return self.sent(thread, a[1])

    sendmmsg = sendmsg

    def sent(self, thread, pointer):
        name, length, data = memory.message(thread, pointer)
        return self.reached(memory.address(thread, name, length) if name else None, data)

    def reached(self, found, data):
        name = names.question(data) if data else None
        if name is not None and (found is None or found[1] in (53, 5353)):
            return lambda: self.add("dns", name, not self.is_isolated)
        if found is None or found[0] in NAME_CACHES:
            return None
        detail, port = found
        if port == 53:
            # The question follows; where it cannot be read, that there was one is known.
            return lambda: self.add("dns", "*", not self.is_isolated)
        allowed = not self.is_isolated or detail.startswith("unix:") or LOOPBACK.match(detail) is not None
        return lambda: self.add("connect", detail, allowed)

    # Processes and privileges

    def kill(self, thread, a):
        return self.signalled(thread, signed(a[0]), a[1])

    def tgkill(self, thread, a):
        return self.signalled(thread, signed(a[0]), a[2])

    def pidfd_send_signal(self, thread, a):
        return lambda: self.add("signal", "%s to another process" % signal_name(a[1])) if a[1] else None

    def signalled(self, thread, target, sign):
        fields = status(thread)
        own = (number(fields.get("NStgid")), number(fields.get("NSpid")))
        if sign == 0 or target in own:
            return None
        if target == -1:
            whom = "all processes"
        elif target == 0:
            whom = "its own group"
        elif target < 0:
            whom = "a process group"
        elif target == 1:
            whom = "the first process"
        else:
            whom = self.processes.of(target) or "another process"
        return lambda: self.add("signal", "%s to %s" % (signal_name(sign), whom), target != 1)

    def identity(self, name):
        def look(thread, a):
            wanted = [value & NOTHING for value in a[:3 if "res" in name else 2 if "re" in name else 1]]
            other = [value for value in wanted if value not in (self.user, NOTHING)]
            return None if not other else lambda: self.add("privilege", "%s %d" % (name, other[0]), False)
        return look

    def setgroups(self, thread, a):
        return lambda: self.add("privilege", "setgroups", False)

    def capset(self, thread, a):
        asked = memory.read(thread, a[1], 24) if a[1] else b""
        return lambda: self.add("privilege", "capset", False) if asked.strip(b"\0") else None

    def refused(self, name):
        """A call that is never let through."""
        def look(thread, a):
            detail = name
            try:
                if name == "mount":
                    kind, target = (memory.text(thread, a[2]) if a[2] else ""), memory.text(thread, a[1])
                    detail = "mount %s on %s" % (kind or memory.text(thread, a[0]) or "something", target)
                elif name in ("umount2", "chroot"):
                    detail = "%s %s" % (name, memory.text(thread, a[0]))
            except memory.Unreadable:
                pass
            if name in ("unshare", "clone"):
                spaces = [space for flag, space in NAMESPACES if a[0] & flag]
                detail = "%s %s" % (name, ", ".join(spaces) or "0")
            if name == "socket":
                family = a[0] & NOTHING
                return lambda: self.add("socket", FAMILIES.get(family, "address family %d" % family), False)
            return lambda: self.add("mount" if name in MOUNTS else "privilege", detail, False)
        return look


def signal_name(number):
    import signal
    try:
        return signal.Signals(number).name
    except ValueError:
        return "signal %d" % number
