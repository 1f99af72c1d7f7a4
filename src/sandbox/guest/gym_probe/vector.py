"""Environments that run many copies at once (the vector interface of Gymnasium), in the shape of one."""
import sys

from .contract import Contract
from .discover import classes_of, is_wrapper, registries, required, top_module

COPIES = 2


class Copies:
    """Its copies begin again by themselves, so an episode has no end, unless the environment says that they do not."""

    def __init__(self, env, contract):
        self.env, self.contract = env, contract
        mode = (getattr(env, "metadata", None) or {}).get("autoreset_mode")
        self.ends = "DISABLED" in str(getattr(mode, "name", mode)).upper()

    def __getattr__(self, name):
        return getattr(self.env, name)

    def reset(self, seed=None):
        return self.env.reset() if seed is None else self.env.reset(seed=seed)

    def step(self, actions):
        answer = self.env.step(actions)
        if not isinstance(answer, tuple) or len(answer) != 5:
            return answer
        copies = int(getattr(self.env, "num_envs", COPIES))
        for name, values in zip(("rewards", "terminations", "truncations"), answer[1:4]):
            self.contract.expect_in_order(getattr(values, "shape", None) == (copies,), name + "-not-per-copy",
                                 "the %s of step() are not one for each of %d copies" % (name, copies))
        observations, rewards, terminated, truncated, infos = answer
        is_over = self.ends and bool((terminated | truncated).any())
        return observations, float(sum(rewards)), is_over, False, infos

    def render(self):
        shown = self.env.render()
        return list(shown) if isinstance(shown, tuple) else shown


def vector_makers(recorder, owned, claimed):
    """What the target registered with a vector entry point, then its vector classes, for those that none of these made."""
    makers, made = [], set()
    for library, registry in registries():
        if not hasattr(library, "make_vec"):
            continue
        for identifier, spec in sorted(registry.items()):
            entry = getattr(spec, "vector_entry_point", None)
            if entry is not None and (top_module(entry) in owned or (library.__name__, identifier) in claimed):
                label = identifier + " (vector)"
                makers.append((label, maker(recorder, label, lambda l=library, i=identifier, **options: l.make_vec(
                    i, num_envs=COPIES, vectorization_mode="vector_entry_point", **options), made)))
    base = getattr(sys.modules.get("gymnasium.vector"), "VectorEnv", None)
    for label, value in classes_of(owned, (base,) if base is not None else ()):
        if is_wrapper(value):
            continue
        missing = required(value)
        given = {"num_envs": COPIES} if "num_envs" in missing else {}
        make = maker(recorder, label, lambda cls=value, given=given, **options: cls(**dict(given, **options)), made)
        make.is_needy = missing != list(given)
        make.is_covered = lambda cls=value: cls in made
        makers.append((label, make))
    return makers


def maker(recorder, label, create, made):
    contract = Contract(recorder, label)

    def make(**options):
        env = create(**options)
        made.add(type(getattr(env, "unwrapped", env)))
        return Copies(env, contract)
    make.contract = contract
    return make
