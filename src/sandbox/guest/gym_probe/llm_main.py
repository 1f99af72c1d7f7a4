"""Imports what a target offers to language models, and sees to it that each environment is driven by a stub in the place of a model."""
import importlib
import time
import warnings

from recorded_run import begin, end

from .attempt import attempt
from .isolate import adopt_orphans
from .openenv import drive_served_environments
from .schedule import left_of
from .served import drive_applications
from .verifiers import drive_model_environments


def main():
    recorder, job, _ = begin()
    warnings.simplefilter("ignore")
    owned = {name.split(".")[0] for name in job["modules"]}
    is_short = job.get("depth", "full") != "full"
    try:
        adopt_orphans(recorder)
        recorder.enter("import")
        for name in job["modules"]:
            attempt(recorder, name, lambda: importlib.import_module(name))
        deadline = time.monotonic() + left_of(recorder, job)
        attempt(recorder, None, lambda: drive_model_environments(recorder, owned, is_short, deadline))
        _, made = attempt(recorder, None, lambda: drive_applications(recorder, owned, is_short, deadline))
        attempt(recorder, None, lambda: drive_served_environments(recorder, owned, is_short, deadline, made or set()))
    finally:
        recorder.finish()
    end(0)
