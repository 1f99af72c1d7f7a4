import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { emulate, emulateFirst } from '../../../../src/static/frontends/pickle/emulate.ts';
import { createPickleFrontend } from '../../../../src/static/frontends/pickle/frontend.ts';
import { outlineOfProgram } from '../outline.ts';

const frontend = await createPickleFrontend();

/** Objects that pickle into calls. Dumping only writes the names down; nothing here is ever loaded. */
const PRELUDE = `
import os, pickle, subprocess, sys, base64, builtins
class Reduces:
    def __init__(self, *reduced):
        self.reduced = reduced
    def __reduce_ex__(self, protocol):
        return self.reduced
def dumped(value, protocol):
    sys.stdout.buffer.write(pickle.dumps(value, protocol=protocol))
`;

/** The bytes that a Python program writes, as Latin-1. */
function python(code: string): string {
  return execFileSync('python3', ['-I', '-c', PRELUDE + code], { encoding: 'latin1' });
}

function outline(bytes: string): string {
  return outlineOfProgram(frontend.parse(bytes, 'pickle', 'x.pkl'));
}

const PROTOCOLS = [0, 1, 2, 3, 4, 5];

describe('pickles that Python writes', () => {
  it.each(PROTOCOLS)('shows a call, protocol %i', (protocol) => {
    const bytes = python(`dumped(Reduces(os.system, ("true",)), ${String(protocol)})`);
    expect(outline(bytes)).toMatch(/^import 'posix' \(module as posix\); posix\.system\("true"\)$/u);
    expect(frontend.parse(bytes, 'pickle', 'x.pkl')).toMatchObject({ status: 'complete', problem: null });
  });

  it.each(PROTOCOLS)('shows a built-in function under its name of today, protocol %i', (protocol) => {
    expect(outline(python(`dumped(Reduces(print, ("x",)), ${String(protocol)})`))).toBe(
      `import 'builtins' (module as builtins); builtins.print("x")`,
    );
  });

  it.each(PROTOCOLS)('shows calls inside calls inside containers, protocol %i', (protocol) => {
    const inner = 'Reduces(base64.b64decode, ("aWQ=",))';
    const bytes = python(
      `dumped({"a": [1, (True, None, 2.5), Reduces(eval, (${inner},))]}, ${String(protocol)})`,
    );
    expect(outline(bytes)).toContain(
      '{"a": [1, [true, null, 2.5], builtins.eval(base64.b64decode("aWQ="))]}',
    );
  });

  it.each(PROTOCOLS)('reads plain values, protocol %i', (protocol) => {
    const bytes = python(
      `dumped([-1, 255, 256, 70000, -2**40, "\\u00e9\\u20ac\\n", b"\\x00\\xff", 1.5], ${String(protocol)})`,
    );
    const outlined = outline(bytes);
    expect(outlined).toContain('[-1, 255, 256, 70000, -1099511627776, "é€\\n", ');
    expect(outlined).toMatch(/1\.5\]$/u);
    expect(frontend.parse(bytes, 'pickle', 'x.pkl').status).toBe('complete');
  });

  it('shows the state that an object is given', () => {
    const bytes = python('dumped(Reduces(subprocess.Popen, (["true"],), {"shell": True}), 4)');
    expect(outline(bytes)).toBe(
      `import 'subprocess' (module as subprocess); (object@0 := subprocess.Popen(["true"])).__setstate__({"shell": true})`,
    );
  });

  it('shows items and elements that an object is given', () => {
    const bytes = python('dumped(Reduces(bytearray, (), None, iter([1]), iter([("k", 2)])), 4)');
    expect(outline(bytes)).toBe(
      `import 'builtins' (module as builtins); (object@0 := builtins.bytearray()).append(1); object@0.__setitem__("k", 2)`,
    );
  });

  it('refers to a shared object by name', () => {
    const bytes = python('shared = Reduces(print, ("x",)); dumped([shared, shared], 4)');
    expect(outline(bytes)).toContain('[(object@0 := builtins.print("x")), object@0]');
  });

  it('ends with a list that contains itself', () => {
    expect(outline(python('loop = []; loop.append(loop); dumped(loop, 4)'))).toBe('(object@0 := [object@0])');
  });

  it('reads several pickles in one file', () => {
    const bytes = python('dumped("one", 0); dumped(Reduces(os.getpid, ()), 4); dumped("three", 2)');
    expect(outline(bytes)).toBe(`import 'posix' (module as posix); "one"; posix.getpid(); "three"`);
  });
});

