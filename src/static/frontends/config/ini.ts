import type { ConfigDocument, ConfigEntry } from './document.ts';

const SECTION = /^[\t ]*\[([^\]\n]*)\]/u;
const ASSIGNMENT = /^([^\s=:[#;][^=:\n]{0,500}?)[\t ]*[=:][\t ]*/u;

/**
 * Reads the INI dialects of Python's tools and of npm: sections, `key = value` or `key: value`, whole-line comments with `#` or `;`, and
 * values that go on in indented lines. A line that is none of these is the problem; reading goes on after it.
 * @param isGit git's dialect: what is indented is a setting of its own
 */
export function readIni(text: string, isGit = false): ConfigDocument {
  const sections: { key: string; entries: ConfigEntry[]; start: number }[] = [];
  const top: ConfigEntry[] = [];
  let entries = top;
  let problem: ConfigDocument['problem'] = null;
  let open: { key: string; lines: string[]; start: number; end: number } | null = null;

  const close = (): void => {
    if (open === null) return;
    const { key, lines, start, end } = open;
    const value = lines.join('\n').trim();
    // The first line stands behind the key; a value that begins below it has its lines to itself.
    const block = lines.length > 1 && lines[0] === '' ? text.indexOf('\n', start) + 1 : null;
    entries.push({ key, value: { kind: 'scalar', value, span: { start, end }, block } });
    open = null;
  };

  let at = 0;
  for (const written of text.split('\n')) {
    const line = isGit ? written.trimStart() : written;
    at += written.length - line.length;
    const content = line.trim();
    const section = SECTION.exec(line);
    const assignment = ASSIGNMENT.exec(line);
    if (open !== null && /^[\t ]/u.test(line) && content !== '') {
      (open as { lines: string[] }).lines.push(/^[#;]/u.test(content) ? '' : content);
      (open as { end: number }).end = at + line.trimEnd().length;
    } else if (content === '' && open !== null) {
      (open as { lines: string[] }).lines.push('');
    } else if (content !== '' && !/^[#;]/u.test(content)) {
      close();
      if (section !== null) {
        entries = [];
        sections.push({ key: section[1]!, entries, start: at });
      } else if (assignment !== null) {
        const start = at + assignment[0].length;
        const value = line.slice(assignment[0].length).trim();
        open = { key: assignment[1]!, lines: [value], start, end: start + value.length };
      } else if (/^[^\s=:]+$/u.test(content)) {
        // A key alone switches something on.
        entries.push({
          key: content,
          value: { kind: 'scalar', value: true, span: { start: at, end: at + line.length }, block: null },
        });
      } else {
        problem ??= { at, message: 'neither a section nor a setting' };
      }
    }
    at += line.length + 1;
  }
  close();
  const span = { start: 0, end: text.length };
  const tables = sections.map(({ key, entries: own, start }) => ({
    key,
    value: { kind: 'map' as const, entries: own, span: { start, end: start + key.length + 2 } },
  }));
  return { root: { kind: 'map', entries: [...top, ...tables], span }, problem };
}
