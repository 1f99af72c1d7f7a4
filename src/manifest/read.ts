import type { Manifest } from '../model/manifest.ts';
import type { TargetFile, Unit } from '../model/target.ts';
import type { Problem } from './document.ts';
import { parseChecked, readDocument } from './document.ts';

/** The names a manifest may have, in the order they are looked for. */
export const MANIFEST_NAMES = ['sbx.manifest.yaml', 'sbx.manifest.yml', 'sbx.manifest.json'] as const;

/**
 * Reads a manifest that the operator passed.
 * @throws SbxError of kind `config` or `usage`
 */
export function readManifestFile(file: string): Manifest {
  return readDocument(file, 'manifest') as Manifest;
}

/** A manifest found inside a unit: what it says, or what is wrong with it. */
export interface FoundManifest {
  readonly file: TargetFile;
  readonly manifest: Manifest | null;
  readonly problems: readonly Problem[];
}

/** The manifest in a unit's own folder, or null when it has none. */
export function manifestOf(unit: Unit, files: ReadonlyMap<string, TargetFile>): FoundManifest | null {
  for (const name of MANIFEST_NAMES) {
    const file = files.get(unit.path === '.' ? name : `${unit.path}/${name}`);
    if (file === undefined) continue;
    if (file.content === null) {
      return { file, manifest: null, problems: [{ line: 1, column: 1, message: 'it cannot be read' }] };
    }
    const { value, problems } = parseChecked(Buffer.from(file.content).toString('utf8'), 'manifest');
    return { file, manifest: problems.length === 0 ? (value as Manifest) : null, problems };
  }
  return null;
}
