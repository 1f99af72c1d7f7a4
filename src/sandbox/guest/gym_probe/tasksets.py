"""Task sets, as verifiers knows them since 0.4: tasks with data, whose decorated methods judge what an agent left in a trace.

Each is made to look like an environment with rollouts (see verifiers.py): a rollout is a task that is set up, answered with one text,
finished, and judged. What only agents, tools or images of their own would show is named and left.
"""
import inspect
import itertools
import sys

from .attempt import told
from .calling import by_name
from .chat_stub import Record, text_of
from .task_trace import LocalRuntime, TraceStub, library_value

MOST_TASKSETS = 20
MOST_TASKS = 3
MOST_NAMED = 5
LIBRARY = "verifiers"
# What marks a method of a task that is called when it was answered.
JUDGING = ("reward", "metric", "stop")


def owned_classes(owned, base):
    """(label, class) of the target's own that are of a kind of the library's; abstract ones are nobody's to make."""
    found = {}
    for name, module in sorted(sys.modules.items()):
        if module is None or base is None or name.split(".")[0] not in owned or name.split(".")[0] == LIBRARY:
            continue
        for value in list(vars(module).values()):
            if inspect.isclass(value) and issubclass(value, base) and value.__module__.split(".")[0] in owned - {LIBRARY}:
                if not inspect.isabstract(value):
                    found.setdefault("%s.%s" % (value.__module__, value.__qualname__), value)
    return sorted(found.items())


def tasksets_of(recorder, owned):
    """(identifier, function that makes it) of every task set; says which classes beside them are not driven."""
    makers = owned_classes(owned, library_value("Taskset"))
    if len(makers) > MOST_TASKSETS:
        recorder.send({"t": "left", "what": "%d more task sets than are driven" % (len(makers) - MOST_TASKSETS)})
    for kind, why in (("Env", "has episodes of its own, for which there are no agents"),
                      ("Harness", "starts agents, of which there are none"), ("Judge", "asks a model of its own"),
                      ("Toolset", "serves tools to agents, of which there are none")):
        labels = [label for label, _ in owned_classes(owned, library_value(kind))]
        for label in labels[:MOST_NAMED]:
            recorder.send({"t": "left", "what": "%s %s" % (label, why)})
        if len(labels) > MOST_NAMED:
            recorder.send({"t": "left", "what": "%d more like %s" % (len(labels) - MOST_NAMED, labels[0])})
    return [(label, maker(recorder, label, value)) for label, value in makers[:MOST_TASKSETS]]


def maker(recorder, label, value):
    return lambda: TasksetRollouts(recorder, label, value(configuration(value)))


def configuration(taskset):
    """With defaults, of the type that the class says in its parameters, under the name by which it is installed."""
    base = library_value("TasksetConfig")
    kind = parameter(taskset, base) or base
    if kind is None:
        return Record(id=taskset.__module__, task=None, system_prompt=None)
    try:
        return kind(id=taskset.__module__.split(".")[0])
    except Exception:
        return kind()


def parameter(value, base):
    """The class below another that a generic class, or one that it is made from, was given: `Taskset[MyTask, MyConfig]`."""
    for each in value.__mro__:
        for generic in getattr(each, "__orig_bases__", ()):
            for argument in getattr(generic, "__args__", ()):
                if base is not None and inspect.isclass(argument) and issubclass(argument, base):
                    return argument
    return None


def judging(task, mark):
    """Names of the methods of a task that the library's decorators marked, base classes included."""
    names = {name for each in type(task).__mro__ for name, value in vars(each).items() if callable(value) and hasattr(value, mark)}
    return sorted(name for name in names if hasattr(getattr(task, name, None), mark))


def unmet(function, offered):
    """Parameters without a default that nobody can give."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_ONLY)
    return [each.name for each in parameters if each.kind in named and each.default is each.empty and each.name not in offered]


class TasksetRollouts:
    """A task set with the face of an environment: rows, a rollout, and reward functions."""

    def __init__(self, recorder, identifier, taskset):
        self.recorder, self.identifier, self.said = recorder, identifier, set()
        source = iter(taskset) if hasattr(type(taskset), "__iter__") else iter(taskset.load())
        self.tasks = list(itertools.islice(source, MOST_TASKS))
        self.dataset = [self.row(number, task) for number, task in enumerate(self.tasks)]
        self.system_prompt = getattr(getattr(self.tasks[0], "data", None), "system_prompt", None) if self.tasks else None
        self.rubric = Record(funcs=[self.judge_by(mark) for mark in JUDGING])
        self.validated = set()

    def row(self, number, task):
        data = getattr(task, "data", None)
        image = getattr(data, "image", None)
        if image or getattr(type(task), "NEEDS_CONTAINER", False):
            self.left("its tasks want an image of their own (%s): they were run where it is not" % (str(image)[:60] if image else "any"))
        for judge in list(getattr(getattr(task, "config", None), "judges", None) or [])[:1]:
            self.left("it is judged by a model as well (%s), of which there is none" % type(judge).__name__)
        answer = getattr(data, "answer", None)
        return {"prompt": text_of(getattr(data, "prompt", None) or ""), "answer": answer if isinstance(answer, str) else "", "number": number}

    def left(self, what):
        if what not in self.said:
            self.said.add(what)
            self.recorder.send({"t": "left", "what": "%s: %s" % (self.identifier, what)})

    async def rollout(self, prompt, client, model, number=0):
        task = self.tasks[number]
        runtime = LocalRuntime()
        answered = await client.chat.completions.create(model=model, messages=prompt)
        trace = TraceStub(task, text_of(prompt), answered.choices[0].message.content)
        offered = {"task": getattr(task, "data", None), "trace": trace, "runtime": runtime}
        if number not in self.validated:
            self.validated.add(number)
            await self.hook(task, "validate", offered)
        await self.hook(task, "setup", offered)
        trace.is_completed = trace.ok = True
        await self.hook(task, "finalize", offered)
        return {"completion": [{"role": "assistant", "content": trace.last_reply}], "judged": task, "offered": offered}

    async def hook(self, task, name, offered):
        """A hook that fails for want of what only a real runtime has is one that was not seen."""
        method = getattr(task, name, None)
        if not callable(method):
            return
        try:
            value = by_name(method, offered)
            if inspect.isawaitable(value):
                await value
        except NotImplementedError as error:
            self.left("%s() was not seen to its end: %s" % (name, told(error)))

    def judge_by(self, mark):
        async def judged(state):
            task, offered = state["judged"], state["offered"]
            total = 0.0
            for name in judging(task, mark):
                method = getattr(task, name)
                missing = unmet(method, offered)
                if missing:
                    self.left("%s() wants %s, which is not to be had" % (name, ", ".join(missing[:3])))
                    continue
                try:
                    value = by_name(method, offered)
                    value = await value if inspect.isawaitable(value) else value
                except NotImplementedError as error:
                    self.left("%s() was not seen to its end: %s" % (name, told(error)))
                    continue
                for score in value.values() if hasattr(value, "values") else [value]:
                    total += float(score)
            return total
        return judged
