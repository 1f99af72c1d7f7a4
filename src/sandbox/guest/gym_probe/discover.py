"""Finds the environments of a package: in registries, in the metadata of entry points, among its classes."""
import inspect
import os
import sys

from .attempt import quietly


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


def declared_modules(roots):
    """Modules that the metadata beside the target name under `gymnasium.envs`: Gymnasium imports them by itself when it is imported."""
    import configparser
    found = []
    for root in roots[:20]:
        try:
            folders = sorted(name for name in os.listdir(root) if name.endswith((".dist-info", ".egg-info")))[:20]
        except OSError:
            continue
        for folder in folders:
            parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
            try:
                with open(os.path.join(root, folder, "entry_points.txt"), encoding="utf-8", errors="replace") as source:
                    parser.read_string(source.read(100000))
            except (OSError, configparser.Error):
                continue
            for section in ("gymnasium.envs", "gym.envs"):
                for _, value in (parser.items(section) if parser.has_section(section) else ()):
                    found.append(value.strip().split(":")[0])
    return [name for name in found if name.replace(".", "_").isidentifier()][:20]


def discover(claimed, owned, named):
    """
    What the target registered, what is registered with code of its modules, and the ids that its manifest names; then its Env classes
    that nothing registers and that need no arguments. Gives those to be driven to the end, one of each class; further ids of the same
    classes, which differ in their settings only; the classes that need arguments, and those that do beside what is registered.
    """
    makers, variants, needy, aside, entries = [], [], [], [], {}
    for library, registry in registries():
        for identifier, spec in sorted(registry.items(), key=lambda item: (item[0] not in named, item[0])):
            entry = str(getattr(spec, "entry_point", None))
            if entry == "None" and getattr(spec, "vector_entry_point", None) is not None:
                continue
            is_named = identifier in named
            if is_named or top_module(getattr(spec, "entry_point", None)) in owned or (library.__name__, identifier) in claimed:
                is_variant = entry in entries and not is_named
                (variants if is_variant else makers).append((identifier, registered(library, identifier)))
                entries[entry] = getattr(spec, "entry_point", None)
    bases = tuple(library.Env for library, _ in registries() if hasattr(library, "Env"))
    has_registered = bool(makers)
    known = tuple(filter(inspect.isclass, map(entry_value, entries.values())))
    for label, value in classes_of(owned, bases):
        if any(issubclass(each, value) for each in known):
            continue
        if not needs_arguments(value):
            make = of_class(value)
            # What only others are made from cannot always be made itself.
            make.may_fail = has_registered
            makers.append((label, make))
        else:
            (aside if has_registered else needy).append(label)
    return makers, variants, needy, aside


def entry_value(entry):
    """What an entry point is or names, as far as its module was imported already; else None."""
    if not isinstance(entry, str):
        return entry
    module, _, path = entry.partition(":")
    value = sys.modules.get(module)
    for name in path.split("."):
        value = getattr(value, "__dict__", {}).get(name)
    return value


def classes_of(owned, bases):
    """The target's own classes below these bases that have a step of their own, each with its name."""
    seen, found = set(), []
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] not in owned or module is None:
            continue
        for value in list(vars(module).values()):
            if not inspect.isclass(value) or not bases or not issubclass(value, bases) or value in seen:
                continue
            if (getattr(value, "__module__", "") or "").split(".")[0] not in owned or inspect.isabstract(value):
                continue
            if "step" not in vars(value) and not any("step" in vars(b) for b in value.__mro__ if b not in bases and b is not object):
                continue
            seen.add(value)
            found.append((value.__module__ + "." + value.__name__, value))
    return found


def required(callable_or_class):
    """The names of the parameters that have to be given."""
    try:
        parameters = list(inspect.signature(callable_or_class).parameters.values())
    except (TypeError, ValueError):
        return []
    return [p.name for p in parameters
            if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]


def needs_arguments(callable_or_class):
    return bool(required(callable_or_class))


# They change what another environment does, and are seen where an environment uses them.
WRAPPERS = frozenset(("VectorWrapper", "BaseWrapper", "BaseParallelWrapper"))


def is_wrapper(cls):
    return any(base.__name__ in WRAPPERS and base.__module__.split(".")[0] in ("gymnasium", "gym", "pettingzoo") for base in cls.__mro__)


def of_class(cls):
    def make(**options):
        return cls(**options)
    make.has_old_interface = any(is_old_gym(sys.modules.get("gym")) and base.__module__.split(".")[0] == "gym" for base in cls.__mro__)
    return make


def registered(library, identifier):
    # Gym 0.26 still checks with names that NumPy 2 has not got; before 0.24 every argument is the environment's own.
    can_leave_out = "disable_env_checker" in str(quietly(lambda: inspect.signature(library.make))[1])

    def make(**options):
        if can_leave_out:
            options.setdefault("disable_env_checker", True)
        return library.make(identifier, **options)
    make.has_old_interface = is_old_gym(library)
    return make


def is_old_gym(library):
    """Before 0.26, Gym's step gave four values and its reset the observation alone."""
    if getattr(library, "__name__", "") != "gym":
        return False
    numbers = str(getattr(library, "__version__", "")).split(".")[:2]
    return len(numbers) == 2 and all(n.isdigit() for n in numbers) and tuple(map(int, numbers)) < (0, 26)
