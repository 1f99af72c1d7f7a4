"""What an environment takes and does not give back: memory, time, descriptors, threads, processes."""
import gc
import os
import sys
import threading
import time

BLOCK = 500
MANY_BYTES = 64 << 20
SLOWER = 8.0
SLOW_STEP_SECONDS = 0.0005
INSTANCES = 3


def peak_bytes():
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


class Growth:
    """Memory and step time over a long run, by blocks of steps."""

    def __init__(self, contract):
        self.contract, self.times, self.memory, self.began = contract, [], [], time.monotonic()

    def mark(self):
        now = time.monotonic()
        self.times.append((now - self.began) / BLOCK)
        self.memory.append(peak_bytes())
        self.began = time.monotonic()

    def judge(self):
        count = len(self.memory)
        if count < 8:
            return
        quarters = [self.memory[count * q // 4] for q in range(4)] + [self.memory[-1]]
        grows = all(after > before for before, after in zip(quarters, quarters[1:]))
        grown = quarters[-1] - quarters[0]
        self.contract.expect(not (grows and grown > MANY_BYTES), "memory-grows",
                             "memory grew by more than %d MiB over %d steps, without an end" % (MANY_BYTES >> 20, count * BLOCK))
        quarter = count // 4
        # The quickest of the end against the slowest of the beginning: a busy machine alone does not look like that.
        early, late = max(self.times[:quarter]), min(self.times[-quarter:])
        slower = late > SLOWER * early and late > SLOW_STEP_SECONDS
        self.contract.expect(not slower, "steps-slow-down", "steps take several times as long at the end of %d as at the beginning"
                             % (count * BLOCK))


def descriptors():
    """Open descriptors with what they lead to, but for those of the interpreter's own making."""
    found = {}
    for name in os.listdir("/proc/self/fd"):
        try:
            found[name] = os.readlink("/proc/self/fd/" + name)
        except OSError:
            continue
    return found


def children():
    """Processes below this one, orphans included where it takes them in."""
    own, found = os.getpid(), set()
    try:
        # Asked first, since it is one system call: whether there is any at all.
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return found
    except (AttributeError, OSError):
        pass
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % name, "rb") as source:
                fields = source.read(4096).rpartition(b")")[2].split()
        except OSError:
            continue
        # Field 4 of proc(5), counted after the name: the parent; a zombie (Z) runs nothing.
        if len(fields) > 1 and fields[0] != b"Z" and int(fields[1]) == own:
            found.add(int(name))
    return found


def measure(recorder):
    recorder.busy = True
    try:
        gc.collect()
        return len(descriptors()), threading.active_count(), len(children())
    except OSError:
        return 0, threading.active_count(), 0
    finally:
        recorder.busy = False


def check_leaks(recorder, make, contract, use):
    """Makes, uses and closes further instances; what is there once more for each of them is leaked."""
    instances = []
    use(make)
    before = measure(recorder)
    for _ in range(INSTANCES):
        instances.append(use(make))
    instances.clear()
    after = measure(recorder)
    if any(late - early >= INSTANCES for early, late in zip(before, after)):
        # Some need a moment to end.
        time.sleep(0.2)
        after = measure(recorder)
    names = (("leaked-descriptors", "open files or sockets"), ("leaked-threads", "threads"), ("leaked-processes", "processes"))
    for (name, what), early, late in zip(names, before, after):
        contract.expect(late - early < INSTANCES, name, "each instance that is made and closed leaves %s behind" % what)


def count_children(recorder):
    recorder.busy = True
    try:
        return len(children())
    except OSError:
        return 0
    finally:
        recorder.busy = False


def check_left(recorder, before, contract):
    """After the whole life of one environment: processes that it started and that go on."""
    if count_children(recorder) > before:
        time.sleep(0.2)
    left = count_children(recorder) - before
    contract.expect(left <= 0, "leaked-processes", "%d process%s that it started went on after close()" % (left, "" if left == 1 else "es"))
