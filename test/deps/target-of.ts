import { createHash } from 'node:crypto';
import type { Target, TargetFile } from '../../src/model/target.ts';

/** An opened target made of these files, all in one unit. */
export function targetOf(contents: Readonly<Record<string, string | Uint8Array>>): Target {
  const files = Object.entries(contents)
    .map(([path, content]): TargetFile => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const digest = createHash('sha256').update(bytes).digest('hex');
      return { path, size: bytes.length, digest, executable: false, content: bytes };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    path: 'target',
    kind: 'directory',
    absolutePath: '/nonexistent/target',
    digest: 'sha256:test',
    files,
    opaque: [],
    units: [{ path: '.', kind: 'files', name: 'target', files: files.map(({ path }) => path) }],
  };
}
