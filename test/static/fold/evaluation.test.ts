import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';
import { factsOf } from '../facts-of.ts';

/** What the argument of the call of `sink` is known to be. */
async function argumentOf(code: string, language: Language = 'python'): Promise<unknown> {
  const facts = await factsOf(code, language);
  const call = facts.calls.find(({ name }) => name === 'sink');
  if (call === undefined) throw new Error('no call of sink');
  return call.args.positional[0]?.constant?.value;
}

describe('Python that only builds a text is run', () => {
  it.each([
    ['a loop over codes', 'out = ""\nfor c in [100, 107]:\n    out += chr(c ^ 1 ^ 12)\nsink(out)', 'if'],
    [
      'a loop with a condition',
      's = "xexvxaxlx"\nout = ""\nfor c in s:\n    if c != "x":\n        out += c\nsink(out)',
      'eval',
    ],
    [
      'a while loop',
      's = "lave"\ni = len(s) - 1\nout = ""\nwhile i >= 0:\n    out = out + s[i]\n    i -= 1\nsink(out)',
      'eval',
    ],
    [
      'a list that is joined',
      'out = []\nfor c in b"\\x64\\x77\\x60\\x6d":\n    out.append(chr(c ^ 1))\nsink("".join(out))',
      'eval',
    ],
    [
      'a byte array changed in place',
      'k = b"key"\nd = bytearray(b"\\x0e\\x13\\x18\\x07")\nfor i in range(len(d)):\n    d[i] ^= k[i % len(k)]\nsink(d.decode())',
      'eval',
    ],
    [
      'a function with a loop',
      'def dec(data, key):\n    out = ""\n    for i, c in enumerate(data):\n        out += chr(c ^ key[i % len(key)])\n    return out\nsink(dec([14, 19, 24, 7], b"key"))',
      'eval',
    ],
    [
      'a generator',
      'def dec(data):\n    for c in data:\n        yield chr(c - 1)\nsink("".join(dec([102, 119, 98, 109])))',
      'eval',
    ],
    ['map and a lambda', 'sink("".join(map(lambda c: chr(c + 1), [100, 117, 96, 107])))', 'eval'],
    ['map of a built-in', 'sink("".join(map(chr, [101, 118, 97, 108])))', 'eval'],
    ['a filter', 'sink("".join(filter(lambda c: c != "-", "e-v-a-l")))', 'eval'],
    ['reduce', 'import functools\nsink(functools.reduce(lambda a, b: a + b, ["ev", "al"]))', 'eval'],
    ['a comprehension with a condition', 'sink("".join(c for c in "e1v2a3l" if not c in "123"))', 'eval'],
    ['two clauses of a comprehension', 'sink("".join(c for w in ["ev", "al"] for c in w))', 'eval'],
    ['zip', 'sink("".join(chr(a ^ b) for a, b in zip([100, 119], [1, 1])))', 'ev'],
    ['a table of characters', 'sink("dwzo".translate(str.maketrans("dwzo", "eval")))', 'eval'],
    ['a table by key', 't = {"a": "ev", "b": "al"}\nsink("".join(t[k] for k in ["a", "b"]))', 'eval'],
    ['a number as bytes', 'sink((0x6576616c).to_bytes(4, "big").decode())', 'eval'],
    ['struct', 'import struct\nsink(struct.pack("4B", 101, 118, 97, 108).decode())', 'eval'],
    ['JSON', 'import json\nsink(json.loads(\'{"f": ["ev", "al"]}\')["f"][1])', 'al'],
    ['HTML references', 'import html\nsink(html.unescape("&#101;&#x76;al"))', 'eval'],
    ['escapes', 'import codecs\nsink(codecs.decode("\\\\x65\\\\x76al", "unicode_escape"))', 'eval'],
    ['strip', 'sink("--eval--".strip("-"))', 'eval'],
    ['swapcase', 'sink("EVAL".swapcase())', 'eval'],
    [
      'a helper that calls a helper',
      'def a(c):\n    return chr(c)\ndef b(l):\n    return "".join([a(c) for c in l])\nsink(b([101, 118]))',
      'ev',
    ],
    [
      'a helper with a branch',
      'def d(s, back):\n    if back:\n        return s[::-1]\n    return s\nsink(d("lave", True))',
      'eval',
    ],
    [
      'a recursive helper',
      'def d(s):\n    if len(s) == 0:\n        return ""\n    return d(s[1:]) + s[0]\nsink(d("lave"))',
      'eval',
    ],
    [
      'a helper without arguments',
      'def d():\n    p = ["al", "ev"]\n    p.reverse()\n    return "".join(p)\nsink(d())',
      'eval',
    ],
  ])('%s', async (_what, code, expected) => {
    expect(await argumentOf(code)).toBe(expected);
  });

  it.each([
    [
      'a loop that leaves early',
      'out = ""\nfor c in "eval":\n    if c == "a":\n        break\n    out += c\nsink(out)',
    ],
    ['what is not known', 'out = ""\nfor c in unknown():\n    out += chr(c)\nsink(out)'],
    [
      'a condition that is not known',
      'out = ""\nfor c in "eval":\n    if f(c):\n        out += c\nsink(out)',
    ],
  ])('%s is not guessed', async (_what, code) => {
    expect(['eval', 'ev']).not.toContain(await argumentOf(code));
  });
});

