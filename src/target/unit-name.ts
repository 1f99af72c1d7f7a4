import type { TargetFile, UnitKind } from '../model/target.ts';

/** Names are shown to people: longer ones are cut. */
const MAX_NAME_LENGTH = 100;

/**
 * The name that a unit gives itself, read by a light look at its metadata file (the manifest stage reads it in earnest); null when
 * nothing names it.
 */
export function nameOf(kind: UnitKind, root: string, files: readonly TargetFile[]): string | null {
  const read = (pattern: RegExp): string | null => {
    const file = files.find(({ path }) => pattern.test(root === '.' ? path : path.slice(root.length + 1)));
    const content = file?.content ?? null;
    return content === null ? null : Buffer.from(content.subarray(0, 64 * 1024)).toString('utf8');
  };
  const skill =
    kind === 'skill' ? capture(read(/^skill\.md$/i), /^name:[ \t]*["']?([^"'\n\r]+?)["']?[ \t]*$/m) : null;
  const plugin = kind === 'agent-plugin' ? jsonName(read(/^\.\w+-plugin\/plugin\.json$/)) : null;
  return (
    skill ??
    plugin ??
    capture(read(/^pyproject\.toml$/), /^name[ \t]*=[ \t]*["']([^"'\n\r]+)["']/m) ??
    capture(read(/^[^/]+\.dist-info\/METADATA$|^PKG-INFO$/), /^Name:[ \t]*(.+?)[ \t]*$/m) ??
    jsonName(read(/^package\.json$/)) ??
    capture(read(/^setup\.cfg$/), /^name[ \t]*=[ \t]*(.+?)[ \t]*$/m)
  );
}

function capture(text: string | null, pattern: RegExp): string | null {
  const name = text === null ? undefined : pattern.exec(text)?.[1]?.trim();
  return name === undefined || name === '' ? null : name.slice(0, MAX_NAME_LENGTH);
}

function jsonName(text: string | null): string | null {
  return capture(text, /"name"[ \t]*:[ \t]*"([^"\n\r]+)"/);
}
