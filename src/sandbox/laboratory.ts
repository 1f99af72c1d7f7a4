import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { takeInventory } from '../deps/inventory/inventory.ts';
import type { StageContext } from '../model/stage.ts';
import type { Target } from '../model/target.ts';
import { embeddedKnowledge } from '../rules/compiled.ts';
import type { Backend } from './backend.ts';
import { GUEST_FOLDER } from './inside.ts';
import type { Laboratory } from './observed-run.ts';
import { permissionsOf } from './permissions.ts';
import { askImage } from './setup/image-contents.ts';
import { preparedEnvironment, preparedForImage } from './setup/prepared.ts';
import { requiredPython } from './setup/required-python.ts';
import { stageFiles } from './staging.ts';

/** Lays out what every run of a stage shares: the target and the programs that run it, as copies in `scratch`. */
export async function setUpLaboratory(
  target: Target,
  context: StageContext,
  backend: Backend,
  scratch: string,
): Promise<Laboratory> {
  const { python, image, signal } = context;
  const targetFolder = join(scratch, 'target');
  const guestFolder = join(scratch, 'guest');
  await stageFiles(target.files, targetFolder);
  // Copied, since the folder that sbx is installed in may be closed to the user that the sandbox runs as.
  await cp(GUEST_FOLDER, guestFolder, { recursive: true });
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
    targetFolder,
    targetBytes: target.files.reduce((sum, { content }) => sum + (content?.byteLength ?? 0), 0),
    guestFolder,
    scratch,
    patterns: {
      persistencePaths: patternsOf('persistence-path'),
      agentPaths: patternsOf('agent-config-path'),
    },
  };
}
