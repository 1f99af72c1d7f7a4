import { LANGUAGES } from './concepts.ts';
import type { Token } from './words.ts';

/** Words that may stand between the start of a clause and the verb that orders. */
const BEFORE_ORDER =
  /^(?:please|now|just|simply|then|also|and|but|or|so|immediately|silently|secretly|kindly|always|first|next|instead|finally|actually|quickly|automatically|directly|completely|totally|covertly|quietly|again|ok|okay|therefore|thus|furthermore|additionally|you|i|stop|hey|hi|hello|ai|gpt|chatgpt|claude|assistant|agent|system|bot|everyone|do)$/;

/** "you … to VERB": what makes an infinitive an order. */
const ORDERING =
  /\b(?:(?:can|could|would|will|why don't|why do|what if|how about) you(?: please)?|(?:show|tell|teach) me how to|(?:action|step|task|job|goal|priority|duty)(?: \w+){0,2} (?:is|be)(?: now)? to|you(?:'re)?(?: \w+){0,3} (?:to|must|should|shall|will|can|may)|(?:must|should|shall|have|need|needs|sure|want you|ask you|tell you|command you|order you|like you|instruct you|required|instructed|task is(?: now)?|job is(?: now)?|goal is(?: now)?|remember|important|going|forced|supposed|free|able|allowed|try) to|(?:assistant|agent|model|ai|system|claude|it|gpt|character|dan)s? (?:must|should|shall|will|has to|have to|needs to))(?: (?:now|also|always|then|first|immediately|silently|secretly|completely|simply|just|never))?\s*$/;

/** "While you can overwrite it, …": what is granted on the way to something else. */
const CONCEDING = /\b(?:while|although|though|whereas) you (?:can|could|may|might)\s*$/i;

/** Endings of Korean verbs that state: "알려줍니다". */
const STATED_IN_KOREAN = /^(?:줍니다|드립니다|집니다|줬습니다|준다)/;

/** "文件上传的地址", "表单上传 (…)": in Chinese the name of a deed, which is said of a thing or has one before it that nothing hands over. */
const NAMED_IN_CHINESE =
  /^(?:发送|發送|上传|上傳|传输|提交)(?:的(?!是)|接口|介面|地址|功能|失败|失敗|成功|进度|按钮|方式|流程|组件|凭证接口)/;
const THING_IN_CHINESE = /(?:文件|表单|表單|图片|圖片|视频|附件|分片|数据)$/;
const HANDED_IN_CHINESE = /[把将將被][^，。；：,;:]{0,20}$/;
const GOES_IN_CHINESE = /^..(?:到|至|给|給|往)/;

/** Whether a verb of Chinese is the name of a deed. */
function isNamedInChinese(before: string, fromVerb: string): boolean {
  if (NAMED_IN_CHINESE.test(fromVerb)) return true;
  return THING_IN_CHINESE.test(before) && !HANDED_IN_CHINESE.test(before) && !GOES_IN_CHINESE.test(fromVerb);
}

