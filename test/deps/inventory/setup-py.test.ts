import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { targetOf } from '../target-of.ts';
import { linesOf } from './lines-of.ts';

function read(text: string, others: Record<string, string> = {}) {
  const inventory = takeInventory(targetOf({ 'setup.py': text, ...others }));
  return {
    packages: linesOf({ 'setup.py': text, ...others }).map((line) => line.replace('@setup.py:', '@')),
    unreadable: inventory.unreadable.map(({ reason }) => reason),
  };
}

const COMPUTED = 'computes its dependencies; only running it would tell';

describe('setup.py', () => {
  it('follows names, sums, branches, loops over literals and what is added later', () => {
    const text = `from setuptools import setup
CORE = ["numpy>=1.0"]
GPU = CORE + ["torch==2.0"]
if sys.version_info < (3, 8):
    CORE.append("typing-extensions")
CORE += ["attrs"]
EXTRAS = {"gpu": GPU, ":python_version<'3'": ["enum34"]}
EXTRAS["dev"] = ["pytest"]
EXTRAS["all"] = sum(EXTRAS.values(), [])
setup(
    name="demo",
    install_requires=[r for r in CORE] + list(GPU if True else ()),
    extras_require=EXTRAS,
    tests_require=EXTRAS["dev"],
    setup_requires="""
        wheel
        cython==3.0  # for speed
    """,
)
`;
    expect(read(text)).toEqual({
      packages: [
        'attrs - none runtime @6',
        'cython 3.0 exact build @17',
        'enum34 - none runtime @7',
        'numpy >=1.0 range runtime @2',
        'pytest - none optional @8',
        'torch 2.0 exact runtime @3',
        'typing-extensions - none runtime @5',
        'wheel - none build @16',
      ],
      unreadable: [],
    });
  });

  it('understands keywords in a dictionary, and text put together from parts', () => {
    const text = `VERSION = "2.1"
args = dict(install_requires=["torch==" + VERSION, f"jax=={VERSION}", "a==%s" % find(), "b>=" + find()])
args["extras_require"] = {"x": "c\\nd==1"}
setup(**args)
`;
    expect(read(text)).toEqual({
      packages: [
        'a - none runtime @2',
        'b - none runtime @2',
        'c - none optional @3',
        'd 1 exact optional @4',
        'jax 2.1 exact runtime @2',
        'torch 2.1 exact runtime @2',
      ],
      unreadable: [COMPUTED],
    });
  });

  it.each([
    ['with open("reqs.pip") as f:\n    needed = f.read().splitlines()\nsetup(install_requires=needed)\n'],
    ['setup(install_requires=[line.strip() for line in open("reqs.pip")])'],
    [
      'import os\nHERE = os.path.dirname(__file__)\ndef read():\n    with open(os.path.join(HERE, "reqs.pip")) as f:\n        return [l for l in f if l]\nsetup(install_requires=read())\n',
    ],
    ['setup(install_requires=parse_requirements("reqs.pip"))'],
    ['from pathlib import Path\nsetup(install_requires=Path("reqs.pip").read_text().split("\\n"))'],
  ])('points to the list it is read from (%#)', (text) => {
    expect(read(text, { 'reqs.pip': 'flask==1.0\n' })).toEqual({
      packages: ['flask 1.0 exact runtime @reqs.pip:1'],
      unreadable: [],
    });
    expect(read(text)).toEqual({ packages: [], unreadable: [COMPUTED] });
  });

  it('gathers the extras that are made of others', () => {
    const text = [
      'extras = {"box": ["box2d==1.0"], "lamp": ["lamp>=2"]}',
      'groups = set(extras.keys()) - {"lamp"}',
      'extras["all"] = list(set(itertools.chain.from_iterable(map(lambda group: extras[group], groups))))',
      'setup(extras_require=extras)',
    ].join('\n');
    expect(read(text)).toEqual({
      packages: ['box2d 1.0 exact optional @1', 'lamp >=2 range optional @1'],
      unreadable: [],
    });
  });

  it('takes no list beside it for the answer, unless it reads that list', () => {
    expect(read('setup(install_requires=get())', { 'requirements.txt': 'a==1' }).unreadable).toEqual([
      COMPUTED,
    ]);
    const metadata = 'Metadata-Version: 2.1\nName: demo\nRequires-Dist: a\n';
    expect(read('setup(install_requires=get())', { 'PKG-INFO': metadata }).unreadable).toEqual([]);
    expect(read('setup(install_requires=get())', { 'PKG-INFO': 'Name: demo\n' }).unreadable).toEqual([
      COMPUTED,
    ]);
  });

  it('ends on names that stand for each other, on deep sums, and on what is no Python', () => {
    const circle = 'a = b + b\nb = a + a\nsetup(install_requires=a)\n';
    expect(read(circle).unreadable).toEqual([]);
    const doubling = Array.from(
      { length: 40 },
      (_, at) => `n${String(at + 1)} = n${String(at)} + n${String(at)}`,
    );
    const many = `n0 = ["a"]\n${doubling.join('\n')}\nsetup(install_requires=n40)\n`;
    expect(read(many).unreadable).toEqual([COMPUTED]);
    const deep = `setup(install_requires=${'['.repeat(20_000)}`;
    expect(() => read(deep)).not.toThrow();
    expect(read('\u0001'.repeat(1_000) + 'install_requires = [').packages).toEqual([]);
  });
});
