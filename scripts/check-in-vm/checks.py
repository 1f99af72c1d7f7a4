"""What is looked at inside the emulated machine: checks.py [NAME...], names as `main` says. Prints a line for each thing that held or
fell short, and how many of each at the end."""

import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import time

from session import GROUPS, SECONDS, SESSIONS
from small_arm import program

tally = {"held": 0, "fell short": 0}


def say(held, what, detail=""):
    tally["held" if held else "fell short"] += 1
    print("  %s %s%s" % ("held:      " if held else "FELL SHORT:", what, ": %s" % (detail,) if detail != "" else ""), flush=True)


def run_groups():
    return [path for path in glob.glob(GROUPS + "/**/sbx-*", recursive=True) if os.path.isdir(path)]


def read(path):
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return ""


def eventually(condition, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def proof(session, backend):
    began = time.monotonic()
    status, out, err = session.run("doctor", "--prove", "--backend", backend, "--format", "json", "-q")
    try:
        found = next(each for each in json.loads(out)["backends"] if each["id"] == backend)
    except (ValueError, KeyError, StopIteration):
        say(False, "proof of %s" % backend, (status, err[-500:]))
        return
    if not found["available"]:
        say(False, "%s is there" % backend, found["reason"])
        return
    words = found["guarantees"]
    proven = [name for name, word in words.items() if word == "proven"]
    print("  %s, %d s: proven %s" % (backend, time.monotonic() - began, " ".join(proven)))
    say(not err.strip(), "every attack on %s was answered and none got through" % backend, err.strip())


def limits(session, backend):
    """The limits as the kernel has them while a run lasts, what it says of those that were reached, and that nothing is left."""
    before = run_groups()
    expects_group = session.user == 0 or session.delegated is not None
    process = session.start(["run", "/tmp/target", "-q", "--backend", backend, "--pids", "24", "--memory", "96", "--", "python3", "/target/fork.py"])
    found, deadline = {}, time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        for group in run_groups():
            if group not in before:
                for name in ("pids.max", "memory.max", "pids.events", "cgroup.procs"):
                    text = read("%s/%s" % (group, name))
                    if text:
                        found[name] = text
        time.sleep(0.02)
    said = process.communicate()[1].strip()
    if process.returncode:
        print("    sbx run ended with %d: %s" % (process.returncode, said[-500:]))
    if not expects_group:
        say(not found, "%s: no control group is made where none is delegated" % backend, found or "")
    else:
        say(found.get("pids.max") == "24", "%s: pids.max" % backend, found.get("pids.max"))
        say(found.get("memory.max") == str(96 << 20), "%s: memory.max" % backend, found.get("memory.max"))
        say(found.get("pids.events", "max 0") != "max 0", "%s: a fork bomb met pids.max" % backend, found.get("pids.events"))
    run = session.record("--backend", backend, "--memory", "96", "--", "python3", "/target/hold.py")
    say("memory" in run.get("limitsHit", []), "%s: processes that hold more together than the limit are ended" % backend, run.get("limitsHit"))
    say(eventually(lambda: run_groups() == before, 20), "%s: no control group is left" % backend, run_groups() if run_groups() != before else "")


def killed(session, backend):
    """sbx is killed, at several moments of a run."""
    for delay in (0.0, 0.3, 2.0):
        before = run_groups()
        marker = "6%05d" % int(delay * 1000)
        process = session.start(["run", "/tmp/target", "-q", "--backend", backend, "--", "sleep", marker], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if session.user == 0 or session.delegated:
            eventually(lambda: run_groups() != before, 60)
        else:
            eventually(lambda: marker in commands(), 60)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        gone = eventually(lambda: run_groups() == before and marker not in commands(), 60)
        say(gone, "%s: killed %.1f s after its start, it leaves no group and no process" % (backend, delay), "" if gone else run_groups())


def commands():
    return "\n".join(read(path).replace("\0", " ") for path in glob.glob("/proc/[0-9]*/cmdline"))


def cpus(session, backend):
    """A manifest's half of a CPU."""
    before, found = run_groups(), {}
    process = session.start(["vet", "/tmp/skill", "-q", "--backend", backend, "--manifest", "/tmp/half.yaml", "--format", "json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        for group in run_groups():
            if group not in before and read(group + "/cpu.max"):
                found["cpu.max"] = read(group + "/cpu.max")
                counters = dict(line.split() for line in read(group + "/cpu.stat").splitlines())
                if int(counters.get("nr_throttled", 0)) > int(found.get("nr_throttled", 0)):
                    found.update(counters)
        time.sleep(0.05)
    process.communicate()
    if session.user and not session.delegated:
        say(not found, "%s: no share of a CPU where no group is delegated" % backend)
        return
    say(found.get("cpu.max") == "50000 100000", "%s: cpu.max" % backend, found.get("cpu.max"))
    say(int(found.get("nr_throttled", 0)) > 0, "%s: the kernel held it to that" % backend, "%s of %s periods" % (found.get("nr_throttled"), found.get("nr_periods")))


def recorder(session, backend):
    """What the recorder says of opens, programs, addresses and refused calls."""
    run = session.record("--backend", backend, "--", "python3", "/target/acts.py")
    say(run.get("tracer") == "notify", "%s: system calls are handed to the recorder" % backend, run.get("tracer"))
    if run.get("lost"):
        say(False, "%s: no event is lost" % backend, run["lost"])
    events = {(event["kind"], event["detail"]) for event in run.get("events", [])}
    for kind, detail in ACTS:
        wanted = any(known == kind and detail in said for known, said in events)
        say(wanted, "%s: %s %s" % (backend, kind, detail), "" if wanted else sorted(events))
    answers = dict(line.split() for line in run.get("stdout", "").splitlines() if line.count(" ") == 1)
    for name, wanted in (("unshare", "EPERM"), ("ptrace", "EPERM"), ("bpf", "EPERM"), ("io_uring", "EPERM"), ("netlink", "EAFNOSUPPORT"), ("clone3", "ENOSYS"), ("other-architecture", "SIGSYS")):
        say(answers.get(name) in (wanted, "none"), "%s: %s is answered with %s" % (backend, name, wanted), answers.get(name))


ACTS = (
    ("file.open", "/target/acts.py"),
    ("file.open", "/target/fork.py"),
    ("file.write", "/tmp/made"),
    ("file.delete", "/tmp/made"),
    ("exec", "sh -c exit 3"),
    ("exec", "sleep 60"),
    ("process", "python3 > sh"),
    ("connect", "192.0.2.7:443"),
    ("connect", "2001:db8::7:443"),
    ("dns", "collector.example.invalid"),
    ("listen", "127.0.0.1:"),
    ("signal", "SIGTERM"),
    ("privilege", "unshare user"),
    ("privilege", "setuid 0"),
    ("socket", "AF_NETLINK"),
    ("mount", "mount tmpfs on /tmp"),
)

WHO = {"root": "root", "user": "an ordinary user, in a delegated group", "remote": "an ordinary user, without a delegated group"}
LOOKS = {"recorder": recorder, "limits": limits, "cpus": cpus, "killed": killed, "proof": proof}
BACKENDS = {"native": ("recorder", "limits", "cpus", "killed", "proof"), "bubblewrap": ("recorder", "limits", "killed", "proof"), "firejail": ("recorder", "proof")}


def main(wanted):
    """Names such as `root-native-limits`; `root`, `native` or `limits` alone mean all with it."""
    shutil.copytree("/work/check-in-vm/target", "/tmp/target")
    if os.uname().machine == "aarch64":
        with open("/tmp/target/small", "wb") as file:
            file.write(program())
        os.chmod("/tmp/target/small", 0o755)
        say(subprocess.run(["/tmp/target/small"]).returncode == 0, "32-bit programs run here")
    shutil.copytree("/work/check-in-vm/skill", "/tmp/skill")
    shutil.copy("/work/check-in-vm/half.yaml", "/tmp/half.yaml")
    print("kernel %s, %s, controllers: %s" % (os.uname().release, os.uname().machine, read(GROUPS + "/cgroup.controllers")), flush=True)
    for who, session in SESSIONS.items():
        session.prepare()
        for backend, looks in BACKENDS.items():
            for look in looks:
                parts = {who, backend, look, "%s-%s" % (who, backend), "%s-%s-%s" % (who, backend, look), "all"}
                if parts & set(wanted or ["all"]):
                    print("%s, %s, %s" % (WHO[who], backend, look), flush=True)
                    LOOKS[look](session, backend)
    print("%d held, %d fell short" % (tally["held"], tally["fell short"]), flush=True)


main(sys.argv[1:])
