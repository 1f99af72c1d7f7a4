"""Environments for language models as `verifiers` knows them: `load_environment()` gives one with data, rollouts and a rubric; see
tasksets.py for those that have none."""
import sys
import time

from . import answers
from .attempt import attempt, quietly, told
from .calling import by_name, settled
from .chat_stub import ChatStub, text_of
from .contract import Contract
from .discover import needs_arguments
from .injections import WAYS, Injections
from .isolate import apart
from .observations import Watch
from .rewards import Rewards
from .shares import shares
from .tasksets import tasksets_of

MOST_ENVIRONMENTS = 20
MOST_ROWS = 3
MOST_FUNCTIONS = 20
MODEL = "stub-model"
ROLLOUT_SECONDS = 3.0
MOST_SECONDS = 12.0
HOSTILE_SECONDS = 4.0


def makers_of(owned):
    """(makers, needy): the functions `load_environment` of the target's modules, and the names of those that need arguments."""
    makers, needy, seen = [], [], set()
    for name, module in sorted(sys.modules.items()):
        # The library has a function of that name, which loads those of others.
        if module is None or name.split(".")[0] not in owned or name.split(".")[0] == "verifiers":
            continue
        value = vars(module).get("load_environment")
        if not callable(value) or id(value) in seen or getattr(value, "__module__", name).split(".")[0] not in owned:
            continue
        seen.add(id(value))
        if needs_arguments(value):
            needy.append(name + ".load_environment")
        elif len(makers) < MOST_ENVIRONMENTS:
            makers.append((name, value))
    return makers, needy


def rows_of(env):
    """The first rows of its data, as dicts; what it says is asked of the model."""
    data = None
    for name in ("get_dataset", "get_eval_dataset"):
        method = getattr(env, name, None)
        if data is None and callable(method):
            _, data = quietly(lambda: by_name(method, {"n": MOST_ROWS}))
    for name in ("dataset", "eval_dataset"):
        data = getattr(env, name, None) if data is None else data
    rows = []
    for index, row in enumerate(data if data is not None else ()):
        if index >= MOST_ROWS:
            break
        rows.append(dict(row))
    return rows


class Rollouts:
    """Takes one environment through rollouts; `done` counts them."""

    def __init__(self, recorder, identifier, env, contract):
        self.recorder, self.env, self.contract = recorder, env, contract
        self.rewards, self.watch, self.done = Rewards(contract), Watch(contract), 0
        self.where = "a prompt of %s" % identifier

    def asked(self, row):
        prompt = row.get("prompt", row.get("question", ""))
        if not isinstance(prompt, str):
            return prompt
        system = getattr(self.env, "system_prompt", None)
        own = [{"role": "system", "content": system}] if isinstance(system, str) else []
        return own + [{"role": "user", "content": prompt}]

    def one(self, row, text, after=lambda where: None):
        """One rollout with a model that answers this, and its rewards. `after` is told what ended: `a rollout`, `a reward function`."""
        client, prompt = ChatStub(text), self.asked(row)
        asked = dict(row, prompt=prompt, answer=row.get("answer", ""), task=row.get("task", "default"), info=row.get("info", {}),
                     client=client, model=MODEL, sampling_args={}, input=dict(row, prompt=prompt, example_id=0))
        completion, state = [{"role": "assistant", "content": text}], {}
        try:
            if callable(getattr(self.env, "rollout", None)):
                given = settled(by_name(self.env.rollout, asked), ROLLOUT_SECONDS)
                if isinstance(given, tuple) and len(given) == 2:
                    completion, state = given
                elif isinstance(given, dict):
                    completion, state = given.get("completion") or completion, given
                else:
                    self.contract.expect(False, "rollout-without-state", "rollout() gives neither a state nor (completion, state)")
        finally:
            for prompted in client.prompts:
                self.watch.sample(self.where, prompted)
            after("a rollout")
        if isinstance(state, dict) and state.get("reward") is not None:
            self.rewards.add(state["reward"])
        self.judge(dict(asked, completion=completion, state=state), after)
        self.done += 1

    def judge(self, offered, after):
        rubric = getattr(self.env, "rubric", None)
        offered = dict(offered, parser=getattr(rubric, "parser", getattr(self.env, "parser", None)))
        for function in functions_of(rubric)[:MOST_FUNCTIONS]:
            try:
                reward = settled(by_name(function, offered), ROLLOUT_SECONDS)
            finally:
                after("a reward function")
            self.rewards.add(reward)


