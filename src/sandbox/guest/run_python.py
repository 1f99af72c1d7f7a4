"""Runs one script as `python3 script arguments` would, and records what it does; runs inside a sandbox only.

With `--entry module` in place of the script it is what `python3 -m module` would run, with `--entry module:function` what the command of
an installed package would.
"""
import importlib
import os
import runpy
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from recorded_run import begin, close_down, end  # noqa: E402


def run(entry, script):
    if entry is None:
        runpy.run_path(script, run_name="__main__")
    elif ":" not in entry:
        runpy.run_module(entry, run_name="__main__", alter_sys=True)
    else:
        module, _, attribute = entry.partition(":")
        # As the script that pip writes: what the first name of the attribute means may be a module of its own.
        first, *others = attribute.split(".")
        function = importlib.import_module(module)
        function = getattr(function, first) if hasattr(function, first) else importlib.import_module(module + "." + first)
        for name in others:
            function = getattr(function, name)
        sys.exit(function())
    return 0


def main():
    recorder, _, rest = begin()
    entry = None
    if rest[0] == "--entry":
        entry, rest = rest[1], rest[1:]
    sys.argv = rest
    if entry is None:
        sys.path.insert(0, os.path.dirname(rest[0]))
    recorder.enter("run")
    status = 0
    try:
        status = run(entry, rest[0])
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0 if leaving.code is None else 1
        if leaving.code is not None and not isinstance(leaving.code, int):
            # As the interpreter does it.
            print(leaving.code, file=sys.stderr)
    except BaseException as error:
        recorder.fail(None, error)
        traceback.print_exc()
        status = 1
    finally:
        close_down(recorder)
        recorder.finish()
    end(status)


main()
