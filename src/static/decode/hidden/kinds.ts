import type { Language } from '../../../model/program.ts';

/** What a text that was hidden in an encoding turned out to be. */
export type HiddenKind = 'code' | 'command' | 'address' | 'prose';

/** A readable text with what it is, and the language to read it in. */
export interface Recognised {
  readonly kind: HiddenKind;
  /** `text` for what has no frontend: addresses, prose, PHP. */
  readonly language: Language;
}

/** Only the beginning of a text is judged (UTF-16 units). */
const SAMPLE = 32_768;

/** Marks of a language; one strong mark or two weak ones make a text one of it. */
interface Marks {
  readonly kind: HiddenKind;
  readonly language: Language;
  readonly strong: readonly RegExp[];
  readonly weak: readonly RegExp[];
}

/** Where a command may begin. */
const START = String.raw`(?:^|[\n;&|(\x60{])[ \t]{0,80}(?:sudo[ \t]+)?`;

const MARKS: readonly Marks[] = [
  {
    kind: 'code',
    language: 'python',
    strong: [
      /(?:^|[\n;:])[ \t]*import [a-z_][\w.]{0,60}[ \t]*(?:[,;\r\n]|as\b|$)/,
      /(?:^|[\n;:])[ \t]*from [.\w]{1,60} import [\w*(]/,
      /\b(?:__import__|os\.system|os\.popen|base64\.b64decode|marshal\.loads|pickle\.loads)\s?\(/,
      /\bsubprocess\.[a-zA-Z_]{2,20}\(|\bsocket\.socket\(/,
      /(?:^|[\n;])[ \t]*(?:exec|eval)\(/,
    ],
    weak: [
      /(?:^|\n)[ \t]*def \w{1,60}\([^\n]{0,200}\):/,
      /(?:^|\n)[ \t]*class \w{1,60}(?:\([^\n()]{0,100}\))?:/,
      /\blambda [\w, ]{0,40}:/,
      /(?:^|[\n;])[ \t]*print\(/,
      /\bwith open\(|\bif __name__\b|\bself\.\w/,
    ],
  },
  {
    kind: 'code',
    language: 'javascript',
    strong: [
      /\brequire\s?\(\s?['"][\w@./:-]{1,80}['"]\s?\)/,
      /\bprocess\.(?:env|mainModule|binding)\b|\bchild_process\b/,
      /\bfunction\s{0,4}\w{0,40}\s?\([\w$, ]{0,100}\)\s?\{/,
      /(?:^|[\n;])[^\S\n]{0,80}import\s[^\n;]{0,200}\bfrom\s{0,4}['"]/,
      /(?:^|[\n;(])[^\S\n]{0,80}(?:eval|fetch|atob|new Function)\(/,
      /\bdocument\.(?:cookie|write|createElement)\b|\bwindow\.location\b/,
    ],
    weak: [
      /\)\s?=>\s?[{(\w]/,
      /(?:^|[\n;{])[^\S\n]{0,80}(?:const|let|var) [\w$]{1,60}\s?=/,
      /\bconsole\.\w|\bJSON\.(?:parse|stringify)\(/,
      /\bawait \w/,
    ],
  },
  {
    kind: 'command',
    language: 'shell',
    strong: [
      /^#!\s?\/[\w/]{1,60}\bsh\b|^#!\/usr\/bin\/env (?:ba|z)?sh\b/,
      new RegExp(
        `${START}(?:curl|wget|bash|sh|zsh|nc|ncat|nohup|crontab|base64|openssl|chmod|rm|scp|ssh|eval|source|perl|python[23]?|pip3?|npx|npm|node|cat|tar|dd|mkfifo)[ \\t]+(?:[-/~$'"<]|https?:|\\w{1,40}[./-]|install |run )`,
      ),
      /\|[ \t]{0,8}(?:sudo )?(?:ba|z|da)?sh\b|\/dev\/tcp\/|\/bin\/(?:ba)?sh\b/,
    ],
    weak: [
      new RegExp(`${START}(?:echo|export|cp|mv|mkdir|touch|cd|kill|sleep)[ \\t]+\\S`),
      /\$\([a-z]{2}|\$\{?[A-Z_]{2}/,
      /(?:^|\n)[ \t]*(?:if|while) \[/,
    ],
  },
  {
    kind: 'command',
    language: 'powershell',
    strong: [
      /\b(?:Invoke-(?:WebRequest|Expression|RestMethod|Command)|DownloadString|DownloadFile|FromBase64String|Start-Process)\b/i,
      /\bIEX\s?[($]|\|\s{0,8}IEX\b|\bNew-Object\s{1,4}(?:System\.)?Net\b|\bpowershell(?:\.exe)?\s{1,4}-|\[(?:System\.)?(?:Convert|Text\.Encoding)\]::/i,
    ],
    weak: [
      /\$[a-z]\w{0,30}\s?=\s?(?:New-Object|Get-)/i,
      /(?:^|\n)[ \t]*\$[a-z]\w{0,30}\s?=/i,
      /\b(?:Get|Set|New|Remove|Write|Test)-[A-Z][a-z]+\b/,
      /(?:^|\n)[ \t]*(?:function [A-Z]\w+-\w+|param\s?\()/i,
    ],
  },
  {
    kind: 'command',
    language: 'batch',
    strong: [
      /^\s{0,20}@echo off\b/i,
      /\bcmd(?:\.exe)? \/c\b|\b(?:certutil|bitsadmin|mshta|regsvr32)(?:\.exe)?\s/i,
    ],
    weak: [/%[A-Z]{3,20}%/, /(?:^|\n)[ \t]*(?:set|call|goto|start|del) \S/i],
  },
  { kind: 'command', language: 'text', strong: [/^<\?php\b/i], weak: [] },
];

const ADDRESS =
  /^(?:(?:https?|wss?|ftp|tcp|udp|socks5?|ssh|git):\/\/[^\s"'<>]{4,}|(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?:\/\S*)?|[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}:\d{2,5})$/i;

/** True for one address and nothing else. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text.trim());
}

/** Markup, and what makes it a program. */
const MARKUP = /^\s{0,100}<(?!\?php)[!?a-z]/i;
const SCRIPTED = /<script\b|\son[a-z]{3,20}\s?=\s?["']|\bjavascript:/i;

const COMMON_WORDS =
  /\b(?:the|to|and|you|your|all|of|this|is|in|not|with|for|must|any|do|then|ignore|send|user|from)\b/gi;

/** True when the beginning of a text is JSON: data, whatever words stand in it. */
function isJson(text: string): boolean {
  return /^\s{0,20}(?:\{\s{0,20}["}]|\[\s{0,20}["{[\d\]])/.test(text);
}

function isProse(sample: string): boolean {
  const words = sample.slice(0, 4_000).split(/\s+/);
  if (words.length < 6) return false;
  const plain = words.filter((word) => /^["'(]?[A-Za-z][a-z'’-]{0,20}[.,;:!?)"']{0,3}$/.test(word)).length;
  if (plain < words.length * 0.75) return false;
  return new Set(sample.slice(0, 4_000).toLowerCase().match(COMMON_WORDS)).size >= 2;
}

function scoreOf({ strong, weak }: Marks, sample: string): number {
  let score = 0;
  for (const mark of strong) score += mark.test(sample) ? 2 : 0;
  for (const mark of weak) score += mark.test(sample) ? 1 : 0;
  return score;
}

/**
 * What a readable text is: code, a command, an address, or prose; null for data and for what is none of them. Bounded by a sample
 * from its beginning, but for markup, whose scripts may stand behind any number of pictures.
 */
export function recognise(text: string): Recognised | null {
  const sample = text.slice(0, SAMPLE);
  const trimmed = sample.trim();
  if (trimmed.length < 6) return null;
  if (ADDRESS.test(trimmed)) return { kind: 'address', language: 'text' };
  if (isJson(sample)) return null;
  if (MARKUP.test(sample)) return SCRIPTED.test(text) ? { kind: 'code', language: 'html' } : null;
  let best: Marks | null = null;
  let score = 1;
  for (const marks of MARKS) {
    const own = scoreOf(marks, sample);
    if (own > score) {
      best = marks;
      score = own;
    }
  }
  if (best !== null) return { kind: best.kind, language: best.language };
  return isProse(sample) ? { kind: 'prose', language: 'text' } : null;
}
