import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { takeInventory } from '../deps/inventory/inventory.ts';
import type { Package } from '../model/dependency.ts';
import type { StageContext } from '../model/stage.ts';
import type { Target } from '../model/target.ts';
import { embeddedKnowledge } from '../rules/compiled.ts';
import type { Backend } from './backend.ts';
import { GUEST_FOLDER } from './inside.ts';
import { permissionsOf, type Permissions } from './permissions.ts';
import type { Surroundings } from './recorder/classify.ts';
import { askImage, type ImageContents } from './setup/image-contents.ts';
import { type PreparedEnvironment, preparedEnvironment, preparedForImage } from './setup/prepared.ts';
import { requiredPython } from './setup/required-python.ts';
import { stageFiles } from './staging.ts';

/** What every run of a stage shares. */
export interface Laboratory {
  readonly backend: Backend;
  readonly prepared: PreparedEnvironment | null;
  /** The target's declared packages. */
  readonly packages: readonly Package[];
  /** True: the operator's manifest names the environments to run. */
  readonly isLimitedToNamed: boolean;
  /** True: the operator's manifest says how long a run may take. */
  readonly isTimeGiven: boolean;
  /** The operator's image and what is in it; null: none was named. */
  readonly image: ImageContents | null;
  /** What the operator lets it do. */
  readonly permissions: Permissions;
  /** True: the user lets a program reach the hosts that the operator allows. */
  readonly isOnline: boolean;
  /** Host folder with the target's files, and one with the guest programs. */
  readonly targetFolder: string;
  /** Bytes of the target's files. */
  readonly targetBytes: number;
  readonly guestFolder: string;
  /** Host folder for what is made per run. */
  readonly scratch: string;
  readonly patterns: Pick<Surroundings, 'persistencePaths' | 'agentPaths'>;
}

/** Folders that every run of a stage shows. */
type Layout = Pick<Laboratory, 'scratch' | 'targetFolder' | 'guestFolder'>;

/** Lays out the target and the programs that run it, as copies in `scratch`: the same for every backend. */
export async function layOut(target: Target, scratch: string): Promise<Layout> {
  const targetFolder = join(scratch, 'target');
  const guestFolder = join(scratch, 'guest');
  await stageFiles(target.files, targetFolder);
  // Copied, since the folder that sbx is installed in may be closed to the user that the sandbox runs as.
  await cp(GUEST_FOLDER, guestFolder, { recursive: true });
  return { scratch, targetFolder, guestFolder };
}

/** Gathers what every run of a stage shares. */
export async function setUpLaboratory(
  target: Target,
  context: StageContext,
  backend: Backend,
  layout: Layout,
): Promise<Laboratory> {
  const { python, image, signal } = context;
  const { packages } = takeInventory(target);
  const contents = image === null ? null : await askImage(backend, image, signal);
  const prepared =
    contents === null
      ? await preparedEnvironment(packages, target.path, python, signal, requiredPython(target)).catch(
          (error: unknown) => {
            // WebAssembly brings a Python of its own.
            if (backend.reduced !== undefined) return null;
            throw error;
          },
        )
      : preparedForImage(packages, target.path, contents);
  const { classes } = await embeddedKnowledge();
  const patternsOf = (name: string): readonly string[] =>
    classes.find((each) => each.name === name)?.patterns ?? [];
  return {
    backend,
    prepared,
    packages,
    isLimitedToNamed: (context.manifest?.manifest.environment?.ids ?? []).length > 0,
    isTimeGiven: context.manifest?.manifest.resources?.wallSeconds !== undefined,
    image: contents,
    permissions: permissionsOf(context.manifest?.manifest ?? null, context.policy),
    isOnline: context.online,
    ...layout,
    targetBytes: target.files.reduce((sum, { content }) => sum + (content?.byteLength ?? 0), 0),
    patterns: {
      persistencePaths: patternsOf('persistence-path'),
      agentPaths: patternsOf('agent-config-path'),
    },
  };
}
