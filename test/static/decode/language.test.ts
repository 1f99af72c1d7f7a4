import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/static/decode/language.ts';
import { decodeText } from '../../../src/static/decode/text.ts';

function detect(path: string, content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return detectLanguage(path, decodeText(bytes)?.text ?? null, bytes);
}

const binary = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

describe('detectLanguage by content', () => {
  it.each([
    ['data.txt', '#!/usr/bin/env python3\nx', 'python'],
    ['run', '#!/usr/bin/env -S uv run --script\nx', 'python'],
    ['run', '#! /bin/bash -e\nx', 'shell'],
    ['run', '#!/usr/bin/env -S FOO=1 python3.11 -u\nx', 'python'],
    ['cli', '#!/usr/bin/env node\nx', 'javascript'],
    ['cli.ts', '#!/usr/bin/env node\nx', 'typescript'],
    ['lib.py', '#![allow(dead_code)]\nx', 'python'],
    ['tool', '#!/usr/bin/env ruby -w\nx', 'ruby'],
    ['settings', '{"a": [1]}', 'json'],
    ['book.json', '{"cells": [], "nbformat": 4}', 'notebook'],
    ['weights.bin', binary([0x80, 4, 0x95, 1, 0, 0, 0], 'x.'), 'pickle'],
    ['a.dat', binary([0xa7, 0x0d, 0x0d, 0x0a, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0xe3]), 'pyc'],
    ['notes.txt', 'cposix\nsystem\n(S"true"\ntR.', 'pickle'],
    ['old.pkl', '(dp0\nS"a"\np1\nI1\ns.', 'pickle'],
  ])('%s is %s', (path, content, language) => {
    expect(detect(path, content)).toEqual({ language, opaque: null });
  });

  it('does not let a first line hide a module from its importer', () => {
    const detected = detect('setup.py', '#!/bin/sh\nimport os\n');
    expect(detected.language).toBe('python');
    expect(detected.opaque).toMatchObject({ blocking: true });
  });

  it('does not take JSON that Python would run for JSON', () => {
    expect(detect('module.py', '{"a": 1}').language).toBe('python');
  });
});

