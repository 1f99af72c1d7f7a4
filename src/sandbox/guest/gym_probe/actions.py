"""Gives an environment every sort of action: from its space, at its edges, outside it, of no sense at all, and made to be executed."""
from . import spaces
from .attempt import quietly
from .contract import reset
from .injections import WAYS, Injections
from .isolate import apart

SAMPLED = 20


class Opaque:
    """Of no type that anything expects."""


def senseless():
    """Values that are no action of any space, each with what it is called."""
    deep = []
    for _ in range(50):
        deep = [deep]
    found = [
        ("None", None), ("an empty list", []), ("an empty dict", {}), ("an object", Opaque()), ("NaN", float("nan")),
        ("infinity", float("inf")), ("minus infinity", float("-inf")), ("1e308", 1e308), ("-1", -1), ("1337", 1337),
        ("beyond 64 bits", 1 << 70), ("far below zero", -(1 << 70)), ("text", "text"), ("an empty text", ""), ("bytes", b"\x00\xff"),
        ("a complex number", 1j), ("true", True), ("a deep list", deep), ("a class", Opaque), ("a long text", "A" * 200000),
    ]
    try:
        import numpy
        found += [("another shape", numpy.zeros((3, 1, 2))), ("a million numbers", numpy.zeros(1000000, "int8")),
                  ("an empty array", numpy.zeros((0,))), ("an array of NaN", numpy.full((2,), float("nan"))),
                  ("an array of objects", numpy.array([None, "x"], dtype=object))]
    except ImportError:
        pass
    return found


def in_place(space, text):
    """A text as an action: bare, where the space has places for texts, and under the names that tools and shells give them."""
    inner = spaces.parts(space) or []
    if getattr(space, "is_of_agents", False) and inner:
        return [spaces.of_one(space, value) for value in in_place(inner[0][1], text)]
    found = [text]
    for key, part in inner[:8]:
        if spaces.is_text(part):
            found.append(spaces.replaced(space, key, text))
    if not inner:
        found += [{"action": text, "command": text, "name": text}, [text]]
    return found


def all_actions(space, injections):
    """(sort, name, value): sort is `edge`, `beyond`, `senseless`, or the way of an injection."""
    error, found = quietly(lambda: spaces.edges(space))
    actions = [("edge", name, value) for name, value in found or []]
    error, found = quietly(lambda: spaces.beyond(space))
    actions += [("beyond", name, value) for name, value in found or []]
    actions += [("senseless", name, spaces.of_one(space, value)) for name, value in senseless()]
    for way, text in injections.texts():
        error, placed = quietly(lambda: in_place(space, text))
        actions += [(way, "injection", value) for value in placed or [text]]
    actions += [(way, "injection", spaces.of_one(space, value)) for way, value in injections.objects()]
    return actions


def holds_text(space, depth=0):
    inner = spaces.parts(space)
    return spaces.is_text(space) or (inner is not None and depth < 4 and any(holds_text(part, depth + 1) for _, part in inner))


def try_actions(recorder, identifier, make, contract, seconds):
    """Drives fresh instances with all of them, each part in a child. Gives how many were tried and how many refused, or None."""
    injections = Injections()
    total = {"tried": 0, "refused": 0}

    def drive(tell, start):
        contract.is_orderly = False
        env = make()
        space = env.action_space
        quietly(lambda: space.seed(0))
        quietly(lambda: reset(env, contract, 0))
        # Whose turn it is is known now.
        space = env.action_space
        is_text = holds_text(space)
        actions = all_actions(space, injections)
        refused = 0
        for at in range(start, len(actions)):
            sort, name, value = actions[at]
            recorder.circumstance = None if sort == "edge" else \
                "given text that is made to be executed" if name == "injection" else "given %s as an action" % name
            if at % 20 == 0 or sort in WAYS:
                tell({"at": at, "refused": refused, "all": len(actions), "isText": is_text})
            error, answer = quietly(lambda: env.step(value))
            refused += error is not None
            for way in injections.traces() if sort in WAYS else ():
                tell_executed(contract, is_text, way)
            done = error is not None or not isinstance(answer, tuple) or len(answer) not in (4, 5)
            if done or quietly(lambda: contract.is_done(answer))[1] is not False:
                recorder.circumstance = None
                quietly(env.reset)
        for way in injections.traces(0.15):
            tell_executed(contract, is_text, way)
        quietly(env.close)
        return {"at": len(actions), "refused": refused, "all": len(actions), "isText": is_text}

    start, crashes = 0, 0
    while crashes < 3:
        outcome = apart(recorder, seconds, lambda tell: drive(tell, start))
        contract.is_orderly = True
        answer = outcome.answer if isinstance(outcome.answer, dict) else {"at": start, "refused": 0, "all": 0}
        at = int(answer.get("at", start))
        total["tried"], total["refused"] = at, total["refused"] + int(answer.get("refused", 0))
        # The child may not have come to tell of what it left last.
        for way in injections.traces():
            tell_executed(contract, answer.get("isText"), way)
        if outcome.how == "crashed":
            contract.expect(False, "crashed-by-action", "the interpreter was ended by %s when it was given an action that is none"
                            % outcome.name)
        if outcome.how == "done" or outcome.how == "hung" or at >= int(answer.get("all", 0)):
            break
        # It went on to this place at least; the next child starts behind it.
        start, crashes = max(at + 1, start + 1), crashes + 1
    return total


def tell_executed(contract, is_text, way):
    if is_text:
        contract.expect(False, "text-executed", "text that it was given as an action was executed as %s" % WAYS[way])
    else:
        contract.expect(False, "injection-executed", "text that it was given instead of an action was executed as %s" % WAYS[way])
