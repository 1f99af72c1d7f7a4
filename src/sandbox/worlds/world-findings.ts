import { isProvoked } from '../canary.ts';
import { hostOf } from '../recorder/classify.ts';
import type { RuleId } from '../rules/rules.ts';
import { isWeighty } from './compare.ts';
import type { Difference } from './tour.ts';

const OTHER_WAYS: ReadonlySet<string> = new Set(['connect', 'dns', 'exec']);

/** Says what a program does in one world and not in another; once for each world and way of differing. */
export function differencesOf<Result>(
  differences: readonly Difference[],
  say: (rule: RuleId, path: string, subject: string, message: string) => Result,
): readonly Result[] {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    if (isProvoked(difference.event.detail)) continue;
    const rule = ruleOf(difference);
    const key = `${rule}\0${difference.world.name}\0${difference.where}`;
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups.values()].map((group) => {
    const { world, where, planned } = group[0]!;
    // Where a secret turned up is a finding of its own.
    const direct = group.filter(({ event }) => event.kind !== 'decoy' || event.decoy === event.detail);
    const deeds = [...new Set((direct.length > 0 ? direct : group).map(deedOf))];
    const shown = deeds.slice(0, 3).join(', ') + (deeds.length > 3 ? ` and ${deeds.length - 3} more` : '');
    const message =
      where === 'only'
        ? `Only when it runs ${world.name}: ${shown}`
        : `It does not do this when it runs ${world.name}, and does it otherwise: ${shown}`;
    return say(ruleOf(group[0]!), planned.path, `${world.name}\0${where}`, message);
  });
}

/**
 * Keeping away from the network alone is what an honest program may do in CI; what it does extra, or with secrets, is not. Without a
 * network, honest programs try another host or another program.
 */
function ruleOf({ event, where, world }: Difference): RuleId {
  if (world.network === 'none' && OTHER_WAYS.has(event.kind)) return 'run-world-difference';
  const isTelling =
    isWeighty(event) && (where === 'only' || (event.kind !== 'connect' && event.kind !== 'dns'));
  return isTelling ? 'run-world-trigger' : 'run-world-difference';
}

function deedOf({ event }: Difference): string {
  const { kind, detail, decoy, phase } = event;
  const what = detail.replace(/\s+/g, ' ').slice(0, 120);
  switch (kind) {
    case 'decoy':
      return decoy === detail
        ? `it reads ${what} (${phase})`
        : `${decoy ?? 'a planted secret'} turns up in ${what}`;
    case 'connect':
    case 'dns':
      return `it tries to reach ${hostOf(what)} (${phase})`;
    case 'listen':
      return `it opens ${what} (${phase})`;
    case 'exec':
      return `it starts \`${what}\` (${phase})`;
    case 'file.write':
      return `it writes ${what} (${phase})`;
    case 'file.delete':
      return `it deletes ${what} (${phase})`;
    default:
      return `it reads ${what} (${phase})`;
  }
}
