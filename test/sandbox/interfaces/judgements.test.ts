import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { GUEST_FOLDER } from '../../../src/sandbox/inside.ts';

const PROGRAM = fileURLToPath(new URL('judgements.py', import.meta.url));

// The probe's own judgements on made-up series: nothing of a target runs here, and nothing depends on how fast the machine is.
it('tells pickles, growth and leaks from what only looks like them', async () => {
  const { stdout } = await promisify(execFile)('python3', ['-B', PROGRAM, GUEST_FOLDER]);
  expect(JSON.parse(stdout)).toEqual({
    'a pickle in an info': ['hidden-pickle'],
    'bytes that begin like one': [],
    'a pickle in an observation': ['hidden-pickle'],
    'a pickle in text': ['hidden-code'],
    'other encoded bytes': [],
    'memory without an end': ['memory-grows'],
    'memory that fills once': [],
    'steps that slow down': ['steps-slow-down'],
    'a machine that was busy': [],
    'files and threads that stay': ['leaked-descriptors', 'leaked-threads'],
    'files that stay': ['leaked-descriptors'],
    'nothing that stays': [],
  });
}, 60_000);
