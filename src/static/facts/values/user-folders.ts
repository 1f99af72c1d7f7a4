import { plain, textOf } from '../../fold/constant.ts';
import { constantValue, type Value } from './value.ts';

/** Variables of the environment that say where folders of the user are, and that of scratch files. */
const FOLDERS: ReadonlyMap<string, string> = new Map([
  ['HOME', '~'],
  ['USERPROFILE', '~'],
  ['APPDATA', '~/AppData/Roaming'],
  ['LOCALAPPDATA', '~/AppData/Local'],
  ['TEMP', '/tmp'],
  ['TMP', '/tmp'],
  ['TMPDIR', '/tmp'],
]);

/** The folder that a variable of the environment names; null for any other variable. */
export function folderNamed(variable: Value | null): string | null {
  return FOLDERS.get((textOf(variable?.constant ?? null) ?? '').toUpperCase()) ?? null;
}

/** What the variable holds, if it names a folder. */
export function folderValue(variable: Value | null): Value | null {
  const folder = folderNamed(variable);
  return folder === null ? null : constantValue(plain(folder));
}

/** Folders that .NET knows by name (`Environment.SpecialFolder`). */
const SPECIAL_FOLDERS: ReadonlyMap<string, string> = new Map([
  ['userprofile', '~'],
  ['applicationdata', '~/AppData/Roaming'],
  ['localapplicationdata', '~/AppData/Local'],
  ['startup', '~/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup'],
  ['desktop', '~/Desktop'],
  ['desktopdirectory', '~/Desktop'],
  ['mydocuments', '~/Documents'],
  ['personal', '~/Documents'],
  ['mypictures', '~/Pictures'],
]);

/** The folder that `[Environment]::GetFolderPath` gives for a name. */
export function specialFolder(name: Value | null): Value | null {
  const folder = SPECIAL_FOLDERS.get((textOf(name?.constant ?? null) ?? '').toLowerCase());
  return folder === undefined ? null : constantValue(plain(folder));
}
