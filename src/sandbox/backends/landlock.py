"""Runs one command behind Landlock rules, a system call filter and limits, without any namespace.

Started by landlock.ts as `python3 -I -S /dev/fd/3` with an empty environment, as the leader of a process group that the command
cannot leave. Descriptor 4 holds the settings (JSON), descriptor 5 takes one JSON object at the end: {"exit": N}, {"signal": N} or
{"error": "..."}.

Sources: landlock(7), Linux `userspace-api/landlock.rst`, prctl(2), seccomp(2), capabilities(7).
"""

import base64
import ctypes
import json
import os
import resource
import signal
import stat
import struct
import sys
import time

SETTINGS_FD, STATUS_FD = 4, 5

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
SECCOMP_MODE_FILTER = 2

# The same numbers on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
RULE_PATH_BENEATH = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
MAKE_CHAR, MAKE_BLOCK = 1 << 6, 1 << 11
REFER, TRUNCATE, IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
TCP = 0b11
SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
FOR_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE
LONGEST_KILL = 3.0


def fail(step):
    number = ctypes.get_errno()
    raise OSError(number, "%s: %s" % (step, os.strerror(number)))


def prctl(option, value=0):
    return LIBC.prctl(option, ctypes.c_ulong(value), 0, 0, 0)


def handled(abi):
    """All rights over files that this version of Landlock knows: what is not handled is allowed."""
    rights = (1 << 13) - 1
    for since, right in ((2, REFER), (3, TRUNCATE), (5, IOCTL_DEVICE)):
        if abi >= since:
            rights |= right
    return rights


def allow(ruleset, path, rights):
    """Allows `rights` on a file, or on a folder and all below; what is not there needs no rule."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= FOR_FILES
    rule = struct.pack("=Qi", rights, descriptor)
    if LIBC.syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, rule, 0):
        fail("landlock rule for %s" % path)
    os.close(descriptor)


def restrict(settings):
    """Refuses every file that no rule names, TCP, and signals and names outside the sandbox where the kernel can."""
    abi = settings["abi"]
    rights = handled(abi)
    attributes = struct.pack(
        "QQQ", rights, TCP if abi >= 4 else 0, SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if abi >= 6 else 0
    )
    ruleset = LIBC.syscall(CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        fail("landlock ruleset")
    read = READ_FILE | READ_DIR
    # What the kernel says of this very process. Those of others stay closed; that they are there shows anyhow.
    allow(ruleset, "/proc/self", read)
    allow(ruleset, "/proc", READ_DIR)
    for path in settings["readable"]:
        allow(ruleset, path, read)
    for path in settings["executable"]:
        allow(ruleset, path, read | EXECUTE)
    for path in settings["devices"]:
        allow(ruleset, path, rights & (READ_FILE | WRITE_FILE | TRUNCATE))
    for each in settings["writable"]:
        kept = rights & ~(MAKE_CHAR | MAKE_BLOCK | IOCTL_DEVICE)
        allow(ruleset, each["path"], kept if each["executable"] else kept & ~EXECUTE)
    if LIBC.syscall(RESTRICT_SELF, ruleset, 0):
        fail("landlock")
    os.close(ruleset)


def drop_user(user):
    """Root only: becomes the ordinary user for good."""
    for capability in range(64):
        if prctl(PR_CAPBSET_DROP, capability):
            break
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def drop_capabilities():
    header = struct.pack("Ii", 0x20080522, 0)
    if LIBC.capset(header, struct.pack("6I", 0, 0, 0, 0, 0, 0)):
        fail("capset")


def tasks_of(user):
    """How many processes and threads a user has: a limit on processes counts them all."""
    count = 0
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and os.stat("/proc/" + name).st_uid == user:
                count += len(os.listdir("/proc/%s/task" % name))
        except OSError:
            pass
    return count


def set_limits(limits, user):
    for name, (soft, hard) in limits.items():
        others = tasks_of(user) if name == "NPROC" else 0
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (soft + others, hard + others))


def install_filter(program):
    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]

    description = Program(len(program) // 8, program)
    if LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(description), 0, 0):
        fail("seccomp")


def payload(settings):
    """Becomes the command, behind all walls."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    user = settings["user"]
    is_root = os.geteuid() == 0
    if is_root:
        for each in settings["writable"]:
            os.chown(each["path"], user, user)
        drop_user(user)
        # Changing the user cleared it.
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    drop_capabilities()
    os.chdir(settings["workingDirectory"])
    os.umask(0o022)
    limits = settings["limits"]
    set_limits(limits, os.geteuid())
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            try:
                signal.signal(number, signal.SIG_DFL)
            except (OSError, ValueError):
                pass
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    if prctl(PR_SET_NO_NEW_PRIVS, 1):
        fail("no_new_privs")
    restrict(settings)
    install_filter(base64.b64decode(settings["filter"]))
    for descriptor in range(3, 1024):
        try:
            os.set_inheritable(descriptor, False)
        except OSError:
            pass
    command = settings["command"]
    os.execve(command[0], command, settings["environment"])


def children():
    """Processes whose parent this one is: orphans of the command too."""
    try:
        with open("/proc/self/task/%d/children" % os.getpid()) as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return [number for number in map(int, filter(str.isdigit, os.listdir("/proc"))) if parent_of(number) == os.getpid()]


def parent_of(process):
    try:
        with open("/proc/%d/stat" % process, "rb") as file:
            return int(file.read().rsplit(b")", 1)[1].split()[1])
    except (OSError, IndexError):
        return None


def end_all():
    """Ends what the command left running; whatever forks faster than this looks is ended with the whole group, this program too."""
    deadline = time.monotonic() + LONGEST_KILL
    while True:
        # Most commands leave nothing, and no look into /proc is then taken, which a recorder would see.
        try:
            while os.waitpid(-1, os.WNOHANG)[0] != 0:
                pass
        except ChildProcessError:
            return
        if time.monotonic() > deadline:
            os.killpg(0, signal.SIGKILL)
        for process in children():
            try:
                os.kill(process, signal.SIGKILL)
            except OSError:
                pass
        time.sleep(0.005)


def report(result):
    os.write(STATUS_FD, json.dumps(result).encode())


def main():
    with open(SETTINGS_FD, "rb", closefd=True) as file:
        settings = json.load(file)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # Without a PID namespace this is how orphans stay below the sandbox, where they are counted and ended.
    if prctl(PR_SET_CHILD_SUBREAPER, 1):
        fail("subreaper")
    for entrance in settings["cgroups"]:
        with open(entrance, "w") as file:
            file.write("0")
    # The group's signals are meant for the command (`kill 0`), and arrive here too.
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(number, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        try:
            payload(settings)
        except (OSError, ValueError, KeyError) as error:
            report({"error": str(error)})
        os._exit(125)
    prctl(PR_SET_DUMPABLE, 0)
    while True:
        process, status = os.wait()
        if process == child:
            break
    end_all()
    report({"exit": os.WEXITSTATUS(status)} if os.WIFEXITED(status) else {"signal": os.WTERMSIG(status)})


try:
    main()
except (OSError, ValueError, KeyError) as error:
    report({"error": str(error)})
    sys.exit(1)
