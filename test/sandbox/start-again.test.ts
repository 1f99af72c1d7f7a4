import { expect, it } from 'vitest';
import { SbxError } from '../../src/errors.ts';
import type { Backend, SandboxCommand } from '../../src/sandbox/backend.ts';
import { runStarting } from '../../src/sandbox/observe/start-again.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';

const { signal } = new AbortController();
const command = {} as SandboxCommand;

/** A stand-in for a backend that fails so many times before it runs anything. */
async function failing(times: number, code: string): Promise<{ backend: Backend; starts: () => number }> {
  let starts = 0;
  const backend = { ...(await loadBackend('native')) };
  backend.run = () => {
    starts += 1;
    return starts <= times
      ? Promise.reject(new SbxError('sandbox', code, `start ${starts}`))
      : Promise.resolve({ exit: 0 } as Awaited<ReturnType<Backend['run']>>);
  };
  return { backend, starts: () => starts };
}

it('starts a sandbox again that could not be set up', async () => {
  const { backend, starts } = await failing(1, 'sandbox-setup');
  expect(await runStarting(backend, command, signal)).toEqual({ exit: 0 });
  expect(starts()).toBe(2);
});

it('gives up after the second time', async () => {
  const { backend } = await failing(3, 'sandbox-setup');
  await expect(runStarting(backend, command, signal)).rejects.toThrow('start 2');
});

it('does not repeat what fails for another reason', async () => {
  const { backend, starts } = await failing(1, 'start-failed');
  await expect(runStarting(backend, command, signal)).rejects.toThrow('start 1');
  expect(starts()).toBe(1);
});
