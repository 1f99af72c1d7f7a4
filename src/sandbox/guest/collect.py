"""Starts one command, ends it and whatever it started when its time is up, and hands out the files that it left behind.

Runs inside a sandbox only, as the parent of what is watched. Standard input's first line holds the settings; the rest is the command's.
The files follow the command's own standard output, each on a line that begins with a nonce which the command is not told.
"""
import base64
import ctypes
import json
import os
import signal
import stat
import sys
import time
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from processes import descendants, kill  # noqa: E402

PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
MOST_ENTRIES = 20000
MOST_ROUNDS = 100
MOST_OPENED = 1000
# Package managers keep these for themselves; they come last.
CACHES = ("/.cache/", "/.npm/", "/node_modules/", "/__pycache__/")


def settings():
    """The first line of standard input, byte by byte: what follows is not ours."""
    line = b""
    while not line.endswith(b"\n") and len(line) < 65536:
        byte = os.read(0, 1)
        if not byte:
            break
        line += byte
    return json.loads(line.decode("utf-8"))


def prepare():
    """Orphans come to this process, and no other can look into its memory for the nonce."""
    try:
        library = ctypes.CDLL(None)
        library.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        library.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):
        pass


def entries(folder):
    """Every path below a folder with its state; links are not followed. Bounded: what is left then comes as one entry without a state."""
    waiting, seen = [folder], 0
    while waiting:
        try:
            listed = sorted(os.scandir(waiting.pop()), key=lambda each: each.name, reverse=True)
        except OSError:
            continue
        for entry in listed:
            seen += 1
            if seen > MOST_ENTRIES:
                yield folder, None
                return
            try:
                state = os.lstat(entry.path)
            except OSError:
                continue
            if stat.S_ISDIR(state.st_mode):
                waiting.append(entry.path)
            yield entry.path, state


def mark_of(state):
    return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)


def start(command):
    child = os.fork()
    if child != 0:
        return child
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    # Python ignores these, and what is ignored stays so in whatever is started.
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvp(command[0], command)
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        os.write(2, ("%s: %s\n" % (command[0], "not found" if is_missing else error.strerror)).encode("utf-8", "replace"))
        os._exit(127 if is_missing else 126)


def wait(child, deadline):
    """How the child ended, or None when its time was up."""
    while True:
        while True:
            try:
                ended, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return 0
            if ended == child:
                return status
            if ended == 0:
                break
        left = deadline - time.monotonic()
        if left <= 0:
            return None
        signal.sigtimedwait([signal.SIGCHLD], min(left, 1.0))


def end_all():
    """Ends everything below; whoever loses its parent becomes a child of this process and is found in the next round."""
    for _ in range(MOST_ROUNDS):
        try:
            pids = descendants(os.getpid())
        except OSError:
            return
        if not pids:
            return
        kill(pids)
        time.sleep(0.002)
        while True:
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    break
            except ChildProcessError:
                break


def content(path, state, most):
    """The beginning of a regular file, or None for what is none any more."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        opened = os.fstat(file)
        if not stat.S_ISREG(opened.st_mode) or opened.st_ino != state.st_ino:
            return None
        parts, left = [], most
        while left > 0:
            part = os.read(file, left)
            if not part:
                break
            parts.append(part)
            left -= len(part)
        return b"".join(parts)
    except OSError:
        return None
    finally:
        os.close(file)


def originals(before):
    """The files of the target's own copy that are as they were, by size: what equals one of them is nothing new."""
    own = os.environ.get("SBX_TARGET", "\0").rstrip("/") + "/"
    by_size = {}
    for path, mark in before.items():
        if path.startswith(own):
            by_size.setdefault(mark[2], []).append((path, mark))
    return by_size


def is_copy(data, path, size, known):
    """Whether a whole file is one that the target brought along; of each size few are compared."""
    if data is None or len(data) != size:
        return False
    for other, mark in known.get(size, ())[:20]:
        try:
            state = os.lstat(other)
        except OSError:
            continue
        if other != path and mark_of(state) == mark and content(other, state, size + 1) == data:
            return True
    return False


def hand_out(job, folders, before):
    nonce, files, left_bytes, left_out = job["nonce"], 0, job["mostBytes"], 0
    # Who watches from outside what was there before has to know what this process read of it.
    there, opened = {(device, inode) for device, inode, *_ in before.values()}, []

    def send(record):
        data = ("\n" + nonce + json.dumps(record) + "\n").encode("utf-8", "replace")
        while data:
            data = data[os.write(1, data):]

    found = []
    for index, folder in enumerate(folders):
        for path, state in entries(folder):
            if state is None:
                left_out += 1
            elif not stat.S_ISDIR(state.st_mode) and before.get(path) != mark_of(state):
                found.append((any(part in path for part in CACHES), index, path, state))
    found.sort(key=lambda each: each[:3])
    known = originals(before)
    for _, index, path, state in found:
        record = {"t": "file", "folder": index, "path": os.path.relpath(path, folders[index]), "size": state.st_size,
                  "executable": bool(state.st_mode & 0o111)}
        # A link or a pipe holds nothing that could be looked at.
        if not stat.S_ISREG(state.st_mode):
            continue
        is_small = state.st_size <= job["mostFileBytes"]
        has_room = files < job["mostFiles"] and left_bytes > 0
        data = content(path, state, job["mostFileBytes"]) if has_room or is_small and state.st_size in known else None
        if data is not None and (state.st_dev, state.st_ino) in there and len(opened) < MOST_OPENED:
            opened.append("%d:%d" % (state.st_dev, state.st_ino))
        if is_copy(data, path, state.st_size, known):
            continue
        if not has_room:
            data = None
        packed = None if data is None else base64.b64encode(zlib.compress(data, 6)).decode("ascii")
        if packed is None or len(packed) > left_bytes:
            left_out += 1
            continue
        files += 1
        left_bytes -= len(packed)
        send(dict(record, data=packed))
    send({"t": "collected", "leftOut": left_out, "opened": opened})


def main():
    job = settings()
    at = sys.argv.index("--")
    folders, command = sys.argv[1:at], sys.argv[at + 1:]
    prepare()
    before = {path: mark_of(state) for folder in folders for path, state in entries(folder) if state is not None}
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    deadline = time.monotonic() + job["seconds"]
    if job.get("startsAside"):
        # Only this process may say so.
        os.access("/.sbx-phase/aside", os.F_OK)
    child = start(command)
    status = wait(child, deadline)
    # What follows is not the command's doing.
    os.access("/.sbx-phase/aside", os.F_OK)
    end_all()
    try:
        if status is None:
            os.write(1, ("\n" + job["nonce"] + json.dumps({"t": "limit"}) + "\n").encode())
        hand_out(job, folders, before)
    except OSError:
        # Nobody reads any more: an ending that the other side knows about.
        pass
    if status is None:
        os._exit(137)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        signal.signal(number, signal.SIG_DFL) if number not in (signal.SIGKILL, signal.SIGSTOP) else None
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        os.kill(os.getpid(), number)
        os._exit(128 + number)
    os._exit(os.WEXITSTATUS(status))


main()
