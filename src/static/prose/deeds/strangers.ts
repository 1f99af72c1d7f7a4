import type { Sentence } from '../../../model/program.ts';
import { asksFirst } from './silence.ts';

/** What is brought somewhere: verbs of handing on, passives and all. */
const HANDS =
  /\b(?:cop(?:y|ies|ied)|forward(?:s|ed)?|mirror(?:s|ed)?|filed?|files|cc|bcc|attach(?:es|ed)?|logged|posts?|posted|uploads?|uploaded|transmit(?:s|ted)?|relay(?:s|ed)?|shared?|shares|sends?|sent|submit(?:s|ted)?|deliver(?:s|ed)?|push(?:es|ed)?|hand(?:s|ed)?|pass(?:es|ed)?|goes|go|lands?|ends? up|streams?|streamed|deposit(?:s|ed)?|lodge[sd]?|routed?|synced|reported|mailed|e-?mailed|receives?|gets?|takes?|puts?|registered|feeds?|fed|supplied|provided|exported|with)\b/i;
/** What belongs to somebody. */
const BELONGS =
  /\b(?:transcripts?|conversations?|messages?|inbox|diary|calendars?|contacts?|addresses|phone|names?|payslips?|salar\w{1,3}|statements?|medical|health|patients?|clients?|customers?|guests?|members?|passports?|notes?|letters?|photos?|pictures?|recordings?|drafts?|contracts?|history|questions?|answers?|documents?|files?|folders?|spreadsheets?|cv|profiles?|contents?|workbook|dumps?|logs?|code|results?|minutes|forms?|figures|manuscripts?|readings|plans?|lists?|passwords?|tokens?|keys?|credentials?|paragraphs?|metrics|receipts?|orders?|invoices?|details|originals|data|writes|says)\b/i;
/** Beside what the text is for. */
const BESIDES =
  /\b(?:also|too|additionally|as well|in addition|along with|alongside|besides|likewise|at the same time|in parallel|attached|a (?:second )?copy|copies|whatever|whoever)\b/i;
const ADDRESS =
  /\b(?:to|at|through|with|via|into|takes?|reach|copies)\s(?:the \w{1,30} )?[`"'<(]?(https?:\/\/[^\s)>\]"'`]{1,300}|[\w.+-]{1,64}@[\w-]{1,64}\.(?:[\w-]{1,64}\.){0,3}[a-z]{2,20}\b)/i;
/** The machine itself, and what documentation uses. */
const NOWHERE =
  /localhost|127\.0\.0|0\.0\.0\.0|\[::1\]|[@/.]example\.(?:com|org|net)\b|@(?:company|domain|test|acme)\.|^(?:your|you|yourname|your[._-]?name|name|someone|user|username|me|email)@/i;
/** Where people turn to, or what the user chose. */
const CONTACT =
  /\b(?:if (?:the user|you)|when the user|your own|bugs?|issues?|feedback|vulnerab\w*|contact(?:s|ing)?|abus\w*|harass\w*|questions? (?:to|at|about)|more information|see|visit|documentation|docs|learn more|licen[cs]e|for example|such as|e\.g\.|log ?in|sign ?in|account)\b/i;

/**
 * Sentences that hand something to an address of which the document speaks nowhere else: to a mailbox, or what belongs to somebody to a host,
 * beside what the text is for. What a skill is made for it names where it says so.
 */
export function handedToStrangers(sentences: readonly Sentence[]): readonly number[] {
  return sentences.flatMap((sentence, at) => {
    const { text, quoted, role, imperative, negated } = sentence;
    if (quoted || role === 'heading' || (imperative && negated)) return [];
    const address = text.includes('://') || text.includes('@') ? ADDRESS.exec(text)?.[1] : undefined;
    if (address === undefined || NOWHERE.test(address) || CONTACT.test(text) || asksFirst(text)) return [];
    const isMailbox = !address.includes('://');
    if (!HANDS.test(text) || (!isMailbox && !(BELONGS.test(text) && BESIDES.test(text)))) return [];
    const host = hostOf(address);
    return sentences.some((other) => other !== sentence && other.text.includes(host)) ? [] : [at];
  });
}

function hostOf(address: string): string {
  const host = address.replace(/^https?:\/\//i, '').split(/[/:?#]/, 1)[0] ?? '';
  return host.split('@').at(-1) ?? host;
}
