import type { Fragment, FragmentRole } from '../../../model/program.ts';
import { fragmentsOfCommand } from './command-fragments.ts';
import { childrenOf, textOf } from './document.ts';
import type { ConfigNode } from './document.ts';

/** Scripts that `npm install` runs by itself, in the package or for a git dependency (npm documentation, "scripts"). */
const INSTALL_SCRIPTS =
  /^(?:(?:pre|post)?install|(?:pre|post)?prepare|prepublish|(?:pre|post)pack|dependencies)$/u;

/** `npm run a`, `yarn a`, `run-s a b`: the words after it name scripts of the package. */
const RUNS =
  /(?:^|[\s;&|(])(?:(?:npm|pnpm|yarn|bun)(?:[ \t]+-[\w-]+)*(?:[ \t]+run(?:-script)?)?|npm-run-all2?|run-[sp])[ \t]+([^;&|\n]{1,500})/gu;

/** Names of scripts that a script may run. */
function namesIn(command: string): readonly string[] {
  return [...command.matchAll(RUNS)].flatMap(([, words]) => words!.split(/[\s'"]+/u).filter(Boolean));
}

/** Scripts that run at installation: those that npm knows, and what they run. */
function installScripts(scripts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const found = new Set([...scripts.keys()].filter((name) => INSTALL_SCRIPTS.test(name)));
  // The set grows while it is gone through.
  for (const name of found) {
    for (const called of namesIn(scripts.get(name) ?? ''))
      for (const each of [called, `pre${called}`, `post${called}`]) if (scripts.has(each)) found.add(each);
  }
  return found;
}

/** The scripts of a package.json. */
export function fragmentsOfScripts(node: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const scripts = new Map<string, string>();
  for (const { key, value } of childrenOf(node)) {
    const command = textOf(value);
    if (command !== null) scripts.set(key, command);
  }
  const atInstallation = installScripts(scripts);
  return childrenOf(node).flatMap(({ key, value }) =>
    value.kind === 'map'
      ? []
      : fragmentsOfCommand(value, atInstallation.has(key) ? 'install-hook' : role, text),
  );
}
