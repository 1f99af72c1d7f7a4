"""Drives every environment that a package offers: import, make, reset, step, render, close; runs inside a sandbox only."""
import importlib
import importlib.util
import inspect
import math
import os
import sys
import time
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from recorder import begin, end  # noqa: E402


def attempt(recorder, subject, action):
    """Runs the target's code; whatever it throws, an exit included, is a failure of that step alone."""
    try:
        return True, action()
    except BaseException as error:
        recorder.fail(subject, error)
        return False, None


def registries():
    """The registries of Gymnasium and of the older Gym, whichever are here."""
    found = []
    for name in ("gymnasium", "gym"):
        library = sys.modules.get(name)
        registry = getattr(getattr(library, "envs", None), "registry", None)
        registry = getattr(registry, "env_specs", registry)
        if library is not None and hasattr(registry, "items"):
            found.append((library, registry))
    return found


def top_module(entry_point):
    if isinstance(entry_point, str):
        return entry_point.split(":")[0].split(".")[0]
    return (getattr(entry_point, "__module__", "") or "").split(".")[0]


def watch_registrations(recorder, library, claimed):
    """Notes which ids the target itself registers: a library that it imports registers many of its own."""
    registration = getattr(getattr(library, "envs", None), "registration", None)
    original = getattr(registration, "register", None)
    if original is None:
        return

    def register(*arguments, **options):
        if not sys._getframe(1).f_code.co_filename.startswith(recorder.libraries):
            claimed.add((library.__name__, options.get("id", arguments[0] if arguments else None)))
        return original(*arguments, **options)

    for owner in (registration, library.envs, library):
        if getattr(owner, "register", None) is original:
            owner.register = register


def discover(claimed, owned, named):
    """
    What the target registered, what is registered with code of its modules, and the ids that its manifest names. Else its Env classes
    that need no arguments. Gives those to be driven to the end, one of each class; further ids of the same classes, which differ in
    their settings only; and the classes that need arguments.
    """
    makers, variants, needy, entries = [], [], [], set()
    for library, registry in registries():
        for identifier, spec in sorted(registry.items(), key=lambda item: (item[0] not in named, item[0])):
            entry = str(getattr(spec, "entry_point", None))
            is_named = identifier in named
            if is_named or top_module(getattr(spec, "entry_point", None)) in owned or (library.__name__, identifier) in claimed:
                is_variant = entry in entries and not is_named
                (variants if is_variant else makers).append((identifier, registered(library, identifier)))
                entries.add(entry)
    if makers:
        return makers, variants, needy
    bases = tuple(library.Env for library, _ in registries() if hasattr(library, "Env"))
    seen = set()
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] not in owned:
            continue
        for value in list(vars(module).values()):
            if not inspect.isclass(value) or not bases or not issubclass(value, bases) or value in seen:
                continue
            if (getattr(value, "__module__", "") or "").split(".")[0] not in owned or inspect.isabstract(value):
                continue
            if "step" not in vars(value) and not any("step" in vars(b) for b in value.__mro__ if b not in bases and b is not object):
                continue
            seen.add(value)
            try:
                parameters = list(inspect.signature(value.__init__).parameters.values())[1:]
            except (TypeError, ValueError):
                parameters = []
            required = [p for p in parameters if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
            label = value.__module__ + "." + value.__name__
            if required:
                needy.append(label)
            else:
                makers.append((label, lambda cls=value, **options: cls(**options)))
    return makers, variants, needy


def registered(library, identifier):
    def make(**options):
        if "gymnasium" in library.__name__:
            options.setdefault("disable_env_checker", True)
        return library.make(identifier, **options)
    return make


class Contract:
    """Notes each kind of breach once per environment."""

    def __init__(self, recorder, identifier):
        self.recorder, self.identifier, self.seen = recorder, identifier, set()

    def expect(self, holds, name, message):
        if holds or name in self.seen:
            return
        self.seen.add(name)
        self.recorder.send({"t": "problem", "id": self.identifier, "name": name, "message": message})

    def observation(self, env, observation):
        space = getattr(env, "observation_space", None)
        try:
            inside = space is None or bool(space.contains(observation))
        except Exception:
            inside = False
        self.expect(inside, "observation-outside-space", "an observation is not in observation_space")

    def reward(self, reward):
        try:
            finite = math.isfinite(float(reward))
        except (TypeError, ValueError):
            finite = False
        self.expect(finite, "reward-not-finite", "a reward is not a finite number")


def reset(env, contract, seed=None):
    try:
        answer = env.reset(seed=seed) if seed is not None else env.reset()
    except TypeError:
        contract.expect(seed is None, "reset-without-seed", "reset() does not take a seed")
        answer = env.reset()
    pair = isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], dict)
    contract.expect(pair, "reset-not-pair", "reset() does not return (observation, info)")
    contract.observation(env, answer[0] if pair else answer)


def steps(recorder, env, contract, count, deadline):
    done, episodes, began = 0, 1, time.monotonic()
    for index in range(count):
        if time.monotonic() > deadline:
            break
        recorder.step = index + 1
        answer = env.step(env.action_space.sample())
        done += 1
        size = len(answer) if isinstance(answer, tuple) else 0
        contract.expect(size == 5, "step-not-five", "step() returns %d values instead of 5" % size)
        if size not in (4, 5):
            break
        if index < 100 or index % 50 == 0:
            contract.observation(env, answer[0])
        contract.reward(answer[1])
        if answer[2] or (size == 5 and answer[3]):
            episodes += 1
            reset(env, contract)
    return done, episodes, int((time.monotonic() - began) * 1000)


