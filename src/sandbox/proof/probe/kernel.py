"""Privileges and the system calls that hand them out."""

import ctypes
import errno
import os
import platform
import resource
import socket
import struct
import time

from calls import LIBC, NEW_USER, SIGCHLD, call, through_ia32, through_x32
from outcome import HELD, answered_inside, broken, guarded, held_if, moot, refused, untried
from reach import is_socket_refused, netlink

PR_GET_SECCOMP, PR_GET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET = 21, 39, 47, 1
CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
CRYPTO = 38
TIOCSTI, TIOCLINUX = 0x5412, 0x541C


def gains_nothing():
    """True when programs started from here cannot have more rights than this one."""
    return LIBC.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1


def ignores_setuid():
    """Held when programs with the setuid bit do not become their owner: by no_new_privs, or by how they are mounted."""
    if gains_nothing():
        return HELD
    paths = [path for path in ("/usr/bin/su", "/bin/su", "/usr/bin/passwd", "/usr/bin/mount") if os.path.exists(path)]
    return held_if(paths and all(os.statvfs(path).f_flag & os.ST_NOSUID for path in paths), "neither no_new_privs nor nosuid")


def capabilities():
    """Effective, permitted, inheritable and ambient sets, as capget(2) and prctl(2) tell them: `/proc` may be closed."""
    header, sets = struct.pack("Ii", 0x20080522, 0), ctypes.create_string_buffer(24)
    if LIBC.capget(header, sets):
        return untried("capget")
    ambient = [each for each in range(41) if LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, each, 0, 0) == 1]
    return held_if(not any(sets.raw) and not ambient, "%s, ambient %s" % (sets.raw.hex(), ambient))


def limit_raised():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        return broken("no limit")

    def attempt():
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard + 1))
        except ValueError as error:
            raise OSError(str(error))

    return refused(attempt)


def spared():
    def attempt():
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("-1000")

    return refused(attempt)


def privileges(bait):
    user = os.getuid() != 0 and os.geteuid() != 0 and os.getgid() != 0
    clone_arguments = struct.pack("<11Q", NEW_USER, 0, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, 0)
    spaces = {
        "privileges: user namespace": call("unshare", NEW_USER),
        "privileges: user namespace by clone": call("clone", NEW_USER | SIGCHLD, 0, 0, 0, 0),
        "privileges: user namespace by clone3": call("clone3", clone_arguments, len(clone_arguments)),
        "privileges: mount namespace": call("unshare", CLONE_NEWNS),
        "privileges: network namespace": call("unshare", CLONE_NEWNET),
        "privileges: spared by the memory limit": guarded(spared),
    }
    return {
        "privileges: user": held_if(user, "root"),
        "privileges: groups": held_if(0 not in os.getgroups(), "of root"),
        "privileges: become root": refused(lambda: os.setuid(0)),
        "privileges: become root's group": refused(lambda: os.setgid(0)),
        "privileges: capabilities": capabilities(),
        "privileges: setuid programs": ignores_setuid(),
        **answered_inside(bait, spaces),
        "privileges: mount": call("mount", b"none", b"/tmp", b"tmpfs", 0, 0),
        "privileges: unmount": call("umount", b"/proc", 2),
        "privileges: change of the root": call("pivot-root", b"/tmp", b"/tmp"),
        "privileges: chroot": call("chroot", b"/tmp"),
        "privileges: limits of its own": limit_raised(),
    }


def syscalls(bait):
    scratch = ctypes.create_string_buffer(4096)
    now = struct.pack("<qq", int(time.time()), 0)
    # modes = ADJ_OFFSET with an offset of nothing: needs the right to set the clock, and changes nothing.
    tuning = ctypes.create_string_buffer(struct.pack("<I", 1) + bytes(204))
    attempts = {
        "mount": (b"none", b"/nonexistent", b"tmpfs", 0, 0),
        "fsopen": (b"tmpfs", 0),
        "open-tree": (-100, b"/", 1),
        "move-mount": (-1, b"", -1, b"", 0),
        "mount-setattr": (-100, b"/", 0, scratch, 32),
        "setns": (0, 0),
        "ptrace": (0, 0, 0, 0),
        "process-vm-readv": (os.getpid(), 0, 0, 0, 0, 0),
        "process-vm-writev": (os.getpid(), 0, 0, 0, 0, 0),
        "kcmp": (os.getpid(), os.getpid(), 0, 0, 0),
        "pidfd-getfd": (-1, 0, 0),
        "bpf": (0, scratch, 72),
        "perf-event": (scratch, 0, -1, -1, 0),
        "fanotify": (0, 0),
        "io-uring": (4, scratch),
        "keyctl": (0, -3, 0),
        "add-key": (b"user", b"sbx", b"x", 1, -3),
        "request-key": (b"user", b"sbx", 0, 0),
        "userfaultfd": (0,),
        "open-by-handle": (-100, scratch, 0),
        "kexec": (0, 0, 0, 0xFFFF),
        "kexec-file": (-1, -1, 0, 0, 0),
        "init-module": (scratch, 0, scratch),
        "finit-module": (-1, scratch, 0),
        "settimeofday": (0, 0),
        "clock-settime": (0, now),
        "adjtimex": (tuning,),
        "personality": (0x0040000,),
        "kernel-log": (3, scratch, 100),
        "sethostname": (b"sbx", 3),
        "swapon": (b"/nonexistent", 0),
        "quotactl": (0, 0, 0, 0),
        "move-pages": (0, 0, 0, 0, 0, 0),
    }
    own = bait["ownKernel"]
    checks = {"syscalls: " + name: call(name, *arguments) for name, arguments in attempts.items()}
    checks["syscalls: keys typed into a terminal"] = typing()
    checks["syscalls: by 32-bit numbers"] = guarded(through_ia32)
    checks["syscalls: by x32 numbers"] = through_x32(NEW_USER)
    checks["syscalls: crypto sockets"] = held_if(is_socket_refused(CRYPTO, socket.SOCK_SEQPACKET), "made")
    return {
        **answered_inside(bait, checks),
        "syscalls: netlink": netlink(own),
        # A filter, or a kernel of the sandbox's own, which is not the host's.
        "syscalls: filter": moot("a kernel of its own") if own else held_if(LIBC.prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 2, "none"),
        "syscalls: kernel": held_if(platform.release() != bait["kernelRelease"], "the host's")
        if own
        else moot("the host's, behind a filter"),
    }


def typing():
    """Characters pushed into a terminal are run by whoever reads it. A terminal of the sandbox's own will do for asking."""
    descriptors = []
    try:
        descriptors = list(os.openpty())
    except OSError:
        pass
    terminal = descriptors[-1] if descriptors else 0
    # EIO: kernels from 6.2 on may refuse it to everybody (`dev.tty.legacy_tiocsti`). ENOTTY: there is nothing to type into; only a
    # console knows the second request.
    refusals = (errno.EPERM, errno.EIO, errno.EACCES, errno.ENOSYS)
    no_terminal = (*refusals, errno.ENOTTY)
    try:
        letter = ctypes.create_string_buffer(b"x")
        push = call("ioctl", terminal, TIOCSTI, letter, refusals=refusals if descriptors else no_terminal)
        paste = call("ioctl", terminal, TIOCLINUX, letter, refusals=no_terminal)
        return push if push != HELD else paste
    finally:
        for each in descriptors:
            os.close(each)
