"""Finds environments of many agents: PettingZoo's two interfaces, one agent at a time (AEC) and all at once (parallel)."""
import inspect
import sys

from .agents import as_one
from .contract import Contract
from .discover import classes_of, is_wrapper, needs_arguments

# The names that PettingZoo's modules have by convention. The last one gives what the first one wraps, and is asked for in its absence only.
FACTORIES = ("env", "parallel_env", "raw_env")


def bases_of(library):
    return tuple(base for base in (getattr(library, "AECEnv", None), getattr(library, "ParallelEnv", None)) if inspect.isclass(base))


def factories_of(module):
    offered = [name for name in FACTORIES if callable(vars(module).get(name))]
    return [name for name in offered if name != "raw_env" or len(offered) == 1]


def agent_makers(recorder, owned):
    """What the target's modules offer by convention, then the classes of PettingZoo's bases, for those that none of these made."""
    bases = bases_of(sys.modules["pettingzoo"])
    makers, seen, made = [], set(), set()
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] not in owned or module is None:
            continue
        for factory in factories_of(module):
            value = vars(module)[factory]
            if id(value) in seen or not is_own(value, owned):
                continue
            seen.add(id(value))
            label = name + "." + factory
            makers.append((label, maker(recorder, label, value, bases, made)))
    for label, value in classes_of(owned, bases):
        if id(value) not in seen and not is_wrapper(value):
            make = maker(recorder, label, value, bases, made)
            make.is_covered = lambda cls=value: cls in made
            makers.append((label, make))
    return makers


def is_own(value, owned):
    """Functions that a library's decorators made have its name; what is imported from the library itself is not the target's."""
    name = (getattr(value, "__module__", "") or "").split(".")[0]
    return name in owned or (name == "pettingzoo" and not inspect.isclass(value) and "pettingzoo" not in owned)


def maker(recorder, label, create, bases, made):
    contract = Contract(recorder, label)

    def make(**options):
        env = create(**options)
        contract.expect(isinstance(env, bases) if bases else True, "no-agent-environment", "it is neither an AECEnv nor a ParallelEnv")
        made.add(type(getattr(env, "unwrapped", env)))
        return as_one(env, contract)
    make.contract = contract
    make.is_needy = needs_arguments(create)
    return make
