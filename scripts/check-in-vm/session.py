"""Who uses sbx in the emulated machine, and in which control groups: made as systemd 252 makes them."""

import glob
import json
import os
import shutil
import subprocess

SBX = ["/usr/bin/node", "/work/bin/sbx.js"]
GROUPS = "/sys/fs/cgroup"
USER = 1000
# Everything is some twenty times slower than on the machine that emulates this one.
SECONDS = 1500


class Session:
    """Somebody who uses sbx, and the control group in which that one does."""

    def __init__(self, name, user, group, delegated=None):
        self.name, self.user, self.group, self.delegated = name, user, GROUPS + group, delegated and GROUPS + delegated
        self.home = "/tmp/home-%s" % name.replace(" ", "-")

    def prepare(self):
        """Groups as systemd 252 makes them: `user@1000.service` belongs to the user, `session-1.scope` does not."""
        make_groups(self.group)
        if self.delegated:
            give(self.delegated)
            for path in glob.glob(self.delegated + "/**/", recursive=True):
                give(path)
        shutil.rmtree(self.home, ignore_errors=True)
        os.makedirs(self.home)
        os.chown(self.home, self.user, self.user)

    def start(self, arguments, **options):
        def enter():
            with open(self.group + "/cgroup.procs", "w") as file:
                file.write("0")
            if self.user:
                os.setgroups([])
                os.setresgid(self.user, self.user, self.user)
                os.setresuid(self.user, self.user, self.user)

        environment = {"PATH": "/usr/bin:/usr/sbin", "HOME": self.home, "LANG": "C.UTF-8"}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(SBX + arguments, preexec_fn=enter, env=environment, cwd="/", **{**pipes, **options})

    def run(self, *arguments):
        process = self.start(list(arguments))
        try:
            out, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        return process.returncode, out, err

    def record(self, *arguments):
        """`sbx run --format json`: the recorded run, {} where there is none."""
        status, out, err = self.run("run", "/tmp/target", "-q", "--format", "json", *arguments)
        try:
            run = json.loads(out)["run"]
            if run["exit"] != 0:
                print("    ended with %s, %s: %s" % (run["exit"], run["limitsHit"], run["stderr"].strip()[-500:]), flush=True)
            return run
        except (ValueError, KeyError):
            print("    sbx run ended with %s: %s" % (status, err.strip()[-300:]))
            return {}


def make_groups(path):
    """A group whose parents hand on what systemd lets them hand on."""
    parent = GROUPS
    for name in os.path.relpath(path, GROUPS).split("/"):
        with open(parent + "/cgroup.subtree_control", "w") as file:
            file.write("+cpu +memory +pids")
        parent = os.path.join(parent, name)
        os.makedirs(parent, exist_ok=True)


def give(path):
    for name in ("", "cgroup.procs", "cgroup.subtree_control", "cgroup.threads"):
        os.chown(os.path.join(path, name), USER, USER)


USER_SLICE = "/user.slice/user-1000.slice"
DELEGATED = USER_SLICE + "/user@1000.service"
SESSIONS = {
    "root": Session("root", 0, "/user.slice/user-0.slice/session-1.scope"),
    "user": Session("user", USER, DELEGATED + "/app.slice/terminal.scope", DELEGATED),
    "remote": Session("remote", USER, USER_SLICE + "/session-2.scope"),
}
