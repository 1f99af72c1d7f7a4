import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';
import type { Detection } from '../../../src/static/detectors/detector.ts';
import { detectors } from '../../../src/static/detectors/index.ts';

function inspect(text: string, language: Language = 'markdown'): readonly Detection[] {
  return detectors.flatMap((detector) => detector.inspect(text, language, 'a'));
}

function names(text: string, language: Language = 'markdown'): readonly string[] {
  return inspect(text, language).map((detection) => detection.name);
}

function asTags(text: string): string {
  return [...text].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
}

describe('invisible characters', () => {
  it('decodes tag characters', () => {
    const [detection] = inspect(`Hello${asTags('send the key')} there`);
    expect(detection).toMatchObject({ name: 'unicode-tags', detail: 'says "send the key"' });
    expect(detection!.span).toEqual({ start: 5, end: 29 });
  });

  it('decodes bytes in variation selectors', () => {
    const hidden = [...'run'].map((letter) => String.fromCodePoint(0xe0100 + letter.charCodeAt(0) - 16));
    const [detection] = inspect(`😀${hidden.join('')}${hidden.join('')}`);
    expect(detection).toMatchObject({ name: 'unicode-variation-selectors', detail: 'says "runrun"' });
  });

  it('finds runs without width and words cut by them', () => {
    expect(names('a \u200b\u200c\u200b\u200c\u200b b')).toEqual(['unicode-zero-width']);
    expect(names('ig\u200bnore')).toEqual(['unicode-zero-width-in-word']);
  });

  it('takes a text with fewer of them than a letter takes for none', () => {
    expect(names('a \u200b\u200c\u200c\u200c b')).toEqual([]);
    expect(names('a \u200b\u200c\u200c\u200c b \u200c\u200b\u200c\u200c c')).toEqual([
      'unicode-zero-width',
      'unicode-zero-width',
    ]);
  });

  it('takes each of them once for the list of those that a program takes out', () => {
    expect(names("map(ord, '\u200b\u200c\u200d\u2060')", 'python')).toEqual([]);
  });

  it.each([
    ['a family', '👨\u200d👩\u200d👧\u200d👦'],
    ['a flag with a joiner', '🏳️\u200d🌈'],
    ['the flag of Scotland', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['a key cap', '1\ufe0f\u20e3 2\ufe0f\u20e3'],
    ['Persian', 'می\u200cخواهم'],
    ['Hindi', 'क्\u200dष'],
    ['a byte-order mark', '\ufeff# Title'],
    ['a single space without width', 'word \u200b word'],
    ['Hebrew with embeddings', '\u202bשלום (abc)\u202c'],
    ['left-to-right marks', 'abc\u200e def\u200f'],
  ])('leaves %s alone', (_name, text) => {
    expect(names(text)).toEqual([]);
  });

  it('finds text whose order is not what is shown', () => {
    const line = "if access != 'user\u202e \u2066// check\u2069 \u2066': pass";
    expect(names(line, 'python')).toEqual(['unicode-bidi']);
    expect(names('a\u202eb')).toEqual(['unicode-bidi']);
    expect(names('"\u2067שלום\u2069"', 'python')).toEqual([]);
  });

  it('tells texts that are closed again from those that turn code around', () => {
    expect(names("x = 'a\u202eb\u202c'  # c", 'python')).toEqual([]);
    expect(names("x = 'a\u202eb'  # c\u202c", 'python')).toEqual(['unicode-bidi']);
    expect(names('# \u2067 if admin: \u2066 pass', 'python')).toEqual(['unicode-bidi']);
    expect(names('{"a": "b\u202e"}', 'json')).toEqual(['unicode-bidi-in-value']);
    expect(names('msgid "a"\nmsgstr "%s\u202e"\n# ' + 'שלום'.repeat(6), 'text')).toEqual([]);
  });

  it('reads a class of characters in a generated line as such', () => {
    const line = `${'f(x);'.repeat(300)}r=/[\u200e\u202a-\u202e]/`;
    expect(names(line, 'javascript')).toEqual([]);
    expect(names('r=/[\u200e\u202a-\u202e]/', 'javascript')).toEqual(['unicode-bidi']);
  });
});

describe('look-alikes', () => {
  it('finds words that pass for Latin', () => {
    const [detection] = inspect('import req\u0443ests', 'python');
    expect(detection).toMatchObject({ name: 'unicode-homoglyph', detail: '"req\u0443ests" with U+0443' });
  });

  it.each(['Δx and σ_noise', 'запрос API', 'API-запрос', 'λx', 'µs', 'ABCжзи', 'naïve café'])(
    'leaves %s alone',
    (text) => {
      expect(names(text)).toEqual([]);
    },
  );
});

describe('a look-alike in a program', () => {
  it.each([
    ['an identifier', 'req\u0443ests.get(x)'],
    ['a package', "os.system('pip install req\u0443ests')"],
    ['a host', "fetch('https://p\u0430ypal.example/x y')"],
    ['an import among words', 'from req\u0443ests import get'],
  ])('is found in %s', (_what, text) => {
    expect(names(text, 'python')).toEqual(['unicode-homoglyph']);
  });

  it.each([
    ['a title', "title = 'The T\u0435st of all songs'"],
    ['a docstring', '    Method that is called on \u0441hord header stamping'],
    ['a comment', 'x = 1  # sets the \u0441ount to one'],
  ])('is left alone in %s', (_what, text) => {
    expect(names(text, 'python')).toEqual([]);
  });
});

describe('text out of sight', () => {
  it('leaves a comment alone that was indented with what it stands above, and not what follows it', () => {
    const far = ' '.repeat(600);
    expect(names(`a();/**\n${far}* Reads the table.\n${far}*/run();`, 'javascript')).toEqual([
      'hidden-far-text',
    ]);
    expect(names(`a();/**\n${far}* Reads the table.\n */run();`, 'javascript')).toEqual([]);
    expect(names(`a();/**\n${far}* Reads it. */ run();`, 'javascript')).toEqual(['hidden-far-text']);
    expect(names(`a = b\n${far}* run();`, 'javascript')).toEqual(['hidden-far-text']);
  });

  it('leaves wide tables and the padding of metadata alone', () => {
    const border = `+${'-'.repeat(900)}+`;
    const row = `| Car${' '.repeat(600)} the wheels |`;
    expect(names(`${border}\n${row}\n${border}\n`)).toEqual([]);
    expect(names(`+---+\n${row}\n+---+\n`)).toEqual(['hidden-far-text']);
    const rule = `|-----|${'-'.repeat(900)}|`;
    expect(names(`# Cars\n${row}\n${rule}\n| a | b |\n${row}\n`)).toEqual([]);
    expect(names(`${row}\n|---|---|\n${row}\n`)).toEqual(['hidden-far-text', 'hidden-far-text']);
    expect(names(`${rule}\ntext between\n${row}\n`)).toEqual(['hidden-far-text']);
    expect(names(`<x/>${' '.repeat(600)}<?xpacket end="w"?>`)).toEqual([]);
    expect(names(`<x/>${' '.repeat(600)}<?xpacket end="w"?> send it`)).toEqual(['hidden-far-text']);
  });

  it('finds what stands behind empty lines or spaces', () => {
    expect(names(`a${'\n'.repeat(1_500)}send it`)).toEqual(['hidden-far-text']);
    expect(names(`a${' '.repeat(600)}send it`)).toEqual(['hidden-far-text']);
    expect(names(`a${'\r\n'.repeat(1_500)}send it`)).toEqual(['hidden-far-text']);
  });

  it('leaves ordinary white space alone', () => {
    expect(names(`a${'\n'.repeat(900)}b${' '.repeat(400)}c${'\n'.repeat(5_000)}`)).toEqual([]);
  });
});

describe('hostile input', () => {
  it.each([
    ['zero width', '\u200b'.repeat(500_000)],
    ['alternating', 'a\u200b'.repeat(200_000)],
    ['look-alikes', 'a\u0430'.repeat(200_000)],
    ['a long word', `\u0430${'a'.repeat(300_000)}`],
    ['white space', ' \n'.repeat(500_000)],
  ])('is read in linear time: %s', (_name, text) => {
    const before = process.cpuUsage();
    inspect(text);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000);
  });
});
