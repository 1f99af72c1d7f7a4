import type { CallFact, Facts, Layer } from './facts.ts';
import type { Gathering } from './gathering.ts';
import type { StartedPrograms } from './programs/started-programs.ts';
import { sentencesOfStrings } from './texts/shown-texts.ts';
import type { LayerOwners, WalkedFile } from './walked-file.ts';

/** What was found in files that were walked, file by file, in the order given. */
export function factsByFile(
  gathering: Gathering,
  files: readonly WalkedFile[],
  owners: LayerOwners,
  programs: StartedPrograms<WalkedFile>,
): readonly Facts[] {
  const of = <Item extends { readonly layer: Layer }>(items: readonly Item[]): Map<WalkedFile, Item[]> => {
    const lists = new Map<WalkedFile, Item[]>(files.map((file) => [file, []]));
    for (const item of items) {
      const file = owners.of(item.layer);
      if (file !== undefined) lists.get(file)?.push(item);
    }
    return lists;
  };
  const calls = of<CallFact>(gathering.calls);
  const imports = of(gathering.imports);
  const strings = of(gathering.strings);
  const classes = of(gathering.classes);
  const functions = of(gathering.functions);
  return files.map((file) => ({
    layers: file.layers,
    calls: calls.get(file) ?? [],
    imports: imports.get(file) ?? [],
    strings: strings.get(file) ?? [],
    classes: classes.get(file) ?? [],
    functions: functions.get(file) ?? [],
    sentences: [
      ...file.sentences,
      ...sentencesOfStrings(strings.get(file) ?? [], file.read.settings, file.sentences),
    ],
    settings: file.read.settings,
    started: programs.startedBy(file),
    isSilent: file.read.isSilent,
    graph: gathering.graph,
    shortfalls: file.notes.shortfalls,
  }));
}
