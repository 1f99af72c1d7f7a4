import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { ToolOutput } from '../../../src/deps/tools/run-tool.ts';

/** Puts a shell script in the place of a tool, for the rest of the test. */
export async function plantTool(folder: string, name: string, script: string): Promise<void> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, name), 0o755);
  vi.stubEnv('SBX_TOOLS_BIN', bin);
}

/** A script that states a version of osv-scanner and otherwise does this. */
export function osvScannerScript(rest: string, version = '2.5.1'): string {
  return `test "$1" = --version && echo "osv-scanner version: ${version}" && exit; ${rest}`;
}

/** A script that states a version of pip-audit and otherwise does this. */
export function pipAuditScript(rest: string): string {
  return `test "$1" = --version && echo "pip-audit 2.10.1" && exit; ${rest}`;
}

/** What a run gave back: exit 0 and nothing said, but for what is changed. */
export function outputOf(changed: Partial<ToolOutput>): ToolOutput {
  return {
    exit: 0,
    endedBy: null,
    stdout: '',
    stderr: '',
    isTimedOut: false,
    isOverflowing: false,
    startError: null,
    ...changed,
  };
}

/** True while a process runs; one that ended and that nobody has asked about yet (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
