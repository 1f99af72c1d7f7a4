"""Runs one script as `python3 script arguments` would, and records what it does; runs inside a sandbox only."""
import os
import runpy
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from recorder import begin, end  # noqa: E402


def main():
    recorder, _, rest = begin()
    script = rest[0]
    sys.argv = rest
    sys.path.insert(0, os.path.dirname(script))
    recorder.enter("run")
    status = 0
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0 if leaving.code is None else 1
    except BaseException as error:
        recorder.fail(None, error)
        traceback.print_exc()
        status = 1
    finally:
        recorder.finish()
    end(status)


main()
