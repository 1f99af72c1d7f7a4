"""Narrows what a command may do to what its manifest allows, and becomes the command. Runs inside a sandbox only.

usage: confine.py SETTINGS COMMAND...
SETTINGS is JSON: {"programs": [patterns] or null, "own": [folders], "writable": [paths] or null}; null leaves it as it is.
Uses Landlock, which only ever narrows and which the command cannot undo. Where the kernel has none nothing is narrowed; sbx says so.

Source: landlock(7).
"""

import ctypes
import fnmatch
import json
import os
import stat
import struct
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION, PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE = 1 << 0, 1 << 1
# Removing and making of every kind.
CHANGES = sum(1 << bit for bit in range(4, 13))
REFER, TRUNCATE = 1 << 13, 1 << 14
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/shm")
# The dynamic linker is a program that every program starts.
LINKERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1")
MOST_PROGRAMS = 2000


def allow(ruleset, path, rights):
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= EXECUTE | WRITE_FILE | TRUNCATE
    LIBC.syscall(ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    os.close(descriptor)


def programs(patterns):
    """Paths of the programs that patterns name, by name on PATH or by path."""
    folders = os.environ.get("PATH", "/usr/bin:/bin").split(":")
    found = []
    for pattern in patterns:
        if "/" in pattern:
            found.append(pattern)
        elif any(sign in pattern for sign in "*?["):
            for folder in folders:
                try:
                    found += [os.path.join(folder, name) for name in fnmatch.filter(os.listdir(folder), pattern)]
                except OSError:
                    pass
        else:
            found += [os.path.join(folder, pattern) for folder in folders]
    return found[:MOST_PROGRAMS]


def make_writable(path):
    """A folder (with a slash at the end) or file that a manifest lets a program write to is there when it starts, where the sandbox can be written to at all."""
    try:
        if path.endswith("/"):
            os.makedirs(path, exist_ok=True)
        else:
            open(path, "ab").close()
    except OSError:
        pass


def confine(settings, command):
    version = LIBC.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION)
    if version < 3:
        return
    writes = WRITE_FILE | CHANGES | REFER | TRUNCATE
    names, folders = settings["programs"], settings["writable"]
    handled = (0 if names is None else EXECUTE) | (0 if folders is None else writes)
    if handled == 0:
        return
    attributes = struct.pack("Q", handled)
    ruleset = LIBC.syscall(CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock ruleset")
    if names is not None:
        for path in programs([command[0], *names]) + list(LINKERS) + settings["own"]:
            allow(ruleset, path, EXECUTE)
    if folders is not None:
        for path in folders:
            make_writable(path)
            allow(ruleset, path, writes)
        for path in (os.environ.get("TMPDIR", "/tmp"), *DEVICES):
            allow(ruleset, path, writes)
    # Every sandbox has set this already; the kernel asks for it.
    LIBC.prctl(38, 1, 0, 0, 0)
    if LIBC.syscall(RESTRICT_SELF, ruleset, 0):
        raise OSError(ctypes.get_errno(), "landlock")
    os.close(ruleset)


def tell_recorder(phase):
    """What happens in the phase `collect` is not the command's doing."""
    try:
        os.close(os.open("/.sbx-phase/" + phase, os.O_RDONLY))
    except OSError:
        pass


def main():
    tell_recorder("collect")
    settings, command = json.loads(sys.argv[1]), sys.argv[2:]
    try:
        confine(settings, command)
    except OSError as error:
        # Running without the limits is what the operator did not want.
        os.write(2, ("%scannot confine the command: %s\n" % (settings["startMark"], error)).encode())
        os._exit(125)
    tell_recorder("run")
    try:
        os.execvp(command[0], command)
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        os.write(2, ("%s: %s\n" % (command[0], "not found" if is_missing else error.strerror)).encode("utf-8", "replace"))
        os._exit(127 if is_missing else 126)


main()
