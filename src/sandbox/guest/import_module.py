"""Imports modules one after the other and records what that does; runs inside a sandbox only."""
import importlib
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from recorded_run import begin, close_down, end  # noqa: E402


def main():
    recorder, job, _ = begin()
    deadline = time.monotonic() + job["budgetMs"] / 1000.0
    recorder.enter("import")
    try:
        for position, name in enumerate(job["modules"]):
            if time.monotonic() > deadline:
                recorder.send({"t": "left", "what": "%d modules for lack of time" % (len(job["modules"]) - position)})
                break
            try:
                importlib.import_module(name)
            except BaseException as error:
                recorder.fail(name, error)
    finally:
        close_down(recorder)
        recorder.finish()
    end(0)


main()
