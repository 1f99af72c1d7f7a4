import type { StageContext } from '../../../src/model/stage.ts';
import type { Target } from '../../../src/model/target.ts';

/** The context of a stage that is asked for nothing special. */
export const STAGE_CONTEXT: StageContext = {
  policy: { schema: 'sbx.policy/1', reject: [], review: [], require: [], guarantees: [], deny: {} },
  manifest: null,
  backend: 'none',
  online: false,
  python: null,
  image: null,
  ruleFolders: [],
  secondsPerFile: 20,
  useCache: false,
  signal: new AbortController().signal,
  progress: () => undefined,
  earlier: [],
};

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
