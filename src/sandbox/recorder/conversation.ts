import { objectIn } from './json-line.ts';

/** A call of a server's tool. */
interface ToolCall {
  readonly name: string;
  /** `tool`: with plausible arguments. `attack`: with arguments that try to break out. */
  readonly kind: 'tool' | 'attack';
  /** `answered`, `failed` (it said so itself), `refused` (a protocol error), `did not answer`, `ended the server`. */
  readonly outcome: string;
  /** The beginning of the answer's text. */
  readonly text: string;
  readonly durationMs: number;
}

/** Something that a server describes to an agent. */
interface Described {
  /** `tools`, `prompts`, `resources`, `instructions`. */
  readonly sort: string;
  readonly entry: Readonly<Record<string, unknown>>;
}

/** What came of talking to a server of the Model Context Protocol. */
export interface Conversation {
  /** `silent`: it never answered; `late` or `gone`: it stopped answering, or ended. */
  readonly state: 'answered' | 'silent' | 'late' | 'gone';
  /** Names of its tools; null when it never listed any. */
  readonly tools: readonly string[] | null;
  readonly calls: readonly ToolCall[];
  readonly described: readonly Described[];
  /** Tools that were described otherwise later, and when. */
  readonly changed: readonly { readonly name: string; readonly when: string }[];
}

const MOST = 1_000;
const STATES = ['answered', 'silent', 'late', 'gone'] as const;

/**
 * Picks what the client inside wrote out of a run's standard output.
 * @returns null when the client did not get to its end and there is nothing of it
 */
export function readConversation(stdout: string, nonce: string): Conversation | null {
  const calls: ToolCall[] = [];
  const described: Described[] = [];
  const changed: { name: string; when: string }[] = [];
  let state: Conversation['state'] | null = null;
  let tools: readonly string[] | null = null;
  for (const line of stdout.split('\n')) {
    if (!line.startsWith(nonce)) continue;
    const record = objectIn(line.slice(nonce.length)) ?? {};
    switch (record['t']) {
      case 'call':
        if (calls.length < MOST)
          calls.push({
            name: text(record['name'], 200),
            kind: record['kind'] === 'attack' ? 'attack' : 'tool',
            outcome: text(record['outcome'], 40),
            text: text(record['text'], 4_000),
            durationMs: typeof record['ms'] === 'number' ? Math.max(0, Math.round(record['ms'])) : 0,
          });
        break;
      case 'given': {
        const { entry } = record;
        if (described.length < MOST && typeof entry === 'object' && entry !== null)
          described.push({ sort: text(record['sort'], 20), entry: entry as Record<string, unknown> });
        break;
      }
      case 'changed':
        if (changed.length < MOST)
          changed.push({ name: text(record['name'], 200), when: text(record['when'], 80) });
        break;
      case 'listed':
        tools = (Array.isArray(record['names']) ? record['names'] : []).map((name) => text(name, 100));
        break;
      case 'conversed':
        state = STATES.find((known) => known === record['state']) ?? null;
        break;
    }
  }
  if (state === null && tools === null) return null;
  return { state: state ?? 'gone', tools, calls, described, changed };
}

function text(value: unknown, most: number): string {
  return typeof value === 'string' ? value.slice(0, most) : '';
}
