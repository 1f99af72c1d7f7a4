import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { confusedWith, importNamesOf, providersOf } from '../../../src/deps/imports/distributions.ts';
import { normalizePypiName } from '../../../src/deps/inventory/requirement.ts';
import { depsStage } from '../../../src/deps/stage.ts';
import { stageContext } from '../../support/stage-context.ts';
import { targetOf } from '../target-of.ts';

const IDS = ['dependency-undeclared', 'dependency-unused', 'dependency-name-confusion'];

async function audit(files: Readonly<Record<string, string>>) {
  const { findings, dependencies } = await depsStage.run(targetOf(files), stageContext());
  return {
    said: findings.filter(({ ruleId }) => IDS.includes(ruleId)).map(({ message }) => message),
    findings,
    imported: dependencies?.advisories[0]?.imported,
  };
}

beforeEach(() => {
  vi.stubEnv('PATH', '/nonexistent');
  vi.stubEnv('SBX_TOOLS_BIN', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('imports against declarations', () => {
  it('names what is imported and not declared, once a package, with its distribution', async () => {
    const { said } = await audit({
      'requirements.txt': 'numpy\n',
      'pkg/__init__.py': 'import numpy\nimport cv2\nimport os\nfrom . import b\n',
      'pkg/b.py': 'import cv2\nimport pkg\ntry:\n  import torch\nexcept ImportError:\n  torch = None\n',
      'tests/test_b.py': 'import pytest\n',
    });
    expect(said).toEqual([
      expect.stringMatching(
        /^cv2 \(from opencv-\S+\) is imported at pkg\/__init__\.py:2 and 1 more, and nothing declares it\.$/,
      ),
    ]);
  });

  it('is quiet where nothing is declared, and where a name may be brought by another', async () => {
    expect((await audit({ 'a.py': 'import torch\n' })).said).toEqual([]);
    expect((await audit({ 'requirements.txt': 'some-odd-name\n', 'a.py': 'import oddname\n' })).said).toEqual(
      [],
    );
    const others = 'python-dateutil\nPyYAML\nazure-identity\nprotobuf\nscikit-learn\n';
    const code =
      'import dateutil.parser, yaml\nfrom azure.identity import aio\nfrom google import protobuf\nimport sklearn\n';
    expect((await audit({ 'requirements.txt': others, 'a.py': code })).said).toEqual([]);
  });

  it('names what is declared and never imported, unless it may be used otherwise', async () => {
    const { said } = await audit({
      'requirements.txt': 'requests\nnumpy\npytest-cov\nuvicorn\nredis\n',
      'a.py': 'import numpy\nBROKER = "redis://localhost"\n',
    });
    expect(said).toEqual([
      'requests (any version) is declared to be installed, and nothing here imports it.',
    ]);
    expect((await audit({ 'requirements.txt': 'requests\n', 'a.py': '__import__(name)\n' })).said).toEqual(
      [],
    );
    expect((await audit({ 'requirements.txt': 'requests\n', 'run.sh': 'true\n' })).said).toEqual([]);
  });

  it('knows npm packages, scopes, types and the built-in modules', async () => {
    const { said } = await audit({
      'package.json':
        '{\n "name": "mine",\n "dependencies": {\n  "left-pad": "1.0.0",\n  "@s/used": "1.0.0"\n }\n}\n',
      'index.ts':
        "import fs from 'fs/promises';\nimport 'node:test';\nimport x from '@s/used/deep';\nimport y from 'missing/deep';\nimport 'mine';\nimport '@/alias';\n",
    });
    expect(said).toEqual([
      'missing is imported at index.ts:4, and nothing declares it.',
      'left-pad 1.0.0 is declared to be installed, and nothing here imports it.',
    ]);
  });

  it('says when the name of a module was declared', async () => {
    const { findings } = await audit({
      'requirements.txt': 'cv2\npython-yaml\npillow\n',
      'a.py': 'import cv2\n',
    });
    const confused = findings.filter(({ ruleId }) => ruleId === 'dependency-name-confusion');
    expect(
      confused.map(
        ({ message, severity, location }) => `${severity} ${String(location.startLine)} ${message}`,
      ),
    ).toEqual([
      expect.stringMatching(
        /^low 1 cv2 \(any version\) is not where `import cv2`, as in a\.py:1, usually comes from: that is opencv-python\.$/,
      ),
      expect.stringMatching(
        /^low 2 python-yaml \(any version\) is not where `import yaml` usually comes from: that is pyyaml\.$/,
      ),
    ]);
    for (const honest of ['pillow', 'pyyaml', 'python-dateutil', 'tensorflow', 'docker', 'attrs'])
      expect(confusedWith(honest)).toBeNull();
  });

  it('tells whether what is affected is imported', async () => {
    const vulnerable = { 'requirements.txt': 'django==2.2.0\n' };
    expect((await audit({ ...vulnerable, 'a.py': 'def f():\n  from django.http import x\n' })).imported).toBe(
      'reachable',
    );
    expect((await audit({ ...vulnerable, 'tests/a.py': 'import django\n' })).imported).toBe('test-only');
    expect((await audit({ ...vulnerable, 'a.py': 'import os\n' })).imported).toBe('not-imported');
    expect((await audit({ ...vulnerable, 'a.py': 'import os\n', 'b.pyc': '\u0001' })).imported).toBe(
      'unknown',
    );
    expect((await audit(vulnerable)).imported).toBe('unknown');
    // What stands in a lock alone came with something else, which may import it.
    const lock = '[[package]]\nname = "django"\nversion = "2.2.0"\n';
    expect((await audit({ 'poetry.lock': lock, 'a.py': 'import os\n' })).imported).toBe('unknown');
    const { findings } = await audit({ ...vulnerable, 'a.py': 'import os, django\n' });
    expect(findings.find(({ ruleId }) => ruleId === 'dependency-advisory')?.message).toMatch(
      /It is imported at a\.py:1\.$/,
    );
  });

  it('reads notebooks and scripts without an ending', async () => {
    const notebook = JSON.stringify(
      { cells: [{ cell_type: 'code', source: ['%pip install x\n', 'import django\n'] }] },
      null,
      1,
    );
    const files = { 'requirements.txt': 'django==2.2.0\n', 'run.ipynb': notebook };
    const { findings } = await audit(files);
    const line = notebook.split('\n').findIndex((text) => text.includes('import django')) + 1;
    expect(findings.map(({ message }) => message).join('\n')).toContain(
      `imported at run.ipynb:${String(line)}.`,
    );
    expect(
      (
        await audit({
          'requirements.txt': 'django==2.2.0\n',
          tool: '#!/usr/bin/env python3\nimport django\n',
        })
      ).imported,
    ).toBe('reachable');
  });
});

describe('names of distributions', () => {
  it('knows at least two hundred that differ from what is imported', () => {
    const data = JSON.parse(readFileSync('src/deps/data/import-names.json', 'utf8')) as Record<
      string,
      string[]
    >;
    const differing = Object.entries(data).filter(([name, modules]) =>
      modules.some((module) => normalizePypiName(module) !== name),
    );
    expect(differing.length).toBeGreaterThanOrEqual(200);
    expect(Object.keys(data)).toEqual(Object.keys(data).map(normalizePypiName).sort());
    expect(importNamesOf('pillow')).toEqual(['PIL']);
    expect(importNamesOf('numpy')).toEqual(['numpy']);
    expect(providersOf('google.cloud.storage')).toEqual([]);
    expect(providersOf('yaml.loader')).toEqual(['pyyaml']);
    expect(providersOf('bs4')).toEqual(['beautifulsoup4']);
  });
});
