"""Uses up processes, memory, processor time and descriptors, until something stops it."""

import ctypes
import os
import resource
import signal
import time

from outcome import HELD, answered_inside, broken, held_if, untried

MEMFD_CREATE = {"x86_64": 319, "aarch64": 279}


def bomb(bait):
    """Children that keep forking children. Gives how many there were; never more than a given number are tried."""
    allowance, born = os.pipe(), os.pipe()
    for descriptor in (*allowance, *born):
        os.set_blocking(descriptor, False)
    os.write(allowance[1], b"." * bait["attempts"])
    leader = os.fork()
    if leader == 0:
        # A group of its own, so that all of it can be ended at once.
        os.setpgid(0, 0)
        explode(allowance[0], born[1])
    deadline, count = time.monotonic() + 1.5, 0
    while time.monotonic() < deadline and count < bait["attempts"]:
        time.sleep(0.05)
        try:
            count += len(os.read(born[0], 65536))
        except BlockingIOError:
            pass
    try:
        os.killpg(leader, signal.SIGKILL)
        os.waitpid(leader, 0)
    except OSError:
        pass
    return {"pids: fork bomb": held_if(0 < count < bait["attempts"], "%d processes" % count)}


def explode(allowance, born):
    failures = 0
    while failures < 200:
        try:
            if not os.read(allowance, 1):
                break
        except BlockingIOError:
            break
        try:
            if os.fork() == 0:
                failures = 0
                os.write(born, b".")
        except OSError:
            failures += 1
            time.sleep(0.01)
    time.sleep(60)
    os._exit(0)


def zombies(bait):
    """Children that have ended and that nobody collects keep their numbers, and count. In a kernel of its own they cost the host nothing."""
    count, children = 0, []
    try:
        while count < bait["attempts"]:
            child = os.fork()
            if child == 0:
                os._exit(0)
            children.append(child)
            count += 1
        held = False
    except OSError:
        held = True
    for child in children:
        os.waitpid(child, 0)
    return answered_inside(bait, {"pids: zombies": held_if(held, "%d" % count)})


def descriptors(bait):
    """Open files: refused at the limit of the process, and bounded with the number of processes."""
    held, found = [], 0
    try:
        while found <= bait["openFiles"] * 2:
            held.append(os.open("/dev/null", os.O_RDONLY))
            found += 1
    except OSError:
        pass
    for each in held:
        os.close(each)
    return {"pids: open files": held_if(found <= bait["openFiles"], "%d" % found)}


def fill_block(size):
    block = bytearray(size)
    block[::4096] = b"x" * len(block[::4096])
    return block


def many_blocks(bait):
    """Children that together hold far more than the limit, and each of them less."""
    children = []
    for _ in range(bait["attempts"]):
        child = os.fork()
        if child == 0:
            try:
                fill_block(bait["bytes"])
                time.sleep(1)
                os._exit(0)
            except MemoryError:
                os._exit(1)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    return {"memory: many processes": held_if(any(ends), "all of them got it")}


def one_block(bait):
    try:
        kept = fill_block(bait["bytes"])
    except MemoryError:
        return {"memory: one process": HELD}
    return {"memory: one process": broken("%d bytes" % len(kept))}


def files_in_memory(bait):
    """Files without a name are memory that no file system's size bounds."""
    number = MEMFD_CREATE.get(os.uname().machine)
    if number is None:
        return {"memory: files without a name": untried("unknown machine")}
    libc, block, written = ctypes.CDLL(None, use_errno=True), b"\1" * (1 << 20), 0
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    descriptors = []
    while written < bait["bytes"]:
        descriptor = libc.syscall(number, b"sbx", 0)
        if descriptor < 0:
            return {"memory: files without a name": HELD}
        descriptors.append(descriptor)
        before = written
        try:
            while written < bait["bytes"]:
                written += os.write(descriptor, block)
        except OSError:
            if before == written:
                return {"memory: files without a name": HELD}
    # Whoever counts memory now and then needs a moment.
    time.sleep(1)
    return {"memory: files without a name": broken("%d bytes" % written)}


def burn(_bait):
    while True:
        pass


def burn_together(bait):
    """Several processes, none of which alone is over its limit; says how much they used when it gets as far."""
    children = []
    for _ in range(bait["attempts"]):
        child = os.fork()
        if child == 0:
            burn(bait)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"cpu: several processes": held_if(used.ru_utime + used.ru_stime <= bait["mostSeconds"], "%.1f s" % used.ru_utime)}


def flood(bait):
    """Writes without end."""
    block = b"x" * 65536
    while True:
        os.write(bait["descriptor"], block)
