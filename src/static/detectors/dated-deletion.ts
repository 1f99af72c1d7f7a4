import type { Detection, Detector } from './detector.ts';

/** How a language asks for a fixed date, sets a variable and deletes. */
interface Manner {
  /** A comparison of today with a fixed date, and what it guards as the first group that is there. */
  readonly guarded: RegExp;
  /** Variables that get a number up to 1, nothing, or yes. */
  readonly settings: RegExp;
  readonly deletion: RegExp;
}

/** A longer text is a bundle, and no script that tidies up. */
const MAX_TEXT = 200_000;
const MAX_FOUND = 20;
/** A deletion is looked for so far behind the place where the variable is read (UTF-16 units). */
const REACH = 3_000;
/** So much of what follows is looked at. */
const MAX_REST = 20_000;

const SHELL: Manner = {
  guarded:
    /(?:\[\[?|\btest|\(\()\s{0,3}"?(?:\$\(date\b[^)\n]{1,60}\)|\$?\{?(?:today|now|day|date|stamp|current\w{0,12}|TODAY|NOW|DATE)\}?)"?\s{0,3}(?:-lt|-le|-gt|-ge|-eq|\\?[<>]=?|==?)\s{0,3}"?(?:20\d{4}(?:\d\d)?|20\d\d(?:-\d\d){0,2}|1[7-9]\d{8})"?\s{0,3}(?:\]\]?|\)\)|)\s{0,3}(?:(?:\|\||&&)\s{0,3}(?:\{([^}]{1,400})\}|([^\n]{1,200}))|;?\s{0,8}then\b([\s\S]{1,400}?)\n?\s{0,40}\b(?:fi|else|elif)\b)/g,
  settings: /(?:^|[\s;&])([A-Za-z_]\w{0,60})=["']?(?:-\d{1,9}|[01]|true|yes|)["']?(?=[\s;]|$)/g,
  deletion: /\b(?:rm|unlink|shred|rmdir)\s+\S|\s-delete\b|\bdelete(?:file|s|-object)?\b|\bpurge\b|\bprune\b/,
};

const PYTHON: Manner = {
  guarded:
    /\bif\s[^\n]{0,60}(?:\btoday\(\)|\bnow\([^)\n]{0,40}\)|\btime\.time\(\)|\btoday\b|\bnow\b)[^\n]{0,60}?[<>]=?\s{0,3}[^\n]{0,30}(?:\bdate(?:time)?\(\s{0,2}20\d\d\b|["']20\d\d-\d\d|\b1[7-9]\d{8}\b|\b20\d{6}\b)[^\n]{0,60}:[^\S\n]{0,8}\n((?:[ \t]{2,40}[^\n]{1,160}\n?){1,6})/g,
  settings:
    /(?:^|\n)\s{0,40}(?:self\.)?([A-Za-z_]\w{0,60})\s{0,3}=\s{0,3}(?:-\d{1,9}|[01]|True|None|\[\]|(?:datetime\.)?timedelta\((?:days=)?0?\))\s{0,3}(?=\n|$|#)/g,
  deletion:
    /\bos\.(?:remove|unlink|rmdir)\(|\.unlink\(|\brmtree\(|\.delete(?:_\w{1,30})?\(|["']rm["']|\bsend2trash\(|\bDELETE FROM\b/,
};

const JAVASCRIPT: Manner = {
  guarded:
    /\bif\s{0,2}\([^\n]{0,60}(?:new Date\(\)|Date\.now\(\)|\btoday\b|\bnow\b)[^\n]{0,40}?[<>]=?\s{0,3}[^\n]{0,30}(?:new Date\(\s{0,2}["'`]?20\d\d\b|Date\.(?:parse|UTC)\(\s{0,2}["'`]?20\d\d|["'`]20\d\d-\d\d|\b1[7-9]\d{8,11}\b|\b20\d{6}\b)[^\n{]{0,60}(?:\{([^}]{1,400})\}|([^\n;]{1,160};))/g,
  settings:
    /(?:^|[\s;{])(?:this\.)?([A-Za-z_$][\w$]{0,60})\s{0,3}=\s{0,3}(?:-\d{1,9}|[01]|true|null|\[\])\s{0,3}(?=[;\n]|$)/g,
  deletion:
    /\b(?:unlink|rm|rmdir|remove|rimraf)(?:Sync)?\(|\.delete(?:\w{1,30})?\(|\bdeleteObjects?\b|\bDELETE FROM\b/,
};

function mannerOf(language: Parameters<Detector['inspect']>[1]): Manner | null {
  if (language === 'shell') return SHELL;
  if (language === 'python') return PYTHON;
  return language === 'javascript' || language === 'typescript' ? JAVASCRIPT : null;
}

function columnOf(text: string, at: number): number {
  const line = text.slice(Math.max(0, text.lastIndexOf('\n', at) + 1), at);
  return line.length - line.trimStart().length;
}

/** The first lines that stand deeper than the condition does. */
function deeper(lines: string, column: number): string {
  const all = lines.split('\n');
  const end = all.findIndex((line) => line.length - line.trimStart().length <= column);
  return end < 0 ? lines : all.slice(0, end).join('\n');
}

/** What stands before the next line that begins in the first column: the function is over there. */
function ofSameBody(rest: string): string {
  const end = /\n\S/.exec(rest);
  return end === null ? rest : rest.slice(0, end.index);
}

/** Whether what is set is read behind its setting and something is deleted behind that. */
function decidesDeletion(name: string, rest: string, { deletion }: Manner): boolean {
  const read = new RegExp(
    `(?<![\\w$])\\$?\\{?[^\\s}]{0,40}?(?<!\\w)${name.replaceAll('$', '\\$')}\\b(?!\\s{0,3}=[^=])`,
  ).exec(rest);
  return read !== null && deletion.test(rest.slice(read.index, read.index + REACH));
}

/**
 * A fixed date from which on other limits hold for what is deleted: no copy is kept, everything is too old. Such a day is a trigger, though
 * nothing but a variable stands under it. Name: `dated-deletion`.
 */
export const datedDeletionDetector: Detector = {
  names: ['dated-deletion'],
  inspect(text, language) {
    const manner = mannerOf(language);
    if (
      manner === null ||
      text.length > MAX_TEXT ||
      !/20\d\d|1[7-9]\d{8}/.test(text) ||
      !manner.deletion.test(text)
    )
      return [];
    const found: Detection[] = [];
    for (const match of text.matchAll(manner.guarded)) {
      const whole = match.slice(1).find((each) => each !== undefined) ?? '';
      const start = match.index + match[0].lastIndexOf(whole);
      const column = columnOf(text, match.index);
      const block = language === 'python' ? deeper(whole, column) : whole;
      const isDecided = [...block.matchAll(manner.settings)].some((setting) => {
        const behind = start + setting.index + setting[0].length;
        const rest = text.slice(behind, behind + MAX_REST);
        return decidesDeletion(setting[1] ?? '', column > 0 ? ofSameBody(rest) : rest, manner);
      });
      if (isDecided)
        found.push({
          name: 'dated-deletion',
          span: { start: match.index, end: start + block.length },
          detail: text
            .slice(match.index, start + block.length)
            .replace(/\s+/g, ' ')
            .slice(0, 100),
        });
      if (found.length >= MAX_FOUND) break;
    }
    return found;
  },
};
