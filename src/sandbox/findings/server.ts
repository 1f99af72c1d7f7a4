import type { Finding } from '../../model/finding.ts';
import type { ObservedEvent } from '../../model/observation.ts';
import type { Target, Unit } from '../../model/target.ts';
import type { ObservedRun } from '../observed-run.ts';
import { hostOf } from '../recorder/classify.ts';
import type { Conversation } from '../recorder/conversation.ts';
import type { Say } from './say.ts';
import type { Revealed } from '../collect/second-analysis.ts';

/** What the client inside tries tools with; the same stands in `guest/schema_values.py`. */
const CANARY = /\/tmp\/sbx-canary-(\d+)/;
const ATTACKED_HOST = '169.254.169.254';
const ATTACKED_FILE = '~/.ssh/id_rsa';

/** What the client gives to tools that ask for an address. */
const GIVEN_HOST = 'example.com';

/** A tool that says so is meant to show the environment. */
const SHOWS_ENVIRONMENT = /\benv(?:ironment)?(?:[ _-]?var(?:iable)?s?)?\b/i;

/** Descriptions shorter than this say nothing that could be looked for. */
const TELLING_LENGTH = 20;

/** True for what the sandbox's own client brought about by asking for it; it proves a weakness, and no theft. */
export function isOfClient({ phase, kind, detail, decoy }: ObservedEvent): boolean {
  if (!phase.startsWith('attack ')) return false;
  if (kind === 'decoy') return decoy === ATTACKED_FILE;
  if (kind === 'connect' || kind === 'dns') return hostOf(detail) === ATTACKED_HOST;
  return CANARY.test(detail);
}

/** True for what a tool tried to reach because the sandbox's own client had given it that address. */
export function isAskedFor({ phase, detail }: ObservedEvent): boolean {
  return phase.startsWith('tool ') && hostOf(detail) === GIVEN_HOST;
}

/** The tool whose answer holds a token from the environment, where it says openly that it shows the environment; null: no such case. */
export function openlyShown(
  { kind, decoy, detail, capability }: ObservedEvent,
  conversation: Conversation | null,
): string | null {
  if (kind !== 'decoy' || capability !== 'env.read' || decoy === detail) return null;
  const name = ANSWER.exec(detail)?.[1];
  const entry = conversation?.described.find(
    ({ sort, entry: { name: known } }) => sort === 'tools' && known === name,
  )?.entry;
  if (name === undefined || entry === undefined) return null;
  const { description } = entry;
  const words = `${name.replaceAll('_', ' ')} ${typeof description === 'string' ? description : ''}`;
  return SHOWS_ENVIRONMENT.test(words) ? name : null;
}

/** With the disguise in brackets, where there is one. */
const ANSWER = /^the answer of the tool (.*?)(?: \([^()]*\))?$/;

/** What talking to a server gives cause to say. */
export function serverFindings({ run, conversation, written }: ObservedRun, say: Say): readonly Finding[] {
  if (conversation === null) return [];
  const { changed, tools } = conversation;
  const shells = new Set<string>();
  for (const text of [...written.files.map(({ path }) => path), ...run.events.map(({ detail }) => detail)]) {
    const number = CANARY.exec(text)?.[1];
    const name = number === undefined ? undefined : tools?.[Math.floor(Number(number) / 2)];
    // A traced command line may hold the attack as one quoted word; only a program or a file of that name is proof.
    if (name !== undefined && (text.startsWith('/tmp/') || /^(?:\S*\/)?touch \/tmp\//.test(text)))
      shells.add(name);
  }
  const provoked = run.events.filter(isOfClient);
  const shown = new Map<string, number>();
  for (const event of run.events) {
    const name = openlyShown(event, conversation);
    if (name !== null) shown.set(name, (shown.get(name) ?? 0) + 1);
  }
  const toolOf = ({ phase }: ObservedEvent): string => phase.slice('attack '.length);
  return [
    ...[...shells].map((name) =>
      say(
        'run-tool-command-injection',
        name,
        `The tool ${name} ran a command that stood inside an ordinary text argument`,
      ),
    ),
    ...provoked
      .filter(({ kind }) => kind === 'decoy')
      .map((event) =>
        say(
          'run-tool-path-escape',
          toolOf(event),
          `The tool ${toolOf(event)} read ${ATTACKED_FILE} for a path that leads upwards`,
        ),
      ),
    ...provoked
      .filter(({ kind }) => kind === 'connect')
      .map((event) =>
        say(
          'run-tool-address-unchecked',
          toolOf(event),
          `The tool ${toolOf(event)} tried to reach ${ATTACKED_HOST} when it was given that address`,
        ),
      ),
    ...[...shown].map(([name, count]) =>
      say(
        'run-tool-shows-environment',
        name,
        `The tool ${name} answered with ${count} planted ${count === 1 ? 'token' : 'tokens'} from the environment of the server`,
      ),
    ),
    ...changed.map(({ name, when }) =>
      say('run-tool-changed', name, `The tool ${name} was described otherwise ${when}`),
    ),
  ];
}

/**
 * The texts that servers gave to their client, for the static stage: what they say of their tools, and what the tools answered to
 * ordinary calls.
 */
export function textsOfServers(observed: readonly ObservedRun[]): readonly Revealed[] {
  return observed.flatMap(({ planned, conversation }): readonly Revealed[] => {
    if (conversation === null) return [];
    const command = planned.label.join(' ');
    const entries = conversation.described.map(({ entry }) => entry);
    const answers = conversation.calls.filter(({ kind, text }) => kind === 'tool' && text !== '');
    const given = (path: string, value: unknown): Revealed => ({
      origin: planned.path,
      command,
      path,
      content: Buffer.from(JSON.stringify(value, null, 2)),
      how: 'given',
    });
    return [
      ...(entries.length === 0 ? [] : [given('/tools.json', { tools: entries })]),
      ...(answers.length === 0
        ? []
        : [given('/answers.json', { answers: answers.map(({ name, text }) => ({ name, text })) })]),
    ];
  });
}

/** Tools whose description stands nowhere in the unit's files, not even in part: it was made or fetched when the server ran. */
export function unwrittenDescriptions(
  unit: Unit,
  target: Target,
  { described }: Conversation,
): readonly string[] {
  const members = new Set(unit.files);
  const texts = target.files
    .filter(({ path, content }) => members.has(path) && content !== null)
    .map(({ content }) => levelled(Buffer.from(content!).toString('utf8')));
  const names = described.flatMap(({ sort, entry: { name, description } }) => {
    if (sort !== 'tools' || typeof name !== 'string' || typeof description !== 'string') return [];
    const parts = description
      .split(/[.\n:;]/)
      .map(levelled)
      .filter((part) => part.length >= TELLING_LENGTH);
    const isWritten = parts.length === 0 || parts.some((part) => texts.some((text) => text.includes(part)));
    return isWritten ? [] : [name];
  });
  return [...new Set(names)].sort();
}

/** Letters and digits alone, so that quotes, indentation and escapes make no difference. */
function levelled(text: string): string {
  return text
    .replace(/\\[nt]/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
