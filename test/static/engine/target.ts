import type { Target } from '../../../src/model/target.ts';
import { stageContext } from '../../support/stage-context.ts';

/** The context of a stage that is asked for nothing special. */
export const STAGE_CONTEXT = stageContext();

/** A target of one unit with these files. */
export function targetOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  opaque: Target['opaque'] = [],
): Target {
  const paths = Object.keys(files).sort();
  return {
    path: 'x',
    kind: 'directory',
    absolutePath: '/nonexistent',
    digest: 'sha256:0',
    files: paths.map((path) => {
      const content = Buffer.from(files[path] ?? '');
      return { path, size: content.length, digest: null, executable: false, content };
    }),
    opaque,
    units: [{ path: '.', kind: 'files', name: 'x', files: paths }],
  };
}
