"""Where a path that a sandboxed process gave really leads, as seen in the sandbox, and whether the process may go there.

Looked up from outside without opening anything (O_PATH), below the sandbox's own root, so that links lead nowhere else.
Sources: openat2(2), open(2) on O_PATH, proc(5), statvfs(3).
"""

import ctypes
import os
import posixpath
import re
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
SYS_OPENAT2 = 437
O_PATH, O_NOFOLLOW, O_CLOEXEC = 0o10000000, os.O_NOFOLLOW, os.O_CLOEXEC
RESOLVE_NO_MAGICLINKS, RESOLVE_IN_ROOT = 0x02, 0x10
AT_FDCWD = -100
READ_ONLY = 1
ENOENT, ENOTDIR = 2, 20
# Links of /proc that lead out of it: the root and the working folder of a process, and what it has open.
OWN = re.compile(r"^/proc/(self|thread-self|\d+)(?:/task/\d+)?/(root|cwd|fd/\d+)(?=/|$)")
INEXACT = re.compile(r"//|/\.{1,2}(?:/|$)|/$")


class Place:
    """A path in the sandbox: `path` without links, None where nothing is; `info` of what is there; whether it can be written at all."""

    __slots__ = ("path", "info", "is_read_only")

    def __init__(self, path, info, is_read_only):
        self.path, self.info, self.is_read_only = path, info, is_read_only


class Places:
    def __init__(self, user):
        self.user = user
        self.root = None

    def enter(self, thread):
        """Remembers the root that all of the sandbox shares: none of its processes may change its own."""
        if self.root is None:
            try:
                self.root = os.open("/proc/%d/root" % thread, O_PATH | O_CLOEXEC)
            except OSError:
                pass

    def absolute(self, thread, folder, path):
        """The path that a call means, links not followed."""
        if not path.startswith("/"):
            base = self.link(thread, "cwd" if folder == AT_FDCWD else "fd/%d" % folder)
            if base is None:
                return None
            path = base + "/" + path if path else base
        for _ in range(4):
            match = OWN.match(path)
            if match is None:
                break
            process, what = match.groups()
            rest = path[match.end():]
            if what == "root":
                path = rest or "/"
            elif process in ("self", "thread-self"):
                base = self.link(thread, what)
                if base is None or not base.startswith("/"):
                    return base
                path = base + rest
            else:
                break
        return path

    def link(self, thread, name):
        try:
            return os.readlink("/proc/%d/%s" % (thread, name))
        except OSError:
            return None

    def find(self, path, follows=True):
        """What is at an absolute path; None where nothing is."""
        if self.root is None:
            return Place(tidy(path), None, False)
        flags = O_PATH | O_CLOEXEC | (0 if follows else O_NOFOLLOW)
        how = struct.pack("QQQ", flags, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS)
        descriptor = LIBC.syscall(SYS_OPENAT2, self.root, os.fsencode(path), how, len(how))
        if descriptor < 0:
            error = ctypes.get_errno()
            if error in (ENOENT, ENOTDIR) and not path.startswith("/proc/self/"):
                return None
            return Place(tidy(path), None, False)
        try:
            where = os.readlink("/proc/self/fd/%d" % descriptor)
            info = os.fstat(descriptor)
            return Place(where, info, bool(os.fstatvfs(descriptor).f_flag & READ_ONLY))
        except OSError:
            return Place(tidy(path), None, False)
        finally:
            os.close(descriptor)

    def may_read(self, place):
        return self.may(place.info, 4)

    def may_write(self, place):
        return not place.is_read_only and self.may(place.info, 2)

    def may(self, info, bit):
        if info is None:
            return True
        shift = 6 if info.st_uid == self.user else 3 if info.st_gid == self.user else 0
        return bool(info.st_mode >> shift & bit)

    def parent(self, path):
        return self.find(posixpath.dirname(tidy(path)) or "/")


def tidy(path):
    return posixpath.normpath(path) if INEXACT.search(path) else path
