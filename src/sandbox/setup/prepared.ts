import { existsSync } from 'node:fs';
import type { Package } from '../../model/dependency.ts';
import type { ImageContents } from './image-contents.ts';
import type { Interpreter } from './interpreter.ts';
import { findInterpreter } from './interpreter.ts';
import { requirementsOf } from './requirements.ts';
import type { NodeSite } from './node-packages.ts';
import { readNodeSite } from './node-packages.ts';
import { baseLock, buildLock } from './setup.ts';
import {
  choiceKey,
  readChosenInterpreter,
  readSite,
  readTargetRecord,
  requirementsKey,
  siteKey,
} from './store.ts';

/** What the sandbox runs Python with. */
export interface PreparedEnvironment {
  readonly interpreter: Interpreter;
  /** Folders for `sys.path`, first wins: the target's own packages before the base. Empty when nothing was prepared. */
  readonly sites: readonly string[];
  /** Why something is missing and what to type; null when base and target's packages are all there. */
  readonly missing: string | null;
  /** pip and build backends, for installing the target inside; null: not prepared. */
  readonly build: string | null;
  /** The target's declared Node packages; null: none are declared, or not prepared. */
  readonly node: NodeSite | null;
  /** The image that it is for, as the operator named it; absent or null: none. */
  readonly image?: string | null;
  /** Declared packages that have no wheel. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Looks up what `sbx setup` made; installs nothing.
 * @param packages the target's inventory; empty when it has none
 * @param targetPath as the user wrote it, for the command that cures
 * @param python the operator's `--python`, or null: the one that setup chose, else the system's
 * @param wanted the versions of Python that the target asks for, or null
 * @throws SbxError of kind `config` when there is no usable interpreter at all
 */
export async function preparedEnvironment(
  packages: readonly Package[],
  targetPath: string,
  python: string | null,
  signal: AbortSignal,
  wanted: string | null = null,
): Promise<PreparedEnvironment> {
  const own = wanted === null ? null : readChosenInterpreter(wanted);
  const chosen = own ?? readChosenInterpreter();
  const interpreter =
    python === null && chosen !== null && existsSync(chosen.path)
      ? chosen
      : await findInterpreter(python, signal);
  // A virtual environment that the operator names is taken as it is, instead of what setup made.
  const given = python === null ? null : interpreter.site;
  return lookUp(packages, interpreter, given, targetPath);
}

/**
 * The same for an image of the operator's: what was prepared for a Python like the one in it, by whatever way.
 * @returns null when the image has no Python that the sandbox's programs run with
 */
export function preparedForImage(
  packages: readonly Package[],
  targetPath: string,
  { reference, python, node }: ImageContents,
): PreparedEnvironment | null {
  if (python === null) return null;
  const prepared = lookUp(packages, python, null, `${targetPath} --image ${reference}`);
  return { ...prepared, image: reference, node: node === null ? null : prepared.node };
}

/** @param words what stands behind `sbx setup` in the command that cures */
function lookUp(
  packages: readonly Package[],
  interpreter: Interpreter,
  given: string | null,
  words: string,
): PreparedEnvironment {
  const base = given ?? readSite(siteKey(baseLock(), interpreter))?.folder ?? null;
  const { lines, leftOut } = requirementsOf(packages);
  const record =
    readTargetRecord(choiceKey(packages, interpreter)) ??
    (lines.length === 0 ? null : readTargetRecord(requirementsKey(lines, interpreter)));
  const ownKey = record?.key ?? null;
  const packed = ownKey === null ? null : (readSite(ownKey)?.folder ?? null);
  const sites = [packed, base].filter((folder) => folder !== null);
  const missing =
    base === null
      ? `run \`sbx setup${interpreter.isInImage === true ? ` ${words}` : ''}\``
      : given === null && lines.length > 0 && record === null
        ? `run \`sbx setup ${words}\``
        : null;
  const build = readSite(siteKey(buildLock(), interpreter))?.folder ?? null;
  const node = readNodeSite(packages);
  return { interpreter, sites, missing, build, node, leftOut: [...leftOut, ...(record?.leftOut ?? [])] };
}
