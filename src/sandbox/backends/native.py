"""Builds a sandbox from kernel namespaces and runs one command in it.

Started by native.ts as `python3 -I -S /dev/fd/3` with an empty environment, so that nothing of the caller shows in /proc/1.
Descriptor 4 holds the settings (JSON), descriptor 5 takes one JSON object at the end: {"exit": N}, {"signal": N}, {"status": N}
(as a shell reports either) or {"error": "..."}.

Sources: namespaces(7), user_namespaces(7), pivot_root(2), mount_setattr(2), capabilities(7), prctl(2), seccomp(2).
"""

import base64
import ctypes
import errno
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import sys

SETTINGS_FD, STATUS_FD = 4, 5

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS = 0x00020000, 0x02000000, 0x04000000
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 0x1000, 0x4000, 0x40000
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38
SECCOMP_MODE_FILTER = 2
AT_FDCWD, AT_RECURSIVE, SYS_MOUNT_SETATTR = -100, 0x8000, 442
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV = 1, 2, 4
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def fail(step):
    number = ctypes.get_errno()
    raise OSError(number, "%s: %s" % (step, os.strerror(number)))


def mount(source, target, kind=None, flags=0, data=None):
    encode = lambda text: None if text is None else os.fsencode(text)
    if LIBC.mount(encode(source), encode(target), encode(kind), ctypes.c_ulong(flags), encode(data)):
        fail("mount %s" % target)


def set_read_only(path, flags=ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV):
    """Also for everything mounted below; adds flags only, so that flags locked by the caller's namespace stay."""
    attributes = struct.pack("QQQQ", flags, 0, 0, 0)
    if LIBC.syscall(SYS_MOUNT_SETATTR, AT_FDCWD, os.fsencode(path), AT_RECURSIVE, attributes, len(attributes)):
        fail("mount_setattr %s (needs Linux 5.12)" % path)


def prctl(option, value=0, extra=0):
    return LIBC.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(extra), 0, 0)


def unshare(flags, step):
    if LIBC.unshare(flags):
        fail("unshare %s" % step)


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def map_user(outer_user, outer_group, inner):
    # The kernel takes these files from a dumpable process only; changing the user made this one undumpable.
    prctl(PR_SET_DUMPABLE, 1)
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", "%d %d 1" % (inner, outer_user))
    write("/proc/self/gid_map", "%d %d 1" % (inner, outer_group))


def drop_capabilities():
    for capability in range(64):
        if prctl(PR_CAPBSET_DROP, capability) and ctypes.get_errno() == errno.EINVAL:
            break
    header = struct.pack("Ii", 0x20080522, 0)
    if LIBC.capset(header, struct.pack("6I", 0, 0, 0, 0, 0, 0)):
        fail("capset")


