import type { Api, ApiModelFile, ArgumentReference } from '../model/api-model.ts';
import type { Capability } from '../model/capability.ts';

/** A model may stand for at most this many names. */
const MAX_NAMES = 2_000;

/** `os.{get,set}env` → `os.getenv`, `os.setenv`; several groups give every combination. Groups do not stand inside each other. */
export function expandName(name: string): readonly string[] {
  let names = [''];
  for (const [, plain = '', group] of name.matchAll(/([^{}]+)|\{([^{}]*)\}/g)) {
    const parts = group === undefined ? [plain] : group.split(',').map((part) => part.trim());
    names = names.flatMap((start) => parts.map((part) => start + part));
    if (names.length > MAX_NAMES) return [name];
  }
  return names;
}

/** A model file with its names written out. */
export function withNames(file: ApiModelFile): ApiModelFile {
  return {
    ...file,
    apis: file.apis.map((api) => ({ ...api, names: api.names.flatMap((name) => expandName(name)) })),
  };
}

function referencesOf(
  argument: ArgumentReference | readonly ArgumentReference[],
): readonly ArgumentReference[] {
  return typeof argument === 'object' ? argument : [argument];
}

/** The same call with a path of some class, and what that makes of it. */
function variant(
  api: Omit<Api, 'reads' | 'writes'>,
  at: readonly ArgumentReference[],
  className: string | null,
  capability: Capability,
  more: Pick<Api, 'sinks' | 'source'>,
): Api {
  const when = [...(api.when ?? []), ...(className === null ? [] : [{ at, class: className }])];
  const sinks = [...(api.sinks ?? []), ...(more.sinks ?? [])];
  const source = [...(api.source ?? []), ...(more.source ?? [])];
  return {
    ...api,
    capabilities: [capability, ...(api.capabilities ?? [])],
    detail: { argument: at, as: 'path' },
    ...(when.length === 0 ? {} : { when }),
    ...(sinks.length === 0 ? {} : { sinks }),
    ...(source.length === 0 ? {} : { source }),
  };
}

/**
 * What `reads` and `writes` stand for, as entries without them: a call that reads a file reads a secret when the file's path is a
 * secret one; a call that writes one persists, or steers an agent, when the path does.
 */
export function expandApi({ reads, writes, ...api }: Api): readonly Api[] {
  if (reads !== undefined) {
    const at = referencesOf(reads);
    return [
      variant(api, at, 'secret-path', 'secret.read', { source: ['secret'] }),
      variant(api, at, null, 'fs.read', { source: ['file'], sinks: [{ label: 'path', arguments: at }] }),
    ];
  }
  if (writes !== undefined) {
    const at = referencesOf(writes.path);
    const content = referencesOf(writes.content ?? []);
    const into = (label: 'persist' | 'agent-config' | 'file'): NonNullable<Api['sinks']> =>
      content.length === 0 ? [] : [{ label, arguments: content }];
    return [
      variant(api, at, 'persistence-path', 'persist', { sinks: into('persist') }),
      variant(api, at, 'agent-config-path', 'agent.control', { sinks: into('agent-config') }),
      variant(api, at, null, 'fs.write', { sinks: [...into('file'), { label: 'path', arguments: at }] }),
    ];
  }
  return [api];
}
