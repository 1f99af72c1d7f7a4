"""What the methods of a task are given: a trace with one answer in it, and a box to run commands in, which is the sandbox itself."""
import asyncio
import os
import sys
import tempfile

from .chat_stub import Record

RUN_SECONDS = 2.0
MOST_OUTPUT = 1 << 20
MODULES = ("verifiers.v1", "verifiers.v1.types", "verifiers.v1.state", "verifiers")


def library_value(name):
    """A class or function of the library, where it was imported and has it."""
    for module in MODULES:
        value = getattr(sys.modules.get(module), name, None)
        if value is not None:
            return value
    return None


def message(kind, role, text):
    """A message of the library's own kind, which methods may ask for; else one that looks like it."""
    try:
        return library_value(kind)(content=text)
    except Exception:
        return Record(role=role, content=text, tool_calls=None)


def state_of(task):
    """The state that a task's class says it keeps, with defaults."""
    try:
        return library_value("state_cls")(type(task))()
    except Exception:
        return Record(artifacts={})


class TraceStub:
    """One question and one answer. What an attribute of a real trace would be that nobody made is None."""

    def __init__(self, task, prompt, reply):
        self.id, self.version, self.task = "0" * 32, 1, Record(type=type(task).__name__, data=getattr(task, "data", None), key="0", hash="0")
        self.answer = message("AssistantMessage", "assistant", reply)
        self.messages = [message("UserMessage", "user", prompt), self.answer]
        self.nodes = [Record(message=each, sampled=each is self.answer, parent=None) for each in self.messages]
        self.branches = [Record(index=0, nodes=self.nodes, messages=self.messages, trainable=True)]
        self.assistant_messages, self.tool_messages, self.last_message = [self.answer], [], self.answer
        self.last_reply, self.root_reply = reply.strip(), None
        self.transcript = "[user]\n%s\n\n[assistant]\n%s" % (prompt, reply)
        self.num_turns = self.num_branches = 1
        self.num_input_tokens = self.num_output_tokens = self.num_total_tokens = 1
        self.calls, self.tools, self.errors, self.extra_usage = [], [], [], []
        self.rewards, self.metrics, self.info, self.state = {}, {}, {}, state_of(task)
        self.is_truncated = self.is_timeout = self.is_completed = self.ok = self.has_error = False
        self.stop_condition = None

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return None

    @property
    def reward(self):
        return float(sum(self.rewards.values()))

    def record_metric(self, name, value):
        self.metrics[name] = float(value)

    def record_metrics(self, values):
        for name, value in values.items():
            self.record_metric(name, value)

    def record_reward(self, name, value, weight=1.0):
        self.rewards[name] = float(value) * float(weight)

    def record_judge_call(self, **_):
        return None

    def stop(self, condition, override=False):
        if override or self.stop_condition is None:
            self.stop_condition = condition


class LocalRuntime:
    """Runs commands in the sandbox itself, for seconds each, in a folder of its own; what else a box can do it has not got."""

    def __init__(self):
        self.folder, self.name, self.env, self.home, self.stopped = None, "sbx", {}, None, False

    def path(self, path):
        if self.folder is None:
            self.folder = tempfile.mkdtemp(prefix="sbx-box-")
        return os.path.join(self.folder, path)

    async def run(self, argv, env=None, **_):
        self.path("")
        process = await asyncio.create_subprocess_exec(
            *argv, env=dict(os.environ, **(env or {})), cwd=self.folder, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
        try:
            out, errors = await asyncio.wait_for(process.communicate(), RUN_SECONDS)
        except asyncio.TimeoutError:
            process.kill()
            await process.wait()
            out, errors = b"", b""
        texts = [each[:MOST_OUTPUT].decode("utf-8", "replace") for each in (out, errors)]
        status = 124 if process.returncode is None else process.returncode
        return Record(exit_code=status, stdout=texts[0], stderr=texts[1])

    run_program = run

    async def read(self, path, max_bytes=None):
        with open(self.path(path), "rb") as file:
            return file.read(MOST_OUTPUT if max_bytes is None else min(max_bytes, MOST_OUTPUT))

    async def write(self, path, data):
        where = self.path(path)
        os.makedirs(os.path.dirname(where), exist_ok=True)
        with open(where, "wb") as file:
            file.write(data)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise NotImplementedError("a runtime's %s is not there" % name)