def drive(recorder, identifier, make, count, deadline):
    """Takes one environment through its life; gives the number of steps it made, or None when it did not get that far."""
    contract = Contract(recorder, identifier)
    recorder.enter("make")
    ok, env = attempt(recorder, identifier, make)
    if not ok:
        return None
    space = getattr(env, "action_space", None)
    contract.expect(space is not None, "no-action-space", "it has no action_space")
    contract.expect(getattr(env, "observation_space", None) is not None, "no-observation-space", "it has no observation_space")
    if hasattr(space, "seed"):
        attempt(recorder, identifier, lambda: space.seed(0))
    done = None
    recorder.enter("reset")
    ok, _ = attempt(recorder, identifier, lambda: reset(env, contract, 0))
    if ok and space is not None:
        recorder.enter("step")
        ok, result = attempt(recorder, identifier, lambda: steps(recorder, env, contract, count, deadline))
        if ok:
            done, episodes, spent = result
            recorder.send({"t": "environment", "id": identifier, "steps": done, "episodes": episodes, "stepMs": spent})
    modes = (getattr(env, "metadata", None) or {}).get("render_modes") or []
    recorder.enter("close")
    attempt(recorder, identifier, env.close)
    mode = next((m for m in ("rgb_array", "ansi") if m in modes), None)
    if ok and mode is not None:
        recorder.enter("render")

        def render():
            try:
                shown = make(render_mode=mode)
            except TypeError:
                # It names modes and takes none: shown by the attribute that its own code looks at.
                contract.expect(False, "render-mode-not-taken", "metadata names render modes, but render_mode is not accepted")
                shown = make()
                getattr(shown, "unwrapped", shown).render_mode = mode
            try:
                shown.reset(seed=0)
                shown.render()
            finally:
                shown.close()
        attempt(recorder, identifier, render)
    return done


FIRST_CLASS_SECONDS = 20.0
FURTHER_CLASS_SECONDS = 2.0
SHORTEST_SECONDS = 0.5


def drive_all(recorder, job, makers, variants):
    """Every class for the full count of steps, then the further ids for a few; time grows with the classes, up to the bound."""
    began = time.monotonic()
    spare = max(0.0, job["budgetMs"] / 1000.0 - (began - recorder.began))
    if not job["isTimeGiven"]:
        spare = min(spare, FIRST_CLASS_SECONDS + FURTHER_CLASS_SECONDS * max(0, len(makers) - 1))
    deadline = began + spare
    short = []
    for position, (identifier, make) in enumerate(makers):
        now = time.monotonic()
        if now > deadline:
            short.extend(name for name, _ in makers[position:])
            break
        # Most need a small fraction of an equal share, so a slow one may have several; none is to go without a try because of it.
        left, waiting = deadline - now, len(makers) - position - 1
        share = max(SHORTEST_SECONDS, min(4.0 * left / (waiting + 1), left - SHORTEST_SECONDS * waiting))
        done = drive(recorder, identifier, make, job["steps"], min(now + share, deadline))
        if done is not None and done < job["steps"]:
            short.append(identifier)
    if short:
        names = ", ".join(short[:3]) + (", ..." if len(short) > 3 else "")
        recorder.send({"t": "left", "what": "%d of %d environment classes (%s) did not make all of %d steps, for lack of time: "
                       "allow more in resources.wallSeconds, or name those that matter in environment.ids, of a manifest given with --manifest"
                       % (len(short), len(makers), names, job["steps"])})
    if variants:
        recorder.send({"t": "note", "what": brief_note(*drive_briefly(recorder, job, variants, deadline))})


def drive_briefly(recorder, job, variants, deadline):
    """Gives how many further ids there are, how many of them had a short run, and its steps."""
    count = min(job["briefSteps"], job["steps"])
    for position, (identifier, make) in enumerate(variants):
        now = time.monotonic()
        if now > deadline:
            return len(variants), position, count
        drive(recorder, identifier, make, count, min(deadline, now + max(1.0, 4.0 * (deadline - now) / (len(variants) - position))))
    return len(variants), len(variants), count


def brief_note(total, driven, count):
    told = "further ids of the same environment classes were run for %d steps only (%d of them)" % (count, driven)
    return told if driven == total else told + ", and %d not at all, for lack of time" % (total - driven)


def main():
    recorder, job, _ = begin()
    warnings.simplefilter("ignore")
    owned = {name.split(".")[0] for name in job["modules"]}
    try:
        recorder.enter("import")
        claimed = set()
        if "gymnasium" not in owned:
            ok, _ = attempt(recorder, "gymnasium", lambda: importlib.import_module("gymnasium"))
            # The older Gym is there only where the target brought it along.
            if importlib.util.find_spec("gym") is not None:
                attempt(recorder, "gym", lambda: importlib.import_module("gym"))
            for library, _ in registries():
                watch_registrations(recorder, library, claimed)
        for name in job["modules"]:
            attempt(recorder, name, lambda: importlib.import_module(name))
        named = list(job["environments"])
        ok, found = attempt(recorder, None, lambda: discover(claimed, owned, frozenset(named)))
        makers, variants, needy = found if ok else ([], [], [])
        offered = {name for name, _ in makers}
        for name in named:
            if name not in offered:
                recorder.send({"t": "left", "what": "the manifest names the environment " + name + ", which nothing registers"})
        if named and job["isLimitedToNamed"]:
            kept = [maker for maker in makers if maker[0] in named]
            left = len(makers) - len(kept) + len(variants)
            makers, variants, needy = kept, [], []
            if left:
                recorder.send({"t": "note", "what": "of the environments, only the %d that the operator's manifest names were run, "
                               "%d others were not" % (len(kept), left)})
        for label in needy:
            recorder.send({"t": "left", "what": label + " needs arguments to be made"})
        drive_all(recorder, job, makers, variants)
    finally:
        recorder.finish()
    end(0)


main()
