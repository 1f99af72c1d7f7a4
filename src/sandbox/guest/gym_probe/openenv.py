"""Environments that are served over HTTP, as OpenEnv knows them: classes with `reset()` and `step(action)`, each with types of its own."""
import dataclasses
import time
import typing

from . import answers
from .attempt import attempt, quietly, told
from .calling import settled
from .contract import Contract
from .discover import classes_of, needs_arguments
from .injections import WAYS, Injections
from .isolate import apart
from .observations import Watch
from .rewards import Rewards
from .shares import shares

MOST_ENVIRONMENTS = 20
STEPS = 50
MOST_SECONDS = 4.0
CALL_SECONDS = 3.0
HOSTILE_SECONDS = 3.0


def makers_of(owned):
    """(makers, needy): the target's own classes that can be reset and stepped, clients of servers left out."""
    makers, needy = [], []
    for label, value in classes_of(owned, (object,)):
        if not callable(getattr(value, "reset", None)) or hasattr(value, "_step_payload") or value.__name__.endswith("Client"):
            continue
        if needs_arguments(value):
            needy.append((label, value))
        elif len(makers) < MOST_ENVIRONMENTS:
            makers.append((label, value))
    return makers, needy


def action_type(env):
    """The type that the first parameter of `step` names, or None."""
    _, hints = quietly(lambda: typing.get_type_hints(type(env).step))
    named = [value for name, value in (hints or {}).items() if name != "return"]
    return named[0] if named and isinstance(named[0], type) else None


def fields_of(kind):
    """The names of an action's fields with their types: of a dataclass or of a pydantic model."""
    if dataclasses.is_dataclass(kind):
        _, hints = quietly(lambda: typing.get_type_hints(kind))
        return {field.name: (hints or {}).get(field.name, field.type) for field in dataclasses.fields(kind) if field.init}
    models = getattr(kind, "model_fields", None)
    return {name: getattr(field, "annotation", None) for name, field in models.items()} if isinstance(models, dict) else {}


def action_of(kind, text, number):
    """An action whose texts are this text and whose numbers are this number; the text itself where no type is named."""
    if kind in (None, str):
        return text
    if kind in (int, float):
        return kind(number)
    values = {}
    for name, part in fields_of(kind).items():
        if part in (str, "str"):
            values[name] = text
        elif part in (int, float, "int", "float"):
            values[name] = number
        elif part in (bool, "bool"):
            values[name] = bool(number)
    return kind(**values)


def value_of(observation, name):
    return observation.get(name) if isinstance(observation, dict) else getattr(observation, name, None)


def content_of(observation):
    """What an observation holds, as plain values."""
    if dataclasses.is_dataclass(observation) and not isinstance(observation, type):
        return dict(vars(observation))
    dump = getattr(observation, "model_dump", None)
    return dump() if callable(dump) else observation


def drive_served_environments(recorder, owned, is_short, deadline, made):
    """Drives each, a short life without hostile actions; gives how many there were. `made`: classes that were driven as they are served."""
    makers, needy = makers_of(owned)
    for label, value in needy:
        if value not in made:
            recorder.send({"t": "left", "what": label + " needs arguments to be made"})
    for (identifier, make), seconds in shares(recorder, makers, deadline):
        attempt(recorder, identifier, lambda: drive(recorder, identifier, make, is_short, seconds))
    return len(makers) + len(needy)


def drive(recorder, identifier, make, is_short, seconds):
    """Half of the seconds at most go into plain actions and malformed ones, a third into hostile ones."""
    contract = Contract(recorder, identifier)
    watch, rewards = Watch(contract), Rewards(contract)
    recorder.enter("make")
    ok, env = attempt(recorder, identifier, make)
    if not ok:
        return
    kind = action_type(env)
    recorder.enter("reset")
    ok, first = attempt(recorder, identifier, lambda: settled(env.reset(), CALL_SECONDS))
    if ok:
        contract.expect(first is not None, "reset-without-observation", "reset() gives no observation")
        watch.look(content_of(first), None)
        recorder.enter("step")
        began = time.monotonic()
        until = began + min(MOST_SECONDS, seconds / 2)
        ok, done = attempt(recorder, identifier, lambda: steps(recorder, env, kind, contract, watch, rewards, until))
        if ok:
            recorder.send({"t": "environment", "id": identifier, "steps": done, "episodes": 1,
                           "stepMs": int((time.monotonic() - began) * 1000), "reached": 0})
            if not is_short:
                attack(recorder, identifier, env, kind, contract, seconds / 3)
    recorder.enter("close")
    if callable(getattr(env, "close", None)):
        attempt(recorder, identifier, lambda: settled(env.close(), CALL_SECONDS))
    recorder.leave()


def steps(recorder, env, kind, contract, watch, rewards, deadline):
    """Plain actions, then malformed ones; gives how many of the plain ones were taken."""
    done = 0
    while done < STEPS and time.monotonic() < deadline:
        recorder.step = done + 1
        observation = settled(env.step(action_of(kind, "hello", done % 3)), CALL_SECONDS)
        contract.expect(observation is not None, "step-without-observation", "step() gives no observation")
        done += 1
        watch.look(content_of(observation), None)
        reward = value_of(observation, "reward")
        if reward is not None:
            rewards.add(reward)
        if value_of(observation, "done"):
            settled(env.reset(), CALL_SECONDS)
    recorder.step = 0
    for name, text in answers.malformed():
        if time.monotonic() > deadline:
            break
        error, _ = quietly(lambda: settled(env.step(action_of(kind, text, -1)), CALL_SECONDS))
        contract.expect(error is None, "fails-with-answer", "it fails when it is given %s: %s" % (name, told(error) if error else ""))
        quietly(lambda: settled(env.reset(), CALL_SECONDS))
    rewards.judge()
    return done


def attack(recorder, identifier, env, kind, contract, seconds):
    """In a child: texts that leave a trace where somebody executes them."""
    injections = Injections()
    named = " ".join([getattr(kind, "__name__", "")] + list(fields_of(kind))).replace("_", " ")
    name = "text-executed" if answers.asks_for_code(named) else "injection-executed"

    def run(tell):
        recorder.circumstance = "given text that is made to be executed"
        tried = refused = 0
        for _, text in answers.hostile(injections):
            error, _ = quietly(lambda: settled(env.step(action_of(kind, text, 0)), CALL_SECONDS))
            tried, refused = tried + 1, refused + (error is not None)
            for way in injections.traces():
                contract.expect(False, name, "text that it was given as an action was executed as %s" % WAYS[way])
            tell({"tried": tried, "refused": refused})
            if error is not None:
                quietly(lambda: settled(env.reset(), CALL_SECONDS))
        return {"tried": tried, "refused": refused}
    outcome = apart(recorder, min(HOSTILE_SECONDS, seconds), run)
    contract.expect(outcome.how != "crashed", "crashed-by-action", "the interpreter was ended by %s when it was given text as an action"
                    % outcome.name)
    counts = outcome.answer if isinstance(outcome.answer, dict) else {"tried": 0, "refused": 0}
    recorder.send({"t": "actions", "id": identifier, "tried": int(counts["tried"]), "refused": int(counts["refused"])})
