"""
Text that leaves a trace where somebody runs it: a file of its own for each way of running it. The traces are in the sandbox's temporary
folder, and their presence proves that the text was executed; its being printed, stored or passed on does not.
"""
import base64
import binascii
import os
import time

FOLDER = "/tmp"
# Kept in step with `CANARY` in src/sandbox/canary.ts, which keeps what only such texts made out of the evidence.
PREFIX = "sbx-canary-"


class Injections:
    def __init__(self):
        self.token = binascii.hexlify(os.urandom(4)).decode("ascii")
        self.found = set()

    def path(self, way):
        return "%s/%s%s-%s" % (FOLDER, PREFIX, self.token, way)

    def texts(self, has_paths=True):
        """(way, text) of every text; `has_paths` false leaves out names of files, where a file of that name is what was asked for."""
        shell, python, template, sql, yaml, path = (self.path(way) for way in ("shell", "python", "template", "sql", "yaml", "path"))
        touch = "touch " + shell
        pickled = "cos\nsystem\n(S'touch %s'\ntR." % self.path("pickle")
        reach = "open('%s','w')" % python
        found = [
            ("shell", "$(%s)" % touch), ("shell", "`%s`" % touch), ("shell", "; %s #" % touch), ("shell", "| %s" % touch),
            ("shell", "&& %s" % touch), ("shell", "\n%s\n" % touch), ("shell", "'; %s; '" % touch), ("shell", '"; %s; "' % touch),
            ("shell", touch),
            ("python", reach), ("python", "__import__('os').open('%s',65)" % python), ("python", "');%s#" % reach),
            ("template", "{{ cycler.__init__.__globals__.os.popen('touch %s').read() }}" % template),
            ("template", "${__import__('os').system('touch %s')}" % template),
            ("sql", "'; ATTACH DATABASE '%s' AS sbx; CREATE TABLE sbx.t(x); --" % sql), ("sql", "'; DROP TABLE sbx; --"),
            ("yaml", '!!python/object/apply:os.system ["touch %s"]' % yaml),
            ("pickle", pickled), ("pickle", base64.b64encode(pickled.encode("ascii")).decode("ascii")),
        ]
        if has_paths:
            found += [("path", "../" * 12 + path.lstrip("/")), ("path", path)]
        return found

    def objects(self):
        """The same as bytes, for what unpickles whatever it is given."""
        return [("pickle", ("cos\nsystem\n(S'touch %s'\ntR." % self.path("pickle")).encode("ascii"))]

    def traces(self, wait=0.0):
        """The ways that left a trace since the last look."""
        if wait:
            time.sleep(wait)
        fresh = []
        for way in ("shell", "python", "template", "sql", "yaml", "pickle", "path"):
            if way not in self.found and os.path.exists(self.path(way)):
                self.found.add(way)
                fresh.append(way)
        return fresh


WAYS = {
    "shell": "a command of a shell", "python": "Python", "template": "a template", "sql": "SQL", "yaml": "a YAML tag",
    "pickle": "a pickle", "path": "the name of a file, which it wrote",
}
