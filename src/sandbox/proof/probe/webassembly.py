"""Runs as Python in WebAssembly and tries to get out of it. Never run this on a host: it attacks whatever it runs in.

usage: webassembly.py MODE   with the bait's description (JSON) on standard input; the answers are those of main.py. There is no kernel to
call here and nothing to start: what is tried is what the interpreter, JavaScript behind it and the linked libraries might give.
"""

import os
import sys

if os.environ.get("SBX_INSIDE") != "1":
    sys.exit("webassembly.py attacks what it runs in: it is started by `sbx doctor --prove`, inside a sandbox only")

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import answers  # noqa: E402
import wasm_limits  # noqa: E402


def walls(bait):
    """Everything that is a wall rather than a limit."""
    # Slow to load here, and no use to what only uses up its time.
    import wasm_bridge
    import wasm_files
    import wasm_reach

    themes = (
        wasm_reach.network,
        wasm_reach.unix_sockets,
        wasm_reach.processes,
        wasm_files.host_files,
        wasm_files.read_only_root,
        wasm_limits.processes,
        wasm_bridge.javascript,
        wasm_bridge.native,
    )
    return answers.together(themes, bait)


def script(bait):
    import wasm_bridge

    return wasm_bridge.code_through_c(bait)


MODES = {
    "begin": lambda _bait: {},
    "walls": walls,
    "script": script,
    "flood": wasm_limits.flood,
    "burn": wasm_limits.loop,
    "one-block": wasm_limits.one_block,
    "outside-block": wasm_limits.outside_block,
    "files-in-memory": wasm_limits.files_in_memory,
    "loop": wasm_limits.left(wasm_limits.loop),
    "deaf": wasm_limits.left(wasm_limits.deaf),
    "one-call": wasm_limits.left(wasm_limits.one_call),
    "asleep": wasm_limits.left(wasm_limits.asleep),
    "abandon": wasm_limits.abandon,
}

answers.answer(MODES)
