import { normalPath } from '../../evidence/detail.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import type { CallFact } from '../facts.ts';
import { ANY_SITE } from '../flow-graph.ts';
import { knownText, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** Options that name the file which an answer goes to. */
const OUTPUT: Readonly<Record<string, readonly string[]>> = {
  curl: ['-o', '--output'],
  wget: ['-O', '--output-document'],
  aria2c: ['-o', '--out'],
  http: ['-o', '--output'],
  https: ['-o', '--output'],
  xh: ['-o', '--output'],
};
/** Of a group of short options (`-fsSLO`), the letter that names the file as the address does. */
const NAMED_BY_ADDRESS = /^(?:-[a-zA-Z]*[OJ][a-zA-Z]*|--remote-name(?:-all)?|--remote-header-name)$/;

/** A path as it is kept: `./setup.sh` is `setup.sh`. */
function keptPath(path: string): string {
  return normalPath(path.replace(/^(?:\.\/)+(?=.)/, ''));
}

/** The last part of an address, without what is asked of it. */
function nameIn(address: string): string | null {
  const name = /^(?:[a-z]+:\/\/)?[^/?#]+\/(?:[^?#]*\/)?([^/?#]+)/i.exec(address)?.[1];
  return name === undefined || name.includes('*') ? null : name;
}

/** Files that a downloading command writes by itself. */
function filesOf(command: string, { named, positional }: BoundArguments): readonly string[] {
  // `… | dd of=file`
  if (command === 'dd')
    return positional.flatMap((value) => /^of=(.+)$/.exec(knownText(value) ?? '')?.[1] ?? []);
  const options = Object.hasOwn(OUTPUT, command) ? (OUTPUT[command] ?? []) : [];
  const told = options.flatMap((option) => knownText(named.get(option) ?? UNKNOWN) ?? []);
  if (told.length > 0) return told;
  const isNamed =
    command === 'wget' ||
    (command === 'curl' && [...named.keys()].some((name) => NAMED_BY_ADDRESS.test(name)));
  return isNamed ? positional.flatMap((value) => nameIn(knownText(value) ?? '') ?? []) : [];
}

/** What is downloaded lies in the file from then on. @param node of what the command gives */
export function keepDownloaded(walk: Walk, command: string, args: BoundArguments, node: number): void {
  if (node === 0) return;
  for (const path of filesOf(command, args))
    if (path !== '-' && !path.includes('*') && !path.startsWith('/dev/'))
      walk.graph.connect(node, walk.graph.fileNode(keptPath(path)), ANY_SITE);
}

/** A file that is started, and that something was written to before, is code. */
export function runWritten(walk: Walk, file: Value, call: CallFact): void {
  const text = knownText(file);
  if (walk.quiet > 0 || text === null || text.includes('*')) return;
  const path = keptPath(text);
  if (walk.graph.hasFile(path)) walk.graph.addSink(walk.graph.fileNode(path), { label: 'code', call });
}