const CLAUSE_MARK = /[,:;.!?()[\]{}<>"“”„»«*\n…|=#-]|\s[–—]/;

/** How far back a verb's surroundings are looked at (UTF-16 units). */
const LOOK_BACK = 60;

/** Whether a verb orders, given what stands before it. English verbs are listed in the form that also states ("they ignore"). */
export function isOrder(text: string, tokens: readonly Token[], index: number, language: number): boolean {
  const previous = tokens[index - 1];
  if (language !== LANGUAGES.english) {
    const { start } = tokens[index]!;
    if (
      language === LANGUAGES.chinese &&
      isNamedInChinese(text.slice(Math.max(0, start - LOOK_BACK), start), text.slice(start, start + 12))
    )
      return false;
    if (language === LANGUAGES.korean && STATED_IN_KOREAN.test(text.slice(tokens[index]!.end))) return false;
    return ((previous?.meaning.get('not-an-order') ?? 0) & language) === 0;
  }
  const verb = tokens[index]!;
  const before = text.slice(Math.max(0, verb.start - LOOK_BACK), verb.start);
  if (namesMethod(before, text.slice(verb.start, verb.end + 1))) return false;
  if (isLabel(text.slice(verb.start, verb.end + 4)) || isKindOfThing(text, verb)) return false;
  if (isParticiple(text.slice(verb.start, verb.end)) || isInListOfExamples(text, verb.start)) return false;
  if (CONCEDING.test(before)) return false;
  if (ORDERING.test(before.toLowerCase())) return true;
  if (getsLoud(text, tokens, index)) return true;
  let at = index;
  for (let steps = 0; steps < 4; steps += 1) {
    const left = tokens[at - 1];
    if (left === undefined) return true;
    const gap = text.slice(left.end, tokens[at]!.start);
    // "client.send", "Path::push": names in code.
    if (/^(?:\.|::|\/|->|=)$/.test(gap)) return false;
    if (CLAUSE_MARK.test(gap)) return true;
    const word = text.slice(left.start, left.end).toLowerCase();
    if (!BEFORE_ORDER.test(word) && ((left.meaning.get('now') ?? 0) & language) === 0) break;
    if (/^(?:and|or)$/.test(word)) return !isSaidOfOthers(text, tokens, at - 1, language);
    if (/^(?:but|then|please|do)$/.test(word)) return true;
    // "You ignore it" states; "you, ignore it" and "you must ignore it" have been seen above.
    if (word === 'you' || word === 'i') return false;
    at -= 1;
  }
  const left = tokens[at - 1]!;
  if (((left.meaning.get('not-an-order') ?? 0) & language) !== 0) return false;
  const first = tokens[at]!;
  if (isPartOfName(text, left, first, tokens[at + 1])) return false;
  return startsAnew(text.slice(left.start, left.end), text.slice(first.start, first.end));
}

/** "Outlook Mail Messages", "some Mail-package versions": a name with a capital in it. What an order sends comes with an article, or all of it. */
function isPartOfName(text: string, left: Token, verb: Token, next: Token | undefined): boolean {
  if (!/^E?-?Mail$/i.test(text.slice(verb.start, verb.end))) return false;
  if (/^-[a-z]{2}/.test(text.slice(verb.end, verb.end + 3))) return true;
  if (
    next === undefined ||
    text.slice(left.end, verb.start) !== ' ' ||
    text.slice(verb.end, next.start) !== ' '
  )
    return false;
  const word = text.slice(next.start, next.end);
  return (
    /^[A-Z][a-z]/.test(text.slice(left.start, left.end)) &&
    /^[A-Z][a-z]/.test(word) &&
    !/^(?:The|All|Any|Every|Each|Your|Their|His|Her|My|Our|It|This|That|These|Those|Them|Me|Us)$/.test(word)
  );
}

/** "curl -X POST", "(POST)": a method of HTTP. What a command sends is read from the command. */
function namesMethod(before: string, verb: string): boolean {
  return (
    /^POST\b/.test(verb) &&
    (/(?:-X|--request|-Method)[\s="']*$/.test(before) || (before.endsWith('(') && verb.endsWith(')')))
  );
}

/** "Email: the account", "**Post:** …": the name of a field. */
function isLabel(verb: string): boolean {
  return /^(?:e-?mail|mail|fax|post|record|log|report|copy|message)\s?[*_`]{0,2}:(?!\/\/)/i.test(verb);
}

/** "Email credentials (an app password)": a kind of credentials. Who is to send some says to whom, or which. */
function isKindOfThing(text: string, verb: Token): boolean {
  if (!/^(?:e-?mail|mail|fax|text)$/i.test(text.slice(verb.start, verb.end))) return false;
  const rest = text.slice(verb.end, verb.end + 300);
  return (
    /^ (?:credentials?|passwords?|address(?:es)?|accounts?|tokens?|keys?|settings|servers?)(?=$| ?[(/,.;:]| (?:and|or|for) )/i.test(
      rest,
    ) && !/\b(?:to|towards|at|via)\b|@/i.test(rest)
  );
}

/** "Cancelled orders": what became of something, no order. */
function isParticiple(verb: string): boolean {
  return /[a-z]{3}[^aeiou]ed$/i.test(verb);
}

/** "(for example: send mail, call an API)": what an application may do. With an address in it it is meant. */
function isInListOfExamples(text: string, at: number): boolean {
  const open = text.lastIndexOf('(', at);
  if (open === -1 || at - open > 200 || text.slice(open, at).includes(')')) return false;
  const close = text.indexOf(')', at);
  const inside = text.slice(open + 1, close === -1 ? text.length : close);
  return (
    /^(?:for example|for instance|e\.g\.|such as)\b[:,. ]/i.test(inside) &&
    !/@|:\/\/|[a-z0-9]\.[a-z]{2}|\d\.\d|[~$/\\]/i.test(inside.slice(4))
  );
}

/** "An attacker could get in and ignore …": the verb before the "and" is no order either. */
function isSaidOfOthers(text: string, tokens: readonly Token[], index: number, language: number): boolean {
  for (let at = index - 1; at >= 0 && at >= index - 10; at -= 1) {
    if (/[.;:!?\n]/.test(text.slice(tokens[at]!.end, tokens[at + 1]!.start))) return false;
    if (((tokens[at]!.meaning.get('not-an-order') ?? 0) & language) === 0) continue;
    if (!/^(?:to|will|should|must|how)$/i.test(text.slice(tokens[at]!.start, tokens[at]!.end))) return true;
  }
  return false;
}

/** Capitals after small letters, for more than one word. */
function getsLoud(text: string, tokens: readonly Token[], index: number): boolean {
  const [before, verb, next] = [index - 1, index, index + 1].map((at) => {
    const token = tokens[at];
    return token === undefined ? '' : text.slice(token.start, token.end);
  });
  return isLoud(verb!) && isLoud(next!) && !isLoud(before!);
}

function isLoud(word: string): boolean {
  return word.length > 1 && /^[A-Z]/.test(word) && word === word.toUpperCase();
}

/** A capital letter in mid-sentence: a new sentence without a full stop. */
function startsAnew(before: string, verb: string): boolean {
  if (!/^[A-Z]/.test(verb)) return false;
  return isLoud(verb) ? !isLoud(before) : !/^(?:a|an|the|of|for|to|on|in|by)$/i.test(before);
}

/** Whether something just before the verb (or, where the language has it so, after it) turns the order round. */
export function isNegated(text: string, tokens: readonly Token[], index: number, language: number): boolean {
  for (let at = index - 1; at >= 0 && at >= index - 3; at -= 1) {
    if (/[,:;.!?()"“”]/.test(text.slice(tokens[at]!.end, tokens[at + 1]!.start))) break;
    // "Not just answer, but …" denies nothing.
    const isOnly = at + 1 < index && ((tokens[at + 1]!.meaning.get('only') ?? 0) & language) !== 0;
    if (!isOnly && ((tokens[at]!.meaning.get('not') ?? 0) & language) !== 0) return true;
  }
  const after =
    language === LANGUAGES.german || language === LANGUAGES.dutch ? 5 : isVerbFinal(language) ? 2 : 0;
  for (let at = index + 1; at <= index + after && at < tokens.length; at += 1) {
    if (/[,:;.!?]/.test(text.slice(tokens[at - 1]!.end, tokens[at]!.start))) break;
    if (((tokens[at]!.meaning.get('not') ?? 0) & language) !== 0) return true;
  }
  return false;
}

function isVerbFinal(language: number): boolean {
  return language === LANGUAGES.japanese || language === LANGUAGES.korean;
}
