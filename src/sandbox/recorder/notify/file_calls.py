"""Calls that open, make, change or remove files."""

import os
import posixpath
import re
import struct

import memory
from calls import Calls, signed
from places import AT_FDCWD
from processes import number, status

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
UNSEEN = os.O_DIRECTORY | 0o10000000
# Read-only and the host's own: nothing there can lead anywhere else.
SYSTEM = ("/usr/", "/lib/", "/lib64/", "/opt/sbx/")


class FileCalls(Calls):
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
