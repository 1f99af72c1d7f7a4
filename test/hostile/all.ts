import { archives } from './archives.ts';
import { binaries } from './binaries.ts';
import { goPrograms } from './go-programs.ts';
import type { HostileInput } from './input.ts';
import { programs } from './programs.ts';
import { repetitions } from './repetitions.ts';
import { rubyPrograms } from './ruby-programs.ts';
import { texts } from './texts.ts';
import { unreadPrograms } from './unread-programs.ts';
import { windowsScripts } from './windows-scripts.ts';

/** Every hostile text there is. */
export const hostileInputs: readonly HostileInput[] = [
  ...programs,
  ...windowsScripts,
  ...rubyPrograms,
  ...goPrograms,
  ...binaries,
  ...archives,
  ...texts,
  ...unreadPrograms,
  ...repetitions,
];