def functions_of(rubric):
    """The reward functions of a rubric, and of those that it is made of."""
    found = []
    for part in [rubric] + list(getattr(rubric, "rubrics", None) or [])[:MOST_FUNCTIONS]:
        method = getattr(part, "get_reward_funcs", None)
        _, functions = quietly(method) if callable(method) else (None, None)
        for function in functions or getattr(part, "funcs", None) or getattr(part, "reward_funcs", None) or ():
            if callable(function) and function not in found:
                found.append(function)
    return found


def drive_model_environments(recorder, owned, is_short, deadline):
    """Drives each, a short life without hostile answers; gives how many there were."""
    makers, needy = makers_of(owned)
    _, tasksets = attempt(recorder, None, lambda: tasksets_of(recorder, owned))
    makers += tasksets or []
    for label in needy:
        recorder.send({"t": "left", "what": label + " needs arguments to be called"})
    for (identifier, make), seconds in shares(recorder, makers, deadline):
        attempt(recorder, identifier, lambda: drive(recorder, identifier, make, is_short, seconds))
    return len(makers) + len(needy)


def drive(recorder, identifier, make, is_short, seconds):
    """Half of the seconds at most go into orderly answers and malformed ones, a third into hostile ones."""
    contract = Contract(recorder, identifier)
    recorder.enter("make")
    ok, env = attempt(recorder, identifier, make)
    if not ok:
        return
    recorder.enter("reset")
    ok, rows = attempt(recorder, identifier, lambda: rows_of(env))
    if ok:
        contract.expect(len(rows) > 0, "no-data", "it has no data to ask a model about")
        rollouts = Rollouts(recorder, identifier, env, contract)
        contract.expect(callable(getattr(env, "rollout", None)), "no-rollout", "what load_environment() gives has no rollout()")
        recorder.enter("step")
        began = time.monotonic()
        until = began + min(MOST_SECONDS, seconds / 2)
        ok, _ = attempt(recorder, identifier, lambda: orderly(recorder, rollouts, rows or [{"prompt": "Hello"}], until))
        if ok:
            recorder.send({"t": "environment", "id": identifier, "steps": rollouts.done, "episodes": rollouts.done,
                           "stepMs": int((time.monotonic() - began) * 1000), "reached": 0})
            if not is_short:
                answer_with_code(recorder, identifier, rollouts, (rows or [{"prompt": "Hello"}])[0], seconds / 3)
        rollouts.rewards.judge()
    recorder.enter("close")
    for name in ("close", "teardown"):
        if callable(getattr(env, name, None)):
            attempt(recorder, identifier, lambda: settled(getattr(env, name)(), ROLLOUT_SECONDS))
    recorder.leave()


def orderly(recorder, rollouts, rows, deadline):
    """What was asked for, then what models answer on a bad day. Failing in the first is the caller's to note."""
    for index, row in enumerate(rows):
        recorder.step = index + 1
        answer = row.get("answer")
        rollouts.one(row, answer if isinstance(answer, str) else "I do not know.")
    for name, text in answers.malformed():
        if time.monotonic() > deadline:
            break
        error, _ = quietly(lambda: rollouts.one(rows[0], text))
        rollouts.contract.expect(error is None, "fails-with-answer",
                                 "it fails when the model answers with %s: %s" % (name, told(error) if error else ""))
    recorder.step = 0


def answer_with_code(recorder, identifier, rollouts, row, seconds):
    """In a child: answers that leave a trace where somebody executes them."""
    injections, contract = Injections(), rollouts.contract
    asked = "%s\n%s" % (getattr(rollouts.env, "system_prompt", None) or "", text_of(rollouts.asked(row)))
    # An answer that was asked for as code is run on purpose.
    name = "text-executed" if answers.asks_for_code(asked) else "injection-executed"

    def look(where):
        for way in injections.traces():
            contract.expect(False, name, "text that the model answered was executed as %s, by %s" % (WAYS[way], where))

    def attack(tell):
        recorder.circumstance = "answered with text that is made to be executed"
        tried = refused = 0
        for _, text in answers.hostile(injections):
            error, _ = quietly(lambda: rollouts.one(row, text, look))
            tried, refused = tried + 1, refused + (error is not None)
            tell({"tried": tried, "refused": refused})
        return {"tried": tried, "refused": refused}
    outcome = apart(recorder, min(HOSTILE_SECONDS, seconds), attack)
    contract.expect(outcome.how != "crashed", "crashed-by-action", "the interpreter was ended by %s when the model answered with code"
                    % outcome.name)
    counts = outcome.answer if isinstance(outcome.answer, dict) else {"tried": 0, "refused": 0}
    recorder.send({"t": "actions", "id": identifier, "tried": int(counts["tried"]), "refused": int(counts["refused"])})