describe('detectLanguage by name', () => {
  it.each([
    ['a/SKILL.md', 'markdown'],
    ['Makefile', 'makefile'],
    ['Dockerfile', 'dockerfile'],
    ['Dockerfile.dev', 'dockerfile'],
    ['Dockerfile-dev', 'dockerfile'],
    ['makefile_linux', 'makefile'],
    ['dockerfiles', 'text'],
    ['.github/workflows/ci.yml', 'yaml'],
    ['.mcp.json', 'json'],
    ['pyproject.toml', 'toml'],
    ['uv.lock', 'toml'],
    ['setup.cfg', 'ini'],
    ['requirements-dev.txt', 'text'],
    ['LICENSE', 'text'],
    ['a.ipynb', 'notebook'],
    ['x.pth', 'python'],
    ['x.MJS', 'javascript'],
    ['.cursorrules', 'markdown'],
    ['.bashrc', 'shell'],
    ['a.rb', 'ruby'],
    ['Gemfile', 'ruby'],
    ['Rakefile', 'ruby'],
    ['ext/extconf.rb', 'ruby'],
    ['a.gemspec', 'ruby'],
    ['config.ru', 'ruby'],
    ['Podfile', 'ruby'],
    ['fastlane/Fastfile', 'ruby'],
    ['Vagrantfile', 'ruby'],
    ['tasks/build.rake', 'ruby'],
    ['style.css', 'text'],
    ['', 'text'],
  ])('%s is %s', (path, language) => {
    expect(detect(path, 'words\n')).toEqual({ language, opaque: null });
  });

  it.each([
    ['a.php', 'PHP', true],
    ['a.R', 'R', true],
    ['a.c', 'C', false],
    ['a.pyx', 'Cython', false],
    ['CMakeLists.txt', 'CMake', false],
  ])('%s is text that nobody understands: %s', (path, title, blocking) => {
    expect(detect(path, 'words\n')).toEqual({
      language: 'text',
      opaque: { reason: `no frontend for ${title} yet: only searched as text`, blocking },
    });
  });

  it.each([
    [
      'a.pl',
      '#!/usr/bin/perl -w\n# Do not open it.\nuse strict;\nwhile (<STDIN>) { print uc($_); }\n',
      false,
    ],
    ['a.pl', 'open(IN, "<$ARGV[0]");\nprint sort <IN>;\n', false],
    ['a.pl', 'open(IN, "$ARGV[0]");\nprint sort <IN>;\n', true],
    ['a.pl', 'print "a";\nsystem("make");\n', true],
    ['a.pl', 'my $x = "\n# "; exec("make");\n', true],
    ['a.pl', 'print `make`;\n', true],
    ['a.pl', '&{"sys" . "tem"}("make");\n', true],
    ['a.pl', '#!/usr/bin/perl -ne system("make")\n1;\n', true],
    ['a.applescript', 'display dialog "Hello"\n', false],
    ['a.applescript', 'activate app "Mail"\n', true],
    // Each program that Lua is built into gives it names for acting.
    ['a.lua', 'return { cells = 3 }\n', true],
    ['a.lua', "vim.fn.system('make')\n", true],
    ['a.awk', '# Sums.\n{ sum += $2 }\nEND { print sum }\n', false],
    ['a.awk', '{ print $1 | "sh" }\n', true],
    ['a.awk', '{ print $1 > "/tmp/a" }\n', true],
    ['a.awk', 'BEGIN { "date" | getline now }\n', true],
  ])('takes %s for incomplete only where it names what its language acts by: %j', (path, text, blocking) => {
    expect(detect(path, text).opaque).toMatchObject({ blocking });
  });

  it('holds an interpreter without a frontend against the file', () => {
    expect(detect('run', '#!/usr/bin/perl\nexec("make");\n').opaque).toMatchObject({ blocking: true });
  });

  it('passes over what starts the interpreter', () => {
    expect(detect('run.ts', '#!/usr/bin/env -S npx tsx\n')).toEqual({ language: 'typescript', opaque: null });
    expect(detect('run', '#!/usr/bin/env -S npx -y tsx\n')).toEqual({ language: 'typescript', opaque: null });
    expect(detect('run', '#!/usr/bin/env npx\n').language).toBe('text');
  });

  it('reads pages and pictures with scripts as markup, and mentions templates with scripts that it does not read', () => {
    expect(detect('a.svg', '<svg onload="x()"/>')).toEqual({ language: 'html', opaque: null });
    expect(detect('page', '<!DOCTYPE html><p>hello</p>')).toEqual({ language: 'html', opaque: null });
    expect(detect('a.hbs', '<p onload="x()">').opaque).toMatchObject({ blocking: false });
    expect(detect('a.hbs', '<p>hello</p>').opaque).toBeNull();
  });
});

describe('detectLanguage for binary data', () => {
  it.each([
    ['PNG', binary([0x89], 'PNG\r\n', [0x1a, 10, 0, 0, 0, 13], 'IHDR', [0, 0, 0, 1, 0]), false],
    ['JPEG', binary([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', [0, 1, 2, 3, 4, 5]), false],
    ['STL', binary(' '.repeat(80), [1, 0, 0, 0], new Array<number>(50).fill(1)), false],
    ['NumPy', binary([0x93], "NUMPY\x01\x00v\x00{'descr': '<f8', 'shape': (0,)}\n", [0, 1, 2]), false],
    ['pickled', binary([0x93], "NUMPY\x01\x00v\x00{'descr': '|O', 'shape': (0,)}\n", [0, 1, 2]), true],
    ['ELF', binary([0x7f], 'ELF', [2, 1, 1, 0, 0]), true],
    ['zip', binary('PK\x03\x04', [20, 0, 0, 0, 8, 0]), true],
    [
      'zip archive behind it',
      binary([0x89], 'PNG\r\n', [0x1a, 10, 0, 0], 'PK\x05\x06', new Array<number>(18).fill(0)),
      true,
    ],
    ['zeros', new Uint8Array(64), true],
    ['unknown kind', binary([0, 1, 2, 3, 0x80, 0x91, 5, 6, 0, 0]), true],
  ])('%s', (name, content, blocking) => {
    const detected = detect('asset.bin', content);
    expect(detected.language).toBeNull();
    expect(detected.opaque?.reason).toContain(name);
    expect(detected.opaque?.blocking).toBe(blocking);
  });
});
