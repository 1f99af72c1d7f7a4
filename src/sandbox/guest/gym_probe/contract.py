"""What the environment interface promises, held against what an environment does."""
import inspect

from .attempt import quietly, told


class Contract:
    """Notes each kind of breach, and each kind of oddity, once per environment."""

    def __init__(self, recorder, identifier, has_old_interface=False):
        self.recorder, self.identifier, self.seen = recorder, identifier, set()
        self.has_old_interface = has_old_interface
        # False while it is given what nobody should give it: what comes of that is no breach.
        self.is_orderly = True

    def expect_in_order(self, holds, name, message):
        """The same, of answers to what an environment has to expect only."""
        self.expect(holds or not self.is_orderly, name, message)

    def expect(self, holds, name, message, sample=None):
        """Sends a record unless it holds. `sample`: text that the target handed out, to be searched for planted secrets."""
        if holds or name in self.seen:
            return
        self.seen.add(name)
        record = {"t": "problem", "id": self.identifier, "name": name, "message": message}
        if sample is not None:
            record["sample"] = sample[:2000]
        self.recorder.send(record)

    def observation(self, env, observation):
        space = getattr(env, "observation_space", None)
        try:
            inside = space is None or bool(space.contains(observation))
        except Exception:
            inside = False
        self.expect(inside, "observation-outside-space", "an observation is not in observation_space")

    def step(self, answer):
        """Gives the number of values that a step gave; 4 is right for the Gym of old only."""
        size = len(answer) if isinstance(answer, tuple) else 0
        self.expect(size == (4 if self.has_old_interface else 5), "step-not-five", "step() returns %d values instead of 5" % size)
        if size in (4, 5):
            for name, value in zip(("terminated", "truncated"), answer[2:size - 1]):
                is_bool = isinstance(value, bool) or type(value).__name__ in ("bool_", "bool")
                self.expect(is_bool, name + "-not-bool", "%s is a %s instead of a bool" % (name, type(value).__name__[:60]))
            self.expect(isinstance(answer[-1], dict), "info-not-dict", "the info of step() is no dict")
        return size

    def is_done(self, answer):
        return any(bool(value) for value in answer[2:-1])


def reset(env, contract, seed=None):
    """Resets, checks what comes back, and gives the observation."""
    is_old = contract.has_old_interface
    if is_old and seed is not None and hasattr(env, "seed"):
        quietly(lambda: env.seed(seed))
    try:
        answer = env.reset(seed=seed) if seed is not None else env.reset()
    except TypeError:
        if not is_old:
            contract.expect(seed is None, "reset-without-seed", "reset() does not take a seed")
            if seed is not None and hasattr(env, "seed"):
                quietly(lambda: env.seed(seed))
        answer = env.reset()
    pair = isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], dict)
    contract.expect(pair or contract.has_old_interface, "reset-not-pair", "reset() does not return (observation, info)")
    observation = answer[0] if pair else answer
    contract.observation(env, observation)
    return observation


def check_shape(env, contract):
    """What can be told without running it: spaces, metadata, the signature of reset."""
    for name in ("action_space", "observation_space"):
        space = getattr(env, name, None)
        contract.expect(space is not None, "no-" + name.replace("_", "-"), "it has no " + name)
        is_space = space is None or (hasattr(space, "sample") and hasattr(space, "contains"))
        contract.expect(is_space, name.replace("_", "-") + "-no-space", name + " is no space")
    inner = getattr(env, "unwrapped", env)
    modes = (getattr(inner, "metadata", None) or {}).get("render_modes", [])
    contract.expect(isinstance(modes, (list, tuple)), "render-modes-not-list", "metadata names render_modes that are no list")
    if contract.has_old_interface:
        return
    try:
        parameters = inspect.signature(inner.reset).parameters
    except (TypeError, ValueError):
        return
    takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    for name in ("seed", "options"):
        contract.expect(takes_all or name in parameters, "reset-without-" + name, "reset() does not take " +
                        ("a seed" if name == "seed" else "options"))


MOST_STEPS_TO_THE_END = 300


def check_edges(recorder, make, contract):
    """Uses a fresh environment out of order: reset twice, step after the end, close twice, use after close. Runs in a child."""
    error, env = quietly(make)
    if error is not None:
        return None
    reset(env, contract, 0)
    error, _ = quietly(lambda: reset(env, contract))
    contract.expect(error is None, "reset-twice", "a second reset() without a step in between fails: " + told(error))
    for _ in range(MOST_STEPS_TO_THE_END):
        error, answer = quietly(lambda: env.step(env.action_space.sample()))
        if error is not None or not isinstance(answer, tuple) or len(answer) not in (4, 5) or contract.is_done(answer):
            break
    quietly(lambda: env.step(env.action_space.sample()))
    error, _ = quietly(env.close)
    if error is None:
        error, _ = quietly(env.close)
        contract.expect(error is None, "close-twice", "a second close() fails: " + told(error))
    quietly(env.reset)
    return None
