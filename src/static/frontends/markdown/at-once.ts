import type { Fragment, FragmentRole, Setting } from '../../../model/program.ts';
import type { InlineText } from './inline.ts';

/** Texts in which agents run commands before they read them: skills, and commands that a user calls by name. */
const LOADED = /(?:^|\/)(?:skill|[^/]+\/commands\/[^/]+|commands\/(?:[^/]+\/)*[^/]+)\.md$/i;

function hook(text: string, origin: Fragment['origin']): Fragment {
  const role: FragmentRole = 'agent-hook';
  return { language: 'shell', text, role, layer: null, origin };
}

/** True for a text whose {@link commandsAtOnce} an agent runs. */
export function runsAtOnce(path: string): boolean {
  return LOADED.test(path);
}

/** Code spans that stand right after an exclamation mark: they run when the text is loaded, and it is read with their output. */
export function commandsAtOnce(text: string, inlines: readonly InlineText[]): readonly Fragment[] {
  return inlines.flatMap(({ codeSpans }) =>
    codeSpans
      .filter(({ span }) => /(?:^|[^\w!])!`{1,3}$/.test(text.slice(Math.max(0, span.start - 5), span.start)))
      .map(({ text: code, span }) => hook(code, { kind: 'fixed', span })),
  );
}

/** True for the fence of a block that runs when the text is loaded. */
export function isFenceAtOnce(info: string): boolean {
  return /^!/.test(info);
}

/** Hooks that the front matter of a skill, a command or an agent brings along. */
export function frontMatterHooks(settings: readonly Setting[]): readonly Fragment[] {
  return settings.flatMap(({ path, value, span }) =>
    path[0] === 'hooks' && path.at(-1) === 'command' && typeof value === 'string'
      ? hook(value, { kind: 'fixed', span })
      : [],
  );
}
