import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { targetOf } from '../target-of.ts';
import { linesOf } from './lines-of.ts';

describe('requirements files, as pip reads them', () => {
  it('ends lines where Python does, so that a form feed hides nothing behind a comment', () => {
    const text = 'flask==1.0 # all\fevil==1.0\u2028worse==2.0\r\nlast==3.0\n';
    expect(linesOf({ 'requirements.txt': text })).toEqual([
      'evil 1.0 exact runtime @requirements.txt:1',
      'flask 1.0 exact runtime @requirements.txt:1',
      'last 3.0 exact runtime @requirements.txt:2',
      'worse 2.0 exact runtime @requirements.txt:1',
    ]);
  });

  it('knows options that are cut short, joined to their value, quoted, and several on a line', () => {
    const { indexes, packages } = takeInventory(
      targetOf({
        'requirements.txt': [
          '--requirem=one.txt',
          '-rtwo.txt',
          "-r 'three and four.txt'",
          '--edit ./five',
          '--pre --extra-index https://a.example/simple -i https://b.example/simple',
          'six==6 --config-settings "x=y" -r never.txt',
        ].join('\n'),
        'one.txt': 'one==1',
        'two.txt': 'two==2',
        'three and four.txt': 'three==3',
      }),
    );
    expect(packages.map(({ name }) => name)).toEqual(['five', 'one', 'six', 'three', 'two']);
    expect(indexes.map(({ text }) => text)).toEqual([
      '--extra-index-url https://a.example/simple',
      '--index-url https://b.example/simple',
    ]);
  });

  it('keeps the name of a requirement whose version is in the environment, and says so', () => {
    const { packages, unreadable } = takeInventory(
      targetOf({
        'requirements.txt':
          'torch==${TORCH}\na @ https://u:${TOKEN}@files.example/a.whl\n-e file:///${ROOT}/b#egg=b\nc @ https://${HOST}/c.whl\n',
      }),
    );
    expect(packages.map(({ name, pin }) => [name, pin])).toEqual([
      ['a', 'url'],
      ['b', 'path'],
      ['c', 'url'],
      ['torch', 'none'],
    ]);
    expect(unreadable.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'depends on ${TORCH} of the environment'],
      [4, 'depends on ${HOST} of the environment'],
    ]);
  });

  it('says of an encoding that would read as something else to pip', () => {
    const { unreadable } = takeInventory(
      targetOf({ 'requirements.txt': '# -*- coding: utf-7 -*-\nflask==1.0\n' }),
    );
    expect(unreadable).toEqual([
      { path: 'requirements.txt', line: 1, reason: 'asks to be read as utf-7, and was read as UTF-8' },
    ]);
    expect(takeInventory(targetOf({ 'requirements.txt': '# coding: utf-8\n' })).unreadable).toEqual([]);
  });

  it('takes folders and archives of any kind for paths', () => {
    expect(
      linesOf({ 'requirements.txt': 'vendor/one\nvendor/two[extra]\nthree-1.0.tar.bz2\nfour-2.0.whl[x]\n' }),
    ).toEqual([
      'four four-2.0.whl[x] path runtime @requirements.txt:4',
      'one vendor/one path runtime @requirements.txt:1',
      'three three-1.0.tar.bz2 path runtime @requirements.txt:3',
      'two vendor/two[extra] path runtime @requirements.txt:2',
    ]);
  });

  it.each([
    ['requirements-latest.txt', 'runtime'],
    ['requirements_dev.txt', 'dev'],
    ['test-requirements.txt', 'dev'],
    ['requirements/docs.in', 'dev'],
    ['docs/requirements.txt', 'dev'],
    ['requirements-build.txt', 'build'],
    ['requirements.in', 'runtime'],
    ['reqs-gpu.txt', 'runtime'],
  ])('knows the scope of %s', (path, scope) => {
    expect(takeInventory(targetOf({ [path]: 'flask==1.0' })).packages.map((one) => one.scope)).toEqual([
      scope,
    ]);
  });

  it('says of an include that is a link, is not there, or could not be read', () => {
    const target = targetOf({
      'requirements.txt': '-r link.txt\n-r large.txt\n-r ..hidden/x.txt\n',
      'large.txt': '',
    });
    const files = target.files.map((file) => (file.path === 'large.txt' ? { ...file, content: null } : file));
    expect(takeInventory({ ...target, files }).unreadable.map(({ reason }) => reason)).toEqual([
      'includes link.txt, which is not in the target',
      'includes large.txt, which could not be read',
      'includes ..hidden/x.txt, which is not in the target',
    ]);
  });

  it('holds lists that include each other to the same constraints', () => {
    expect(
      linesOf({
        'requirements.txt': '-c constraints.txt\n-r more/base.txt\nflask\n',
        'more/base.txt': 'requests>=2\n-r ../requirements.txt\n',
        'constraints.txt': 'flask==2.0\nrequests==2.31.0\nunused==1.0\n',
        'other/requirements.txt': 'requests>=2\n',
      }),
    ).toEqual([
      'flask 2.0 exact runtime @requirements.txt:3',
      'requests >=2 range runtime @other/requirements.txt:1',
      'requests 2.31.0 exact runtime @more/base.txt:1',
    ]);
  });
});
