"""Fills every writable folder with bytes and with names."""

import os
import signal

from outcome import TEMPORARY, guarded, held_if, moot, none_of
from root import mount_points


def writable_folders():
    """Temporary folders, and whatever else takes a file; none is reached through another."""
    candidates = [TEMPORARY, "/tmp", os.environ.get("HOME", "/home/user"), "/dev/shm", "/var/tmp", "/run", "/run/lock", "/dev/mqueue"]
    candidates += mount_points()
    seen, found = set(), []
    for path in candidates:
        if path.startswith(("/proc", "/sys", "/dev/pts")) or not os.path.isdir(path) or not os.access(path, os.W_OK):
            continue
        device = os.stat(path).st_dev
        if device not in seen:
            seen.add(device)
            found.append(path)
    return found


def fill(folder, size, most):
    """Bytes that fit into a folder, in files of a given size, up to a bound."""
    written, number, block = 0, 0, b"\1" * 65536
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        while written < most:
            descriptor = os.open("%s/fill-%d" % (folder, number), os.O_CREAT | os.O_WRONLY, 0o600)
            try:
                for _ in range(size // len(block)):
                    written += os.write(descriptor, block)
            finally:
                os.close(descriptor)
            number += 1
    except OSError:
        pass
    return written


def clear(folder):
    number = 0
    while True:
        try:
            os.unlink("%s/fill-%d" % (folder, number))
        except OSError:
            return
        number += 1


def bytes_and_size(bait):
    found = []
    for folder in writable_folders():
        written = fill(folder, bait["fileBytes"], bait["temporaryBytes"] * 4)
        if written > bait["temporaryBytes"]:
            found.append("%s took %d bytes" % (folder, written))
        clear(folder)
    written = fill(TEMPORARY, bait["fileBytes"] * 2, bait["fileBytes"] * 2)
    clear(TEMPORARY)
    return {
        "disk: bytes": none_of(found),
        "disk: one large file": held_if(written <= bait["fileBytes"], "%d bytes" % written),
        "disk: a file with a hole": guarded(hole, bait),
    }


def hole(bait):
    """The size of a file is bounded even where it takes no room."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    path = TEMPORARY + "/hole"
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.ftruncate(descriptor, bait["fileBytes"] * 4)
        size = os.fstat(descriptor).st_size
    except OSError:
        size = 0
    finally:
        os.close(descriptor)
        os.unlink(path)
    return held_if(size <= bait["fileBytes"], "%d bytes" % size)


def names(bait):
    """Empty files without end: they take no bytes of the folder, and memory of the kernel."""
    folder, made = TEMPORARY + "/names", 0
    if not os.access(TEMPORARY, os.W_OK):
        return {"disk: number of files": moot("nothing can be written")}
    os.mkdir(folder)
    try:
        while made < bait["attempts"]:
            os.close(os.open("%s/%d" % (folder, made), os.O_CREAT | os.O_WRONLY, 0o600))
            made += 1
    except OSError:
        pass
    return {"disk: number of files": held_if(made < bait["attempts"], "%d" % made)}
