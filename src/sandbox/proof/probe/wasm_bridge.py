"""From Python to JavaScript: modules, objects, code made from text, frames of errors, and C functions that lead there."""

import ctypes
import gc
import sys

from outcome import HELD, broken, fails, none_of, untried, worst
from pyodide.ffi import JsException, JsProxy, to_js

# What an object of JavaScript has that leads to the host.
POWERS = set(
    "FS NODEFS process require fetch XMLHttpRequest WebSocket Worker getBuiltinModule mainModule binding dlopen readFileSync spawn "
    "createConnection mountNodeFS loadPackage _module _api runPython eval importScripts Deno Bun".split()
)
MOST_OBJECTS = 1500


def modules():
    import importlib

    def finder():
        import _pyodide._importhook as hook

        return hook.jsfinder.jsproxies["js"]

    def finder_of_all():
        import _pyodide._importhook as hook

        return hook.jsfinder.jsproxies["pyodide_js"]

    names = ("js", "pyodide_js", "pyodide_js._api", "js.process")
    return worst(
        [fails(lambda name=name: importlib.import_module(name), ImportError) for name in names]
        + [fails(finder, KeyError), fails(finder_of_all, KeyError)]
    )


def held_by_python():
    """Objects of JavaScript in modules, in what the collector knows, and what an own one leads to."""
    found = [each for each in gc.get_objects() if isinstance(each, JsProxy)]
    for module in list(sys.modules.values()):
        found += [each for each in list(getattr(module, "__dict__", {}).values()) if isinstance(each, JsProxy)]
    return found + [to_js([1]), to_js({"a": 1}), thrown()]


def thrown():
    """An error of JavaScript, which is an object of its own realm."""
    try:
        to_js([1]).at(to_js([1]).constructor.constructor("return 1"))
    except JsException as error:
        return error
    raise LookupError("nothing was thrown")


def objects():
    """Goes from one to the next, some steps far, and looks for what leads to the host."""
    waiting, seen, found = held_by_python(), set(), []
    while waiting and len(seen) < MOST_OBJECTS:
        each = waiting.pop(0)
        identity = each.js_id if isinstance(each, JsProxy) else id(each)
        if identity in seen:
            continue
        seen.add(identity)
        for name in dir(each):
            if name in POWERS:
                found.append(name)
            if name.startswith("__") and name != "__proto__":
                continue
            try:
                value = getattr(each, name)
            except BaseException:
                continue
            if isinstance(value, JsProxy) and value.js_id not in seen:
                waiting.append(value)
    return none_of(sorted(set(found))) if len(seen) > 3 else untried("no object of JavaScript was found")


def code_from_text():
    def constructor():
        return to_js([1]).constructor.constructor("return globalThis")()

    def run_js():
        from pyodide.code import run_js

        return run_js("globalThis.process.version")

    return worst([fails(constructor, JsException), fails(run_js, ImportError)])


def code_through_c(_bait):
    """The library that the interpreter is linked with offers to run a script; a refusal there ends the interpreter."""
    script = ctypes.CDLL(None).emscripten_run_script_int
    script.argtypes, script.restype = [ctypes.c_char_p], ctypes.c_int
    return {"host-files: code for JavaScript through C": broken("it gave %s" % script(b"40 + 2"))}


def frames():
    """Who reads frames of JavaScript is handed objects of whoever called."""
    from pyodide.ffi import create_proxy

    kept = []

    def prepare(_error, sites):
        kept.extend(site.getFunction() or site.getThis() for site in sites)
        return ""

    error = thrown().constructor
    for each in (error, error.__proto__):
        for name, value in (("stackTraceLimit", 50), ("prepareStackTrace", create_proxy(prepare))):
            try:
                setattr(each, name, value)
            except JsException:
                pass
    str(getattr(thrown(), "stack", ""))
    return HELD if not kept else broken("%d frames" % len(kept))


def javascript(_bait):
    return {
        "host-files: modules of JavaScript": modules(),
        "host-files: objects of JavaScript that Python holds": objects(),
        "host-files: code for JavaScript from text": code_from_text(),
        "host-files: frames of JavaScript": frames(),
    }


def native(_bait):
    """Code of the machine, and calls of its kernel."""

    def by_number():
        return ctypes.CDLL(None).syscall(39)

    def planted():
        with open("/tmp/sbx-native.so", "wb") as file:
            file.write(b"\x7fELF\2\1\1" + bytes(57))
        return ctypes.CDLL("/tmp/sbx-native.so")

    def of_the_host():
        return ctypes.CDLL("/lib/x86_64-linux-gnu/libc.so.6")

    return {
        "syscalls: by number": fails(by_number, AttributeError, OSError),
        "syscalls: native code": worst([fails(planted, OSError), fails(of_the_host, OSError)]),
    }