describe('JavaScript that only builds a text is run', () => {
  it.each([
    [
      'a counting loop',
      'let s = ""; for (let i = 0; i < 4; i++) { s += String.fromCharCode("dw`m".charCodeAt(i) ^ 1); } sink(s)',
      'eval',
    ],
    ['map over codes', 'sink([101, 118, 97, 108].map((c) => String.fromCharCode(c)).join(""))', 'eval'],
    [
      'map of a built-in',
      'sink(["0x65", "0x76"].map(Number).map((c) => String.fromCharCode(c)).join(""))',
      'ev',
    ],
    ['split, reverse and join', 'sink("lave".split("").reverse().join(""))', 'eval'],
    ['a regular expression that removes', 'sink("e-v-a-l".replace(/-/g, ""))', 'eval'],
    ['reduce', 'sink(["ev", "al"].reduce((a, b) => a + b, ""))', 'eval'],
    [
      'a function with a loop',
      'function d(s, k) { let o = ""; for (const c of s) { o += String.fromCharCode(c.charCodeAt(0) ^ k); } return o; } sink(d("dw`m", 1))',
      'eval',
    ],
    [
      'a rotated table of texts',
      'const t = ["al", "x", "ev"]; (function (a, n) { while (--n) { a.push(a.shift()); } })(t, 3); const g = function (i) { i = i - 0; return t[i]; }; sink(g(0) + g(1))',
      'eval',
    ],
    ['Array.from', 'sink(Array.from("lave").reverse().join(""))', 'eval'],
    ['substr', 'sink("xxevalxx".substr(2, 4))', 'eval'],
    ['bytes in a buffer', 'sink(Buffer.from([101, 118, 97, 108]).toString())', 'eval'],
  ])('%s', async (_what, code, expected) => {
    expect(await argumentOf(code, 'javascript')).toBe(expected);
  });
});

describe('running is bounded', () => {
  it.each([
    ['a loop without end', 's = ""\nwhile True:\n    s += "a"\nsink(s)'],
    ['a text that doubles', 's = "a"\nfor i in range(4000):\n    s = s + s\nsink(s)'],
    [
      'loops in loops',
      `s = ""\n${[0, 1, 2].map((n) => `${' '.repeat(n)}for a${n} in range(4000):\n`).join('')}   s += "a"\nsink(s)`,
    ],
    ['recursion without end', 'def f(s):\n    return f(s + "a")\nsink(f("a"))'],
    [
      'calls that multiply',
      `${Array.from({ length: 30 }, (_, n) => `def f${n}(s):\n    return f${n + 1}(s) + f${n + 1}(s)\n`).join('')}\nsink(f0("a"))`,
    ],
  ])('%s', async (_what, code) => {
    const start = performance.now();
    await argumentOf(code);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
