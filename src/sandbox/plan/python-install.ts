import type { TargetFile, Unit } from '../../model/target.ts';
import type { PlannedRun } from './run.ts';
import { beginningOf } from './text.ts';

/**
 * The installation of a Python package as pip does it, in a writable copy inside the sandbox: what its build and its `setup.py` do runs
 * there. No index is asked, and nothing else is installed. A package that is described by data alone runs nothing of its own then.
 * @param isPrepared whether pip and build backends are there
 */
export function installRuns(
  unit: Unit,
  target: { readonly files: readonly TargetFile[] },
  isPrepared: boolean,
): readonly PlannedRun[] {
  if (!isPrepared || unit.kind === 'skill') return [];
  const prefix = unit.path === '.' ? '' : `${unit.path}/`;
  const find = (name: string): TargetFile | undefined =>
    target.files.find(({ path }) => path === `${prefix}${name}`);
  const project = find('pyproject.toml');
  const hasOwnBuild = project !== undefined && OWN_BUILD.test(beginningOf(project));
  const file = find('setup.py') ?? (hasOwnBuild ? project : undefined);
  if (file === undefined) return [];
  return [
    {
      program: 'hook',
      label: ['pip', 'install', '.'],
      path: file.path,
      roots: [],
      modules: [],
      arguments: [INSTALL],
    },
  ];
}

/** A build backend or a build hook that lies in the package. */
const OWN_BUILD =
  /^\s*backend-path\s*=|^\[tool\.hatch\.(?:build|metadata)[\w.-]*\.hooks\.custom|^\s*build\s*=\s*["'{]/m;

const INSTALL =
  '"$SBX_PYTHON" "$SBX_PIP" install --no-index --no-deps --no-build-isolation --no-cache-dir --no-compile --disable-pip-version-check --quiet --target /tmp/installed .';
