"""Files, paths and the environment of the host, and what is shown read-only, from Python in WebAssembly."""

import os
import sys
import traceback

import wasm_bridge
from outcome import TEMPORARY, broken, fails, held_if, moot, none_of, worst

SYSTEM = "/ /usr /etc /bin /lib /lib/python3.14 /var /var/tmp /opt /root /home /run /srv /mnt /boot".split()


def read(path):
    """By every way that Python has to a file."""
    with open(path, "rb") as file:
        content = file.read(1 << 16)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return content or os.read(descriptor, 1 << 16)
    finally:
        os.close(descriptor)


def contains(path, needle):
    try:
        return needle.encode() in read(path)
    except OSError:
        return False


def named(path):
    try:
        names = os.listdir(os.path.dirname(path))
    except OSError:
        names = []
    return os.path.lexists(path) or bool(names)


def linked(canaries):
    found = []
    for index, path in enumerate(canaries):
        link = "%s/sbx-link-%d" % (TEMPORARY, index)
        os.symlink(path, link)
        found += [path] if os.path.exists(link) else []
    return none_of(found)


def mounted():
    """The library that the interpreter is linked with can mount file systems of the host, where it still has them."""
    import pyodide

    ways = [lambda name=name: getattr(pyodide, name)("/tmp", "/etc") for name in ("mountNodeFS", "mountNativeFS")]
    return worst([fails(each, AttributeError, ImportError) for each in ways])


def told_paths():
    """All texts in which the interpreter might say where it lies."""
    texts = [*sys.path, sys.executable, sys.prefix, sys.base_prefix, os.getcwd(), *sys.argv, *sys.orig_argv, *os.environ.values()]
    texts += [str(getattr(each, "__file__", "")) for each in list(sys.modules.values())]
    return [*texts, repr(sys._git), repr(sys.implementation)]


def told_errors():
    """Errors of JavaScript with all that they say of themselves."""
    try:
        raise wasm_bridge.thrown()
    except Exception as error:
        texts = [str(error), repr(error), traceback.format_exc()]
        return texts + [str(getattr(error, name, "")) for name in ("stack", "message", "fileName", "cause")]


def said(bait, texts):
    places = (*bait["hostPaths"], "file:/")
    return none_of(sorted({place for place in places for text in texts if place in text}))


def in_proc(bait):
    names = ("environ", "cmdline", "maps", "mountinfo", "cwd", "root")
    paths = ["/proc/%s/%s" % (process, name) for process in ("self", "1", str(os.getpid())) for name in names]
    return none_of([path for path in paths if any(contains(path, each) for each in (bait["token"], bait["hostFolder"]))])


def descriptors(bait):
    """Beyond the three that a program has, by number."""
    found = []
    for number in range(3, 64):
        try:
            os.fstat(number)
            found.append("descriptor %d" % number)
        except OSError:
            pass
    return none_of(found)


def host_files(bait):
    canaries = bait["canaries"]
    return {
        "host-files: read": none_of([each for each in canaries if contains(each, bait["token"])]),
        "host-files: names": none_of([each for each in canaries if named(each)]),
        "host-files: through a link": linked(canaries),
        "host-files: accounts and passwords": worst([fails(lambda: read("/etc/shadow"), OSError), fails(lambda: read("/etc/passwd"), OSError)]),
        "host-files: file systems of the host mounted": mounted(),
        "host-files: environment of the caller": held_if(not any(bait["token"] in each for each in os.environ.values()), "inherited"),
        "host-files: LD_PRELOAD of the caller": held_if(not os.environ.get("LD_PRELOAD"), "inherited"),
        "host-files: environment in /proc": in_proc(bait),
        "host-files: paths of the host": said(bait, told_paths()),
        "host-files: paths of the host in errors": said(bait, told_errors()),
        "host-files: descriptors": descriptors(bait),
    }


def write(path):
    with open(path, "a") as file:
        file.write("sbx")
    return path


def outside(canaries):
    """Where files of the host lie, folders made anew included; whoever laid them looks whether they changed."""
    for path in canaries:
        for attempt in (lambda: write(path), lambda: os.makedirs(os.path.dirname(path)), lambda: write(os.path.dirname(path) + "/sbx-proof")):
            try:
                attempt()
            except OSError:
                pass
    return moot("looked at from outside")


def replaced(target):
    """The folder of the target, moved away or made anew under its name."""

    def moved():
        os.chdir(TEMPORARY)
        os.rename(target, TEMPORARY + "/sbx-moved")

    return worst([fails(moved, OSError), fails(lambda: os.mkdir(os.path.dirname(target).rstrip("/") + "/sbx-new"), OSError)])


def through_link(here):
    link = TEMPORARY + "/sbx-here"
    os.symlink(here, link)
    return fails(lambda: write(link), OSError)


def opened_rights(here):
    descriptor = os.open(here, os.O_RDONLY)
    try:
        return fails(lambda: os.fchmod(descriptor, 0o777), OSError)
    finally:
        os.close(descriptor)


def read_only_root(bait):
    here = os.path.abspath(__file__)
    target = os.path.dirname(here)

    def rights(path):
        os.chmod(path, 0o777)
        return path

    with open(here, "rb") as file:
        before = file.read()
    answers = {
        "read-only-root: folders of the system": worst(
            [fails(lambda each=each: write(each.rstrip("/") + "/sbx-proof"), OSError) for each in SYSTEM]
        ),
        "read-only-root: written outside": outside(bait["canaries"]),
        "read-only-root: beside the target": fails(lambda: write(target + "/sbx-proof"), OSError),
        "read-only-root: rights": worst([fails(lambda each=each: rights(each), OSError) for each in (here, target, "/", "/lib")]),
        "read-only-root: rights of an open file": opened_rights(here),
        "read-only-root: times and size": worst(
            [fails(lambda: os.truncate(here, 0), OSError), fails(lambda: os.utime(here, (1, 1)), OSError)]
        ),
        "read-only-root: the target replaced": replaced(target),
        "read-only-root: through a link": through_link(here),
        "read-only-root: the target": fails(lambda: write(here), OSError),
    }
    with open(here, "rb") as file:
        changed = file.read() != before
    return {**answers, "read-only-root: the target": broken("changed")} if changed else answers


