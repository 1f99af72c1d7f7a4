"""Files, devices, secrets and processes of the host: none may be seen or changed."""

import os
import stat

from outcome import HELD, TEMPORARY, answered_inside, broken, held_if, is_refused, moot, none_of, refused, untried

SPECIAL = (
    "mem kmem port kvm fuse loop-control loop0 nvme0 sda vda mapper/control net/tun vhost-net vhost-vsock vsock uinput snapshot "
    "userfaultfd hpet nvram watchdog kmsg btrfs-control cuse dri/card0 dri/renderD128 nvidiactl snd/control"
).split()
MOST = 2000


def contains(path, needle):
    try:
        with open(path, "rb") as file:
            return needle.encode() in file.read(1 << 20)
    except OSError:
        return False


def numbers():
    """Processes that are seen; where they cannot be listed, those that can be guessed."""
    try:
        return [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return ["1", str(os.getppid()), str(os.getpid())]


def shown(needles, names):
    """Which of these files of a process, of all processes seen, hold one of the texts."""
    paths = ["/proc/%s/%s" % (process, name) for process in numbers() for name in names]
    return none_of([path for path in paths if any(contains(path, needle) for needle in needles)])


def descriptors():
    """Descriptors above standard error that lead to a file of the host."""
    found = []
    for number in range(3, 1024):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append("descriptor %d" % number)
    return none_of(found)


def openable(paths):
    found = []
    for path in paths:
        for flags in (os.O_RDONLY, os.O_WRONLY):
            try:
                os.close(os.open(path, flags | os.O_NONBLOCK))
                found.append(path)
                break
            except OSError:
                pass
    return found


def block_devices():
    found, seen = [], 0
    for folder, folders, names in os.walk("/dev"):
        for name in names:
            seen += 1
            path = os.path.join(folder, name)
            try:
                if stat.S_ISBLK(os.lstat(path).st_mode):
                    found.append(path)
            except OSError:
                pass
        if seen > MOST:
            return untried("more than %d devices" % MOST)
    return none_of(openable(found))


def made_device():
    path = TEMPORARY + "/sbx-device"
    try:
        os.mknod(path, stat.S_IFBLK | 0o600, os.makedev(8, 0))
    except OSError:
        return HELD
    opened = openable([path])
    os.unlink(path)
    return broken("made" + (" and opened" if opened else ""))


def host_files(bait):
    canaries = bait["canaries"]
    needles = [bait["token"]]
    own_folder = moot("this backend shows files at their own paths") if not bait["mapsPaths"] else None
    return {
        "host-files: read": none_of([each for each in canaries if contains(each, bait["token"])]),
        "host-files: names": none_of([each for each in canaries if os.path.lexists(each)]),
        "host-files: through the root of process 1": none_of(
            [each for each in canaries if contains("/proc/1/root" + each, bait["token"])]
        ),
        "host-files: through the working folder of process 1": held_if(
            not contains("/proc/1/cwd/" + os.path.relpath(canaries[-1], "/"), bait["token"]), "read"
        ),
        "host-files: accounts and passwords": refused(lambda: open("/etc/shadow").close()),
        "host-files: environment of the caller": held_if(
            not any(bait["token"] in value for value in os.environ.values()), "inherited"
        ),
        "host-files: LD_PRELOAD of the caller": held_if(not os.environ.get("LD_PRELOAD"), "inherited"),
        "host-files: environment in /proc": shown(needles, ["environ"]),
        "host-files: paths of the host in /proc": own_folder or shown([bait["hostFolder"]], ["environ", "cmdline"]),
        "host-files: mount table": shown([*needles, *canaries], ["mountinfo"]),
        "host-files: descriptors": descriptors(),
        "host-files: block devices": block_devices(),
        **answered_inside(
            bait,
            {
                "host-files: special devices": none_of(openable(["/dev/" + each for each in SPECIAL])),
                "host-files: made device": made_device(),
            },
        ),
        "host-files: memory of the kernel": none_of(openable(["/proc/kcore", "/dev/mem", "/dev/kmem", "/proc/kmsg"])),
    }


def signalled(bait):
    """The number that the bait has outside, should numbers mean the same here; signal 0 asks without doing anything."""
    if bait["baitProcess"] == os.getpid():
        return HELD
    try:
        os.kill(bait["baitProcess"], 0)
    except OSError:
        return HELD
    # A process of the sandbox may have the same number.
    ours = "/proc/%d/cmdline" % bait["baitProcess"]
    return held_if(os.path.exists(ours) and not contains(ours, bait["marker"]), "it can be signalled")


def is_first_ours():
    """In containers, the first process is the shell that starts the command, under the same user."""
    try:
        first = open("/proc/1/cmdline", "rb").read().split(b"\0")
    except OSError:
        return False
    return os.getpid() == 1 or (first[0].endswith(b"sh") and b"sbx-wait" in first)


def supervisor_memory():
    """The process that set the sandbox up, where it lives on inside, is not the command's to write to."""
    if is_first_ours():
        return moot("the first process is the command's own")
    return held_if(is_refused(lambda: os.close(os.open("/proc/1/mem", os.O_RDWR))), "opened for writing")


def foreign_namespaces():
    """Held when no process that is seen is in other namespaces of ours than we are."""
    found = []
    for process in numbers():
        for space in ("pid", "net", "ipc"):
            try:
                if os.readlink("/proc/%s/ns/%s" % (process, space)) != os.readlink("/proc/self/ns/" + space):
                    found.append("%s of %s" % (space, process))
            except OSError:
                pass
    return none_of(found)


def processes(bait):
    seen = numbers()
    return {
        "processes: seen": none_of([each for each in seen if contains("/proc/%s/cmdline" % each, bait["marker"])]),
        "processes: number": held_if(len(seen) < 20, "%d are seen" % len(seen)),
        "processes: signals": signalled(bait),
        **answered_inside(bait, {"processes: namespaces of others": foreign_namespaces()}),
        "processes: memory of process 1": supervisor_memory(),
    }