/** Streams that no `dumps` writes. */
const HAND_MADE: readonly (readonly [string, string, string])[] = [
  ['INST', "(S'true'\nios\nsystem\n.", `import 'os' (module as os); os.system("true")`],
  ['OBJ', "(cos\nsystem\nS'true'\no.", `import 'os' (module as os); os.system("true")`],
  ['NEWOBJ', "\x80\x02cos\nsystem\n(S'true'\nt\x81.", `import 'os' (module as os); os.system("true")`],
  [
    'NEWOBJ_EX',
    '\x80\x04cm.n\nNew\n\x8c\x01a\x85}\x8c\x01bK\x01s\x92.',
    `import 'm.n' (module as m); m.n.New("a", b=1)`,
  ],
  [
    'names of Python 2',
    "c__builtin__\neval\n(S'1'\ntR.",
    `import 'builtins' (module as builtins); builtins.eval("1")`,
  ],
  [
    'escapes in a string',
    "cos\nsystem\n(S'\\x74\\162ue'\ntR.",
    `import 'os' (module as os); os.system("true")`,
  ],
  ['escapes in a text', 'cos\nsystem\n(V\\u0074rue\ntR.', `import 'os' (module as os); os.system("true")`],
  [
    'a dotted name',
    '\x80\x04\x8c\x02os\x8c\x0fsystem.__call__\x93\x8c\x04true\x85R.',
    `import 'os' (module as os); os.system.__call__("true")`,
  ],
  [
    'a global put together at load time',
    'cos\ngetcwd\n)R\x8c\x01x\x93.',
    `import 'os' (module as os); getattr(__import__(os.getcwd()), "x")`,
  ],
  [
    'arguments that are no tuple',
    'cos\nsystem\ncos\nenviron\nR.',
    `import 'os' (module as os); os.system(*=os.environ)`,
  ],
  ['a call that is thrown away', 'cos\ngetcwd\n)R0N.', `import 'os' (module as os); os.getcwd(); null`],
  ['a call dropped with its mark', '(cos\ngetcwd\n)R1N.', `import 'os' (module as os); os.getcwd(); null`],
  [
    'a call hidden in the memo',
    'cos\ngetcwd\n)Rp0\n0g0\n.',
    `import 'os' (module as os); (object@0 := os.getcwd())`,
  ],
  ['a persistent identifier', 'Pabc\n.', 'persistent_load("abc")'],
  [
    'an extension code',
    '\x82\x07)R.',
    `import 'copyreg' (module as copyreg); copyreg._inverted_registry[7]()`,
  ],
  ['a call before the stream breaks', 'cos\ngetcwd\n)R\xffrest', `import 'os' (module as os); os.getcwd()`],
  ['a call without an end', 'cos\ngetcwd\n)R', `import 'os' (module as os); os.getcwd()`],
  ['a call with a mark left open', '(((cos\ngetcwd\n)R', `import 'os' (module as os); os.getcwd()`],
  [
    'a wrong frame length',
    '\x80\x04\x95\xff\xff\x00\x00\x00\x00\x00\x00cos\ngetcwd\n)R.',
    `import 'os' (module as os); os.getcwd()`,
  ],
];

describe('pickles that somebody made by hand', () => {
  it.each(HAND_MADE)('shows %s', (_, bytes, expected) => {
    expect(outline(bytes).startsWith(expected)).toBe(true);
  });

  it.each([
    ['cos\ngetcwd\n)R\xffrest', 'byte 13: unknown instruction 0xff'],
    ['cos\ngetcwd\n)R', 'byte 12: the stream ends too early'],
    ['cos\ngetcwd\n)RR.', 'byte 13: takes a value from an empty stack'],
    ['cos\ngetcwd\n)Rg7\n.', 'byte 13: the memo has no entry 7'],
    ['cos\ngetcwd\n)Rt.', 'byte 13: there is no mark'],
    ['cos\ngetcwd\n)R\x80\x63.', 'byte 13: protocol 99 is unknown'],
  ])('%j is kept up to its error', (bytes, problem) => {
    expect(frontend.parse(bytes, 'pickle', 'x.pkl')).toMatchObject({ status: 'recovered', problem });
  });

  it.each(['', 'hello', '\x89HDF\r\n', 'X\xff\xff\xff\x7fabc'])('%j is no pickle', (bytes) => {
    const parsed = frontend.parse(bytes, 'pickle', 'x.pkl');
    expect(parsed).toMatchObject({ status: 'unparsed', program: null });
    expect(parsed.problem).toMatch(/^byte \d+: /u);
  });

  it('points at the bytes of an instruction', () => {
    const bytes = 'cos\ngetcwd\n)R.';
    const { program } = frontend.parse(bytes, 'pickle', 'x.pkl');
    expect(program?.body.map(({ span }) => bytes.slice(span.start, span.end))).toEqual([
      'cos\ngetcwd\n',
      'R',
    ]);
  });
});

describe('pickles made to hurt', () => {
  it('stays small on references to references', () => {
    let bytes = '\x80\x04]\x94';
    for (let level = 0; level < 40; level++) bytes += `h${String.fromCharCode(level)}`.repeat(3) + '\x87\x94';
    const { program, status } = frontend.parse(`${bytes}.`, 'pickle', 'x.pkl');
    expect(status).toBe('complete');
    expect(JSON.stringify(program).length).toBeLessThan(50_000);
  });

  it('takes deep nesting apart', () => {
    const parsed = frontend.parse(`cos\ngetcwd\n)R${'\x85'.repeat(100_000)}.`, 'pickle', 'x.pkl');
    expect(parsed.status).toBe('complete');
    expect(outlineOfProgram(parsed)).toContain('os.getcwd()');
    expect(parsed.program?.body.length).toBeGreaterThan(400);
  });

  it('reads a million values after one mark', () => {
    const parsed = frontend.parse(`(${'N'.repeat(1_000_000)}t.`, 'pickle', 'x.pkl');
    expect(parsed.status).toBe('complete');
  });

  it('stops at too many instructions and says so', () => {
    const parsed = frontend.parse(`cos\ngetcwd\n)R${'N0'.repeat(1_100_000)}.`, 'pickle', 'x.pkl');
    expect(parsed.status).toBe('recovered');
    expect(parsed.problem).toContain('too many instructions');
    expect(outlineOfProgram(parsed)).toContain('os.getcwd()');
  });
});

describe('working a pickle out', () => {
  const two = '\x80\x04N.\x80\x04K\x01.';

  it('is done once for all who ask', () => {
    expect(emulate(two)).toBe(emulate(`${two.slice(0, 4)}${two.slice(4)}`));
    expect(emulate(two).pickles).toBe(2);
  });

  it('is another thing for the first pickle alone', () => {
    expect(emulateFirst(two, 1)).toMatchObject({ pickles: 1, end: 4 });
    expect(emulate(two).pickles).toBe(2);
  });
});
