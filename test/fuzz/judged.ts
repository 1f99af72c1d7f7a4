import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Report } from '../../src/model/report.ts';
import type { Target } from '../../src/model/target.ts';
import { judge } from '../../src/pipeline.ts';
import { openTarget } from '../../src/target/open.ts';
import { stageContext } from '../support/stage-context.ts';
import type { TreeFile } from './tree.ts';

/** Writes a tree below a folder. */
export function writeFiles(folder: string, files: readonly TreeFile[]): void {
  for (const { path, bytes } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/** What `sbx scan` says of a target, without a process for it. */
export function judged(target: Target): Promise<Report> {
  return judge(target, ['static'], stageContext());
}

/** Opens a tree as a target from a folder of its own, which is gone afterwards. */
export async function targetOf(files: readonly TreeFile[]): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-fuzz-'));
  try {
    writeFiles(join(folder, 'target'), files);
    const target = await openTarget(join(folder, 'target'), new AbortController().signal);
    return { ...target, path: 'target' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
