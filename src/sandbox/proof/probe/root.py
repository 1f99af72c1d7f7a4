"""The file system is read-only but for a few temporary folders."""

import os
import stat

from outcome import HELD, TEMPORARY, guarded, is_refused, none_of, refused

SYSTEM = "/ /usr /usr/bin /usr/lib /usr/local /etc /bin /lib /var /var/tmp /opt /root /dev /run /srv /mnt /media /boot /home".split()
KERNEL = (
    "/proc/sys/kernel/core_pattern /proc/sys/kernel/modprobe /proc/sys/vm/panic_on_oom /proc/sysrq-trigger /proc/sys/kernel/hostname "
    "/sys/kernel/uevent_helper /sys/power/state /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/memory/release_agent "
    "/sys/fs/cgroup/pids/cgroup.procs"
).split()


def writes(path):
    """True when a file can be made there; takes it away again."""

    def attempt():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o644))

    if is_refused(attempt):
        return False
    os.unlink(path)
    return True


def opens_for_writing(path):
    return not is_refused(lambda: os.close(os.open(path, os.O_WRONLY)))


def mount_points():
    """Where something is mounted; nothing where that is not told."""
    try:
        lines = open("/proc/self/mountinfo").read().splitlines()
    except OSError:
        return []
    return [line.split()[4].encode().decode("unicode_escape") for line in lines]


def writable_mounts(allowed):
    """Folders on which something is mounted and that take a file, other than the temporary ones."""
    found = []
    for path in set(mount_points()):
        if path in allowed or path.startswith(("/proc", "/sys")) or not os.path.isdir(path):
            continue
        if writes(os.path.join(path, "sbx-proof")):
            found.append(path)
    return none_of(sorted(found))


def programs():
    """A program of the host, opened for writing or replaced by a link."""
    found = [path for path in ("/usr/bin/env", "/bin/sh", "/usr/bin/python3", "/etc/passwd") if opens_for_writing(path)]
    return none_of(found)


def links():
    """A link in a temporary folder that leads to a system file must not make it writable."""
    path = TEMPORARY + "/sbx-link"
    try:
        os.symlink("/etc/passwd", path)
    except OSError:
        return HELD
    try:
        return none_of([path] if opens_for_writing(path) else [])
    finally:
        os.unlink(path)


def modes(target):
    """Rights of what is shown cannot be changed."""
    found = [path for path in (target, "/usr", "/etc") if not is_refused(lambda path=path: os.chmod(path, 0o777))]
    return none_of(found)


def read_only_root(bait):
    here = os.path.abspath(__file__)
    target = os.path.dirname(here)
    allowed = {TEMPORARY, "/tmp", "/dev/shm", os.environ.get("HOME", "/home/user"), "/dev/pts", "/dev/mqueue"}
    found = [path for path in SYSTEM if path not in allowed and os.path.isdir(path) and writes(path.rstrip("/") + "/sbx-proof")]
    return {
        "read-only-root: folders of the system": none_of(found),
        "read-only-root: mounted folders": guarded(writable_mounts, allowed),
        "read-only-root: programs": programs(),
        "read-only-root: through a link": guarded(links),
        "read-only-root: beside the target": none_of([target] if writes(target + "/sbx-proof") else []),
        "read-only-root: the target": refused(lambda: open(here, "ab").close()),
        "read-only-root: rights": modes(target),
        "read-only-root: settings of the kernel": none_of([path for path in KERNEL if opens_for_writing(path)]),
        "read-only-root: devices": none_of(
            [path for path in ("/dev/null", "/dev/zero") if not stat.S_ISCHR(os.stat(path).st_mode)]
            + (["/dev"] if writes("/dev/sbx-proof") else [])
        ),
    }
