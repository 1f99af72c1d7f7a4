"""Runs inside a sandbox and tries to break out of it. Never run this on a host: it attacks whatever it runs in.

usage: main.py MODE   with the bait's description (JSON) on standard input
Standard output: a line that says `begun`, then one JSON object {"check name": outcome}, see outcome.py. An attack that the sandbox
ends says no more than the first.
"""

import os
import sys

if os.environ.get("SBX_INSIDE") != "1":
    sys.exit("main.py attacks what it runs in: it is started by `sbx doctor --prove`, inside a sandbox only")

# An isolated interpreter does not look beside its program.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import answers  # noqa: E402
import endings  # noqa: E402
import hogs  # noqa: E402
import host  # noqa: E402
import kernel  # noqa: E402
import planted  # noqa: E402
import reach  # noqa: E402
import root  # noqa: E402
import storage  # noqa: E402


def walls(bait):
    """Everything that is a wall rather than a limit."""
    themes = (
        reach.network,
        reach.unix_sockets,
        host.host_files,
        root.read_only_root,
        kernel.privileges,
        kernel.syscalls,
        host.processes,
        hogs.descriptors,
    )
    return answers.together(themes, bait)


MODES = {
    "begin": lambda _bait: {},
    "walls": walls,
    "bomb": hogs.bomb,
    "zombies": hogs.zombies,
    "many-blocks": hogs.many_blocks,
    "one-block": hogs.one_block,
    "files-in-memory": hogs.files_in_memory,
    "burn": hogs.burn,
    "burn-together": hogs.burn_together,
    "flood": hogs.flood,
    "fill": storage.bytes_and_size,
    "names": storage.names,
    "outlive": endings.outlive,
    "abandon": endings.abandon,
    "stop": endings.stop,
    "plant": planted.plant,
}

answers.answer(MODES)
