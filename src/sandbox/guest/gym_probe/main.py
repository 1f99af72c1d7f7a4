"""Imports what a target offers, finds its environments, and sees to it that each is driven."""
import importlib
import importlib.util
import sys
import warnings

from recorded_run import begin, close_down, end

from .attempt import attempt, quietly
from .discover import declared_modules, discover, registries, top_module, watch_registrations
from .isolate import adopt_orphans
from .schedule import drive_all


def import_all(recorder, job, owned):
    """Gives the ids that the target itself registered."""
    claimed = set()
    if "gymnasium" not in owned:
        # The older Gym is there only where the target brought it along; it may do without the newer one.
        if importlib.util.find_spec("gym") is not None:
            quietly(lambda: importlib.import_module("gymnasium"))
            attempt(recorder, "gym", lambda: importlib.import_module("gym"))
        else:
            attempt(recorder, "gymnasium", lambda: importlib.import_module("gymnasium"))
        for library, _ in registries():
            watch_registrations(recorder, library, claimed)
    roots = [path for path in sys.path if path and not (path.rstrip("/") + "/").startswith(recorder.libraries)]
    declared = [name for name in declared_modules(roots) if top_module(name) in owned and name not in job["modules"]]
    for name in list(job["modules"]) + declared:
        attempt(recorder, name, lambda: importlib.import_module(name))
    return claimed


def other_makers(recorder, owned, claimed):
    """Interfaces beside the usual one, where the target brought a class or function of theirs."""
    makers = []
    if "pettingzoo" in sys.modules:
        from .pettingzoo import agent_makers
        makers += agent_makers(recorder, owned)
    if "gymnasium.vector" in sys.modules:
        from .vector import vector_makers
        makers += vector_makers(recorder, owned, claimed)
    return makers


def main():
    recorder, job, _ = begin()
    warnings.simplefilter("ignore")
    owned = {name.split(".")[0] for name in job["modules"]}
    is_whole = False
    try:
        adopt_orphans(recorder)
        recorder.enter("import")
        claimed = import_all(recorder, job, owned)
        named = list(job["environments"])
        ok, found = attempt(recorder, None, lambda: discover(claimed, owned, frozenset(named)))
        makers, variants, needy, aside = found if ok else ([], [], [], [])
        ok, others = attempt(recorder, None, lambda: other_makers(recorder, owned, claimed))
        makers += others if ok else []
        offered = {name for name, _ in makers}
        for name in named:
            if name not in offered:
                recorder.send({"t": "left", "what": "the manifest names the environment " + name + ", which nothing registers"})
        is_limited = bool(named and job["isLimitedToNamed"])
        if is_limited:
            kept = [maker for maker in makers if maker[0] in named]
            left = len(makers) - len(kept) + len(variants)
            makers, variants, needy, aside = kept, [], [], []
            if left:
                recorder.send({"t": "note", "what": "of the environments, only the %d that the operator's manifest names were run, "
                               "%d others were not" % (len(kept), left)})
        for label in needy:
            recorder.send({"t": "left", "what": label + " needs arguments to be made"})
        if aside:
            names = ", ".join(aside[:3]) + (", ..." if len(aside) > 3 else "")
            recorder.send({"t": "note", "what": "environment classes that nothing registers and that need arguments were not run: %s" % names})
        _, is_whole = attempt(recorder, None, lambda: drive_all(recorder, job, makers, variants))
    finally:
        close_down(recorder)
        # A short visit that was cut says nothing of what is not done there.
        recorder.finish(is_whole or job.get("depth", "full") == "full")
    end(0)
