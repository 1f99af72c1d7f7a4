"""Types commands into one shell, one after the other, and says how each of them ended; runs inside a sandbox only.

What the shell knows (its folder, variables, functions) carries over from one command to the next. A command that does not end in its time
has what it started ended, and the next one follows.
"""
import json
import os
import re
import select
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from processes import descendants, kill  # noqa: E402

COMMAND_SECONDS = 4.0
MOST_SHELLS = 5
# Where made-up arguments lie; a sandbox that cannot map paths has its home folder elsewhere.
USUAL_HOME = re.compile(r"(?<![\w./-])/home/user(?![\w.-])")

# Commands come on descriptor 10, each ended by a zero byte and followed by what it reads; how they ended goes to 11. The trace goes to 9.
# Documents say `python` where a system may have `python3` alone.
LOOP = """
shopt -s expand_aliases
command -v python >&2 || alias python=python3
while IFS= read -r -d '' sbx_typed <&10 && IFS= read -r -d '' sbx_read <&10; do
  if [ -z "$sbx_read" ]; then eval "$sbx_typed" </dev/null; else eval "$sbx_typed" <<<"$sbx_read"; fi
  printf '%s\\n' "$?" >&11
done
"""


class Shell:
    def __init__(self, nonce, environment):
        self.commands, typed = os.pipe()[::-1]
        answers, told = os.pipe()
        os.dup2(typed, 10)
        os.dup2(told, 11)
        self.answers = answers
        self.process = subprocess.Popen(["/bin/bash", "-x", "-c", LOOP, "bash"], stdin=subprocess.DEVNULL, stdout=2,
                                        env=dict(environment, BASH_XTRACEFD="9", PS4="+%s+$BASHPID:${#FUNCNAME[@]}:${FUNCNAME[0]-}+ " % nonce), pass_fds=[8, 9, 10, 11])
        for each in (typed, told, 10, 11):
            os.close(each)

    def type(self, command, text, seconds):
        """The command's exit status, or None when it was ended for lack of time or took the shell along."""
        deadline = time.monotonic() + seconds
        for each in (command, text):
            os.write(self.commands, each.encode("utf-8", "replace").replace(b"\0", b"") + b"\0")
        line, was_killed = b"", False
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self.answers], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                if was_killed:
                    self.process.kill()
                kill(descendants(self.process.pid))
                was_killed, deadline = True, time.monotonic() + 0.5
                continue
            part = os.read(self.answers, 64)
            if not part:
                return None
            line += part
        return None if was_killed else int(line)

    def end(self):
        os.close(self.commands)
        os.close(self.answers)
        kill(descendants(self.process.pid))
        self.process.kill()
        self.process.wait()


def main():
    job = json.loads(sys.stdin.buffer.read(1 << 20).decode("utf-8"))
    nonce = job["nonce"]
    deadline = time.monotonic() + job["seconds"]
    os.dup2(1, 8)
    os.dup2(1, 9)
    environment = dict(os.environ, SBX_RECORDER=json.dumps(job["recorder"]), SBX_RECORDER_CHANNEL="8")

    if "SBX_QUICK" in environment:
        environment["PATH"] = environment["SBX_QUICK"] + ":" + environment.get("PATH", "")

    def send(record):
        os.write(8, ("\n" + nonce + json.dumps(record) + "\n").encode("utf-8", "replace"))

    shells, shell = 0, None
    home = os.environ.get("HOME", "/home/user")
    commands, inputs = job["commands"], job.get("inputs", [])
    for index, command in enumerate(commands):
        left = deadline - time.monotonic()
        if left < 0.5 or shells >= MOST_SHELLS and shell is None:
            send({"t": "left", "what": "%d of %d commands for lack of time" % (len(commands) - index, len(commands))})
            break
        if shell is None:
            shells, shell = shells + 1, Shell(nonce, environment)
        send({"t": "enter", "name": "command %d" % (index + 1)})
        os.access("/.sbx-phase/command %d" % (index + 1), os.F_OK)
        began = time.monotonic()
        try:
            text = inputs[index] if index < len(inputs) else ""
            status = shell.type(USUAL_HOME.sub(lambda _: home, command), text, min(COMMAND_SECONDS, left))
        except OSError:
            status = None
        send({"t": "command", "index": index, "exit": status, "ms": int((time.monotonic() - began) * 1000)})
        if shell.process.poll() is not None:
            shell.end()
            shell = None
    if shell is not None:
        shell.end()
    send({"t": "end"})
    os._exit(0)


main()