def raise_loopback():
    """The sandbox's own loopback, which nothing outside is connected to: many programs talk to themselves."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(probe, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(probe, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


def make_mount_point(path, is_folder):
    if is_folder:
        os.makedirs(path, 0o755, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(path), 0o755, exist_ok=True)
        if not os.path.lexists(path):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))


def bind(source, target):
    if not os.path.exists(source):
        raise OSError(errno.ENOENT, "no such file or directory to show inside: %s" % source.replace("/old", "", 1))
    make_mount_point(target, os.path.isdir(source))
    mount(source, target, None, MS_BIND | MS_REC)


def build_root(settings):
    """Makes a new root from read-only parts of the host and empty temporary folders, and moves into it."""
    mount(None, "/", None, MS_REC | MS_PRIVATE)
    # Any folder serves as the place to build on: the mount shows in this namespace only.
    mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    os.mkdir("/tmp/new", 0o755)
    os.mkdir("/tmp/old", 0o755)
    if LIBC.pivot_root(b"/tmp", b"/tmp/old"):
        fail("pivot_root")
    os.chdir("/")
    mount("tmpfs", "/new", "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    for name in settings["system"]:
        source = "/old/" + name
        if os.path.islink(source):
            os.symlink(os.readlink(source), "/new/" + name)
        elif os.path.isdir(source):
            bind(source, "/new/" + name)
            set_read_only("/new/" + name)
    for path in settings["etcShown"]:
        if os.path.exists("/old" + path):
            bind("/old" + path, "/new" + path)
            set_read_only("/new" + path)
    os.makedirs("/new/etc", 0o755, exist_ok=True)
    for name, text in settings["etc"].items():
        write("/new/etc/" + name, text)
    os.makedirs("/new/dev", 0o755)
    for name in ("null", "zero", "full", "random", "urandom"):
        bind("/old/dev/" + name, "/new/dev/" + name)
    for name, target in (("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
        os.symlink(target, "/new/dev/" + name)
    os.mkdir("/new/proc", 0o755)
    mount("proc", "/new/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    # Parents first: a mount hides what was mounted below it before.
    for each in sorted(settings["binds"] + settings["temporary"], key=lambda each: len(each["target"])):
        target = "/new" + each["target"]
        if "source" in each:
            bind("/old" + each["source"], target)
            set_read_only(target)
            continue
        make_mount_point(target, True)
        options = "size=%d,mode=%s,nr_inodes=%d" % (each["bytes"], each["mode"], each["inodes"])
        flags = MS_NOSUID | MS_NODEV | (0 if each["executable"] else MS_NOEXEC)
        mount("tmpfs", target, "tmpfs", flags, options)
        if os.geteuid() == 0:
            os.chown(target, settings["user"], settings["user"])
    os.chdir("/new")
    if LIBC.pivot_root(b".", b"."):
        fail("pivot_root")
    # The old root is now stacked on the new one; this takes it off.
    if LIBC.umount2(b".", MNT_DETACH):
        fail("umount")
    os.chdir("/")
    attributes = struct.pack("QQQQ", ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV, 0, 0, 0)
    if LIBC.syscall(SYS_MOUNT_SETATTR, AT_FDCWD, b"/", 0, attributes, len(attributes)):
        fail("mount_setattr /")


def drop_user(settings):
    """Root only: becomes the ordinary user, in a user namespace of its own where the machine allows one."""
    drop_bounding = range(64)
    user = settings["user"]
    for capability in drop_bounding:
        if prctl(PR_CAPBSET_DROP, capability):
            break
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    # Counts this sandbox's processes apart from those of other sandboxes under the same user.
    if LIBC.unshare(CLONE_NEWUSER) == 0:
        map_user(user, user, user)


def set_limits(limits):
    for name, (soft, hard) in limits.items():
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (soft, hard))


def install_filter(program):
    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]

    if prctl(PR_SET_NO_NEW_PRIVS, 1):
        fail("no_new_privs")
    description = Program(len(program) // 8, program)
    if LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(description), 0, 0):
        fail("seccomp")


def payload(settings):
    os.setsid()
    os.chdir(settings["workingDirectory"])
    set_limits(settings["limits"])
    os.closerange(3, 1024)
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            try:
                signal.signal(number, signal.SIG_DFL)
            except (OSError, ValueError):
                pass
    command = settings["command"]
    os.execve(command[0], command, settings["environment"])


def inside(settings, is_root):
    """The first process of the sandbox: builds it, locks it, starts the command and waits for it."""
    if prctl(PR_SET_PDEATHSIG, signal.SIGKILL):
        fail("pdeathsig")
    build_root(settings)
    if settings["makesNetwork"]:
        raise_loopback()
    socket.sethostname(settings["hostName"])
    if is_root:
        drop_user(settings)
    drop_capabilities()
    # Changing the user cleared it; and nothing inside may look into this process.
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    prctl(PR_SET_DUMPABLE, 0)
    if settings["becomesCommand"]:
        os.chdir(settings["workingDirectory"])
        set_limits(settings["limits"])
        os.closerange(3, 1024)
        os.execve(settings["command"][0], settings["command"], settings["environment"])
    install_filter(base64.b64decode(settings["filter"]))
    child = os.fork()
    if child == 0:
        try:
            payload(settings)
        except OSError as error:
            os.write(2, ("%s%s\n" % (settings["startMark"], error)).encode())
        os._exit(125)
    # As the first process it inherits every orphan and has to collect them.
    while True:
        process, status = os.wait()
        if process == child:
            report({"exit": os.WEXITSTATUS(status)} if os.WIFEXITED(status) else {"signal": os.WTERMSIG(status)})
            return


def report(result):
    os.write(STATUS_FD, json.dumps(result).encode() + b"\n")


def main():
    with open(SETTINGS_FD, "rb", closefd=True) as file:
        settings = json.load(file)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for entrance in settings["cgroups"]:
        write(entrance, "0")
    is_root = os.geteuid() == 0
    spaces = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP
    spaces |= CLONE_NEWNET if settings["makesNetwork"] else 0
    if is_root:
        unshare(spaces, "namespaces")
    else:
        user, group = os.geteuid(), os.getegid()
        unshare(spaces | CLONE_NEWUSER, "user namespace")
        map_user(user, group, settings["user"])
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    child = os.fork()
    if child == 0:
        try:
            inside(settings, is_root)
        except OSError as error:
            report({"error": str(error)})
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if settings["becomesCommand"]:
        report({"status": os.WEXITSTATUS(status)} if os.WIFEXITED(status) else {"signal": os.WTERMSIG(status)})


try:
    main()
except (OSError, ValueError, KeyError) as error:
    report({"error": str(error)})
    sys.exit(1)
