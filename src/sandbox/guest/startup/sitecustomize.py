"""Python's own start-up file: puts the recorder into every Python that a shell inside the sandbox starts."""
import os
import sys

if "SBX_RECORDER" in os.environ:
    sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    try:
        from recorded_run import attach
        attach()
    except Exception:
        # An older Python than the recorder knows: the trace from outside still sees what it does.
        pass
    finally:
        sys.path.pop()
