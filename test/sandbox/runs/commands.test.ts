import { describe, expect, it } from 'vitest';
import { argumentLines } from '../../../src/sandbox/plan/arguments.ts';
import { commandsIn, examplesOf } from '../../../src/sandbox/plan/documents.ts';
import { Fallbacks, withFallbacks } from '../../../src/sandbox/plan/fallbacks.ts';
import { scriptRuns } from '../../../src/sandbox/plan/scripts.ts';

const linesOf = (path: string, text: string): ReturnType<typeof argumentLines> =>
  argumentLines({ path, size: text.length, digest: null, executable: false, content: Buffer.from(text) });

describe('the commands that a document shows', () => {
  it('are whole, in order, without prompts and output, and with placeholders filled', () => {
    const markdown = [
      '```bash',
      '# prepare',
      'pip install --quiet \\',
      '  tabulate',
      'for f in a b; do',
      '  echo $f',
      'done',
      '```',
      '```console',
      '$ python3 scripts/a.py <url> --key YOUR_API_KEY',
      'done in 3 s',
      '```',
      '```python',
      'print(1)',
      '```',
      '```sh',
      'python3 scripts/a.py data.csv path/to/photo.png',
      '```',
    ].join('\n');
    expect(commandsIn(markdown, () => false)).toEqual([
      'pip install --quiet \\\n  tabulate',
      'for f in a b; do\n  echo $f\ndone',
      'python3 scripts/a.py https://example.com/ --key example-key',
      'python3 scripts/a.py /home/user/Documents/sample.csv /home/user/Documents/sample.png',
    ]);
  });

  it('give a script its arguments', () => {
    const commands = ['cd x && ls', 'python3 scripts/a.py --to "two words" in.txt', 'node b.js 1 | tee out'];
    expect(examplesOf('b.js', commands)).toEqual([['1']]);
    expect(examplesOf('scripts/c.py', commands)).toEqual([]);
  });
});

describe('the arguments that a source defines', () => {
  it('are read from click', async () => {
    const source =
      'import click\n@click.command()\n@click.argument("source_file")\n@click.option("--count", type=int, required=True)\n@click.option("--dry", is_flag=True)\ndef main(source_file, count, dry): ...\n';
    expect(await linesOf('a.py', source)).toEqual([['--count', '3', '/home/user/Documents/sample.txt']]);
  });

  it('are read from commander', async () => {
    const source =
      "const { program } = require('commander');\nprogram.argument('<url>').requiredOption('-o, --out <file>', 'a .json file').option('-v, --verbose');\nprogram.parse();\n";
    expect(await linesOf('a.js', source)).toEqual([['--out', '/tmp/out.json', 'https://example.com/']]);
  });

  it('are read from usage text, and from the places that are read', async () => {
    expect(
      await linesOf('a.py', 'import sys\nif len(sys.argv) < 3:\n    print("Usage: a.py <city> DATE")\n'),
    ).toEqual([['Paris', '2024-05-17']]);
    expect(await linesOf('b.py', 'import sys\nurl = sys.argv[1]\nport = sys.argv[2]\n')).toEqual([
      ['https://example.com/', '8080'],
    ]);
    expect(await linesOf('c.py', 'print(1)\n')).toEqual([]);
  });

  it.each([
    ['a.py', 'import sys\ndef show(it):\n    print(open(it).read())\nshow(sys.argv[1])\n', 'txt'],
    ['b.py', 'import sys, json\nwith open(sys.argv[1]) as f:\n    d = json.load(f)\n', 'json'],
    ['c.py', 'import sys\nfrom pathlib import Path\nthing = Path(sys.argv[1])\nthing.read_text()\n', 'txt'],
    ['d.js', "const what = process.argv[2];\nrequire('fs').readFileSync(what, 'utf8');\n", 'txt'],
    ['e.sh', '#!/bin/bash\nsubject="$1"\ngrep -c a "$subject"\n', 'txt'],
  ])('are a file where one is opened or read, in %s', async (path, source, ending) => {
    expect(await linesOf(path, source)).toEqual([[`/home/user/Documents/sample.${ending}`]]);
  });

  it('are a file where an option is read, and none where it is written', async () => {
    const source =
      'import argparse\np = argparse.ArgumentParser()\np.add_argument("--left", required=True)\np.add_argument("--right", required=True)\nargs = p.parse_args()\nopen(args.right, "w").write(open(args.left).read())\n';
    expect(await linesOf('a.py', source)).toEqual([
      ['--left', '/home/user/Documents/sample.txt', '--right', 'hello'],
    ]);
  });

  it('are what stands in brackets where that makes as many as are read', async () => {
    const source =
      'import sys\nif len(sys.argv) != 3:\n    print("Usage: a.py [fields.json] [output.txt]")\nx = sys.argv[1]\ny = sys.argv[2]\n';
    expect(await linesOf('a.py', source)).toEqual([['/home/user/Documents/sample.json', '/tmp/out.txt']]);
  });
});

describe('what is run as well when a script fails', () => {
  const [planned] = withFallbacks(
    { path: 'a.py', size: 0, digest: null, executable: false, content: Buffer.from('open("x.csv")') },
    scriptRuns(
      [{ path: 'a.py', size: 0, digest: null, executable: false, content: Buffer.from('') }],
      [['hello']],
    ),
  );

  it('is the script plainly, and with a sample of what it names, each once', () => {
    const fallbacks = new Fallbacks([planned!]);
    fallbacks.note(planned!, true);
    expect(fallbacks.runs).toEqual([]);
    fallbacks.note(planned!, false);
    fallbacks.note(planned!, false);
    expect(fallbacks.runs.map((run) => run.arguments)).toEqual([[], ['/home/user/Documents/sample.csv']]);
  });

  it('is nothing that is run in any case', () => {
    const fallbacks = new Fallbacks([planned!, ...planned!.otherwise!]);
    fallbacks.note(planned!, false);
    expect(fallbacks.runs).toEqual([]);
  });
});
