import { CONTROL_LETTERS } from '../decode/control-letters.ts';

/** One word of the code in a template. */
export interface JinjaToken {
  readonly kind: 'name' | 'text' | 'sign';
  /** Of a text what it stands for, without quotes and escapes. */
  readonly value: string;
}

/** A part of a Jinja template: text that comes out as it is, `{{ … }}`, or `{% … %}`. */
export interface JinjaPart {
  readonly kind: 'text' | 'output' | 'statement';
  readonly start: number;
  /** Of text; empty for code. */
  readonly text: string;
  /** Of code; empty for text. */
  readonly tokens: readonly JinjaToken[];
}

const ENDS: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}', '{#': '#}' };
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;

function unescaped(raw: string): string {
  return raw.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-7]{1,3})|([\s\S]))/gi,
    (_, ...groups: (string | undefined)[]) => {
      const [byte, short, long, octal, letter = ''] = groups;
      const code = Number.parseInt(byte ?? short ?? long ?? octal ?? '', octal === undefined ? 16 : 8);
      if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : '';
      return CONTROL_LETTERS[letter] ?? letter;
    },
  );
}

/** Where the text that begins with a quote at `at` ends: behind its closing quote, or at the end of all. */
function endOfText(template: string, at: number): number {
  const quote = template[at];
  for (let next = at + 1; next < template.length; next++) {
    if (template[next] === '\\') next++;
    else if (template[next] === quote) return next + 1;
  }
  return template.length;
}

/** The words of code from a place on, and where the code ends. */
function tokensFrom(
  template: string,
  from: number,
  end: string,
): { readonly tokens: readonly JinjaToken[]; readonly at: number } {
  const tokens: JinjaToken[] = [];
  let at = from;
  /** Brackets that are open: what stands in them ends no code, as `}}` in `{{ {'a': {}} }}`. */
  let open = 0;
  while (at < template.length) {
    const sign = template[at]!;
    if (open === 0 && template.startsWith(end, at)) return { tokens, at: at + end.length };
    if (sign === '"' || sign === "'") {
      const after = endOfText(template, at);
      tokens.push({ kind: 'text', value: unescaped(template.slice(at + 1, after - 1)) });
      at = after;
      continue;
    }
    WORD.lastIndex = at;
    if (WORD.test(template)) {
      tokens.push({ kind: 'name', value: template.slice(at, WORD.lastIndex).normalize('NFKC') });
      at = WORD.lastIndex;
      continue;
    }
    if ('([{'.includes(sign)) open++;
    else if (')]}'.includes(sign)) open = Math.max(0, open - 1);
    if (!/\s/.test(sign)) tokens.push({ kind: 'sign', value: sign });
    at++;
  }
  return { tokens, at };
}

/** The parts of a template in their order, without comments. Never throws; linear in the text. */
export function partsOfTemplate(template: string): readonly JinjaPart[] {
  const parts: JinjaPart[] = [];
  const addText = (start: number, end: number): void => {
    if (end > start) parts.push({ kind: 'text', start, text: template.slice(start, end), tokens: [] });
  };
  let textStart = 0;
  for (let at = template.indexOf('{'); at >= 0; at = template.indexOf('{', at)) {
    const opening = template.slice(at, at + 2);
    const end = ENDS[opening];
    if (end === undefined) {
      at++;
      continue;
    }
    addText(textStart, at);
    if (opening === '{#') {
      const close = template.indexOf(end, at + 2);
      at = textStart = close < 0 ? template.length : close + 2;
      continue;
    }
    const { tokens, at: after } = tokensFrom(template, at + 2, end);
    const kind = opening === '{{' ? 'output' : 'statement';
    parts.push({
      kind,
      start: at,
      text: '',
      tokens: tokens.filter(({ value }, index) => index > 0 || value !== '-'),
    });
    at = textStart = after;
    if (kind === 'statement' && tokens.find(({ kind: each }) => each === 'name')?.value === 'raw') {
      const close = template.slice(at).search(/\{%[-+]?\s{0,20}endraw/);
      const rawEnd = close < 0 ? template.length : at + close;
      addText(textStart, rawEnd);
      at = textStart = rawEnd;
    }
  }
  addText(textStart, template.length);
  return parts;
}
