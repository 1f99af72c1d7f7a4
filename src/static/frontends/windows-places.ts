/** What variables of Windows stand for, as paths are written elsewhere; names are in lower case. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['userprofile', '~'],
  ['homepath', '~'],
  ['appdata', '~/AppData/Roaming'],
  ['localappdata', '~/AppData/Local'],
]);

/** The folder that a variable of the environment stands for on Windows, in whatever case it is written; null for any other. */
export function placeOfVariable(name: string): string | null {
  return PLACES.get(name.toLowerCase()) ?? null;
}
