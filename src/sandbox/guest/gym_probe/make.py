"""Makes an environment with every argument at its edges: each at 0, -1, None, huge and empty, by the type of its default."""
import inspect

from .attempt import quietly
from .contract import reset
from .injections import WAYS, Injections
from .isolate import apart

MOST_ARGUMENTS = 8
STEPS = 3
# They open windows, or decide what is shown: not what the arguments of an environment are tried for.
LEFT_OUT = frozenset(("render_mode", "render_fps", "self", "seed"))


def edge_values(default, injections):
    """(name, value, way of injection or None) by the type of the default."""
    if isinstance(default, bool):
        return [("the opposite", not default, None)]
    if isinstance(default, int):
        return [("0", 0, None), ("-1", -1, None), ("None", None, None), ("2^31", 1 << 31, None), ("beyond 64 bits", 1 << 70, None)]
    if isinstance(default, float):
        return [("0", 0.0, None), ("-1", -1.0, None), ("NaN", float("nan"), None), ("infinity", float("inf"), None), ("None", None, None)]
    if isinstance(default, str):
        hostile = [("text that is made to be executed", text, way) for way, text in injections.texts(has_paths=False)]
        return [("an empty text", "", None), ("None", None, None), ("a long text", "A" * 100000, None)] + hostile
    if default is None:
        return [("0", 0, None), ("-1", -1, None), ("an empty text", "", None)]
    if isinstance(default, (list, tuple, dict)):
        return [("nothing in it", type(default)() if type(default) in (list, tuple, dict) else [], None), ("None", None, None)]
    return []


def arguments_of(env):
    """Arguments of its class that have defaults, in order."""
    try:
        parameters = inspect.signature(type(getattr(env, "unwrapped", env)).__init__).parameters.values()
    except (TypeError, ValueError):
        return []
    return [p for p in parameters if p.default is not p.empty and p.kind is not p.POSITIONAL_ONLY and p.name not in LEFT_OUT][:MOST_ARGUMENTS]


def try_arguments(recorder, arguments, make, contract, seconds):
    """A child per argument, until the seconds are used up. Gives how many arguments were tried."""
    import time
    deadline = time.monotonic() + seconds
    injections = Injections()
    tried = 0
    for parameter in arguments:
        left = deadline - time.monotonic()
        if left < 0.1:
            break

        def drive(tell):
            contract.is_orderly = False
            for name, value, way in edge_values(parameter.default, injections):
                recorder.circumstance = "made with %s=%s" % (parameter.name[:40], name)
                quietly(lambda: live_shortly(make, {parameter.name: value}, contract))
                if way is not None:
                    report(contract, injections, parameter.name)
            recorder.circumstance = None
        outcome = apart(recorder, min(1.0, left), drive)
        contract.is_orderly = True
        tried += 1
        report(contract, injections, parameter.name)
        contract.expect(outcome.how != "crashed", "crashed-by-argument",
                        "the interpreter was ended by %s when it was made with %s at an edge" % (outcome.name, parameter.name[:40]))
    return tried


def live_shortly(make, options, contract):
    env = make(**options)
    try:
        env.reset(seed=0) if not contract.has_old_interface else env.reset()
        for _ in range(STEPS):
            env.step(env.action_space.sample())
    finally:
        env.close()


def report(contract, injections, argument):
    for way in injections.traces():
        contract.expect(False, "argument-executed", "text that its argument %s was set to was executed as %s" % (argument[:40], WAYS[way]))


def use(make, contract, steps=5):
    """One short, orderly life; gives the environment, closed."""
    env = make()
    reset(env, contract, 0)
    for _ in range(steps):
        answer = env.step(env.action_space.sample())
        if contract.is_done(answer):
            reset(env, contract)
    env.close()
    return env
