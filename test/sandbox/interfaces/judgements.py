"""What the probe says of made-up observations, of measured series, and of environments that keep what they take; its answers as JSON."""
import base64
import json
import os
import pickle
import sys
import threading

sys.path.insert(0, sys.argv[1])
from gym_probe.contract import Contract  # noqa: E402
from gym_probe.observations import Watch  # noqa: E402
from gym_probe.resources import Growth, check_leaks  # noqa: E402

MIB = 1 << 20


class Recorder:
    busy = False

    def __init__(self):
        self.said = []

    def send(self, record):
        if record["t"] == "problem":
            self.said.append(record["name"])


def told(action):
    recorder = Recorder()
    action(recorder, Contract(recorder, "x"))
    return recorder.said


def looked(observation, info):
    return told(lambda _, contract: Watch(contract).look(observation, info))


def grown(times, memory):
    def judge(_, contract):
        growth = Growth(contract)
        growth.times, growth.memory = times, memory
        growth.judge()
    return told(judge)


class Kept:
    """An environment that takes a file and a thread, and gives back what it is told to."""

    def __init__(self, gives_file, gives_thread):
        self.file, self.over = open(os.devnull), threading.Event()
        self.gives_file, self.gives_thread = gives_file, gives_thread
        self.thread = threading.Thread(target=self.over.wait, daemon=True)
        self.thread.start()
        ALL.append(self)

    def close(self):
        if self.gives_file:
            self.file.close()
        if self.gives_thread:
            self.over.set()
            self.thread.join()


ALL = []


def leaking(gives_file, gives_thread):
    def use(make):
        env = make()
        env.close()
        return env
    return told(lambda recorder, contract: check_leaks(recorder, lambda: Kept(gives_file, gives_thread), contract, use))


STATE = pickle.dumps({"weights": [1, 2, 3]})
print(json.dumps({
    "a pickle in an info": looked(None, {"state": STATE}),
    "bytes that begin like one": looked(None, {"state": b"\x80\x04 frame 17 of the picture"}),
    "a pickle in an observation": looked({"extra": STATE}, {}),
    "a pickle in text": looked(None, {"note": base64.b64encode(pickle.dumps(list(range(40)))).decode()}),
    "other encoded bytes": looked(None, {"note": base64.b64encode(bytes(range(128, 200))).decode()}),
    "memory without an end": grown([0.001] * 16, [100 * MIB + 8 * MIB * n for n in range(16)]),
    "memory that fills once": grown([0.001] * 16, [100 * MIB + 30 * MIB * min(n, 5) for n in range(16)]),
    "steps that slow down": grown([0.0002 * 2 ** (n / 2) for n in range(16)], [100 * MIB] * 16),
    "a machine that was busy": grown([0.0002, 0.004, 0.0002, 0.02] * 4, [100 * MIB] * 16),
    "files and threads that stay": leaking(False, False),
    "files that stay": leaking(False, True),
    "nothing that stays": leaking(True, True),
}))
