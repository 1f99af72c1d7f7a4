"""Leaves behind what is meant for whoever collects the files of a run: links out, pipes, and far more than anybody wants to have."""

import os
import socket
import stat

from outcome import TEMPORARY

# Names of what holds something else than it seems; nothing of these may be handed out.
TRAP = "trap-"
# The one file that is as it seems, and that has to arrive.
HONEST = "honest"


def attempt(action):
    """Not every trap can be laid everywhere."""
    try:
        action()
    except OSError:
        pass


def traps(folder, bait):
    here = os.path.abspath(__file__)
    for index, path in enumerate([*bait["canaries"], here, "/etc/passwd", "/proc/self/environ", "/proc/1/environ", "/dev/zero"]):
        attempt(lambda: os.symlink(path, "%s/%slink-%d" % (folder, TRAP, index)))
    for index, path in enumerate([os.path.dirname(here), "/etc", "/proc/self/root", ".", ".."]):
        attempt(lambda: os.symlink(path, "%s/%sfolder-%d" % (folder, TRAP, index)))
    attempt(lambda: os.link(here, "%s/%shard-link" % (folder, TRAP)))
    attempt(lambda: os.mkfifo("%s/%spipe" % (folder, TRAP)))
    attempt(lambda: os.mknod("%s/%sdevice" % (folder, TRAP), stat.S_IFCHR | 0o666, os.makedev(1, 5)))
    attempt(lambda: listening("%s/%ssocket" % (folder, TRAP)))


def listening(path):
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(path)


def swap(folder):
    """A process that goes on after its parent: a file that is a link every other moment."""
    if os.fork() != 0:
        return
    os.setsid()
    file, link, place = ("%s/%s%s" % (folder, TRAP, name) for name in ("file", "swapped", "place"))
    while True:
        with open(file, "w") as content:
            content.write("harmless")
        attempt(lambda: os.symlink(os.path.abspath(__file__), link))
        attempt(lambda: os.replace(file, place))
        attempt(lambda: os.replace(link, place))


def stuff(folder, bait):
    """More files than are taken along, and larger ones, of bytes that cannot be packed."""
    for number in range(bait["attempts"]):
        attempt(lambda: fill("%s/z-%d" % (folder, number), bait["bytes"] if number % 100 == 0 else 1000))


def fill(path, size):
    with open(path, "wb") as file:
        file.write(os.urandom(size))


def plant(bait):
    folder = TEMPORARY + "/results"
    os.mkdir(folder)
    with open("%s/%s" % (folder, HONEST), "w") as file:
        file.write(bait["marker"])
    traps(folder, bait)
    swap(folder)
    stuff(folder, bait)
    return {"left": bait["marker"]}
