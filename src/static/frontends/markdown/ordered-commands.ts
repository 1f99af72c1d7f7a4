import type { Fragment, Sentence } from '../../../model/program.ts';
import { moodOf } from '../../prose/mood.ts';
import { orderIn } from '../../prose/orders/index.ts';
import { commandFragment } from './fragments.ts';
import type { InlineText } from './inline.ts';

/** So much of a sentence before a code span says what is done with it (UTF-16 units). */
const MAX_BEFORE = 400;

/** Words right before a command that is carried out, or whose output is wanted, wherever they stand in the sentence. */
const CARRIED_OUT =
  /(?:(?<![\p{L}\d_])(?:run|running|runs|execut(?:e|es|ing)|invok(?:e|es|ing)|issue|enter|paste|(?:out ?put|result|contents?|answer)s? (?:of|from)|followed by|ex[ée]cut(?:e|er|ez|ant)|lance[rz]?|(?:sortie|r[ée]sultat|contenu) d[eu]|ejecut(?:a|e|ar|ando)|(?:salida|resultado|contenido) d(?:e|el)|rod(?:e|a|ar)|execut(?:a|ar|ando)|(?:sa[ií]da|conte[uú]do) d[eo]|führe|führen|starte|(?:ausgabe|ergebnis|inhalt) (?:von|des)|esegui(?:re)?|(?:uscita|risultato|contenuto) di|выполни(?:те)?|запусти(?:те)?|uruchom)|运行|執行|执行|実行|실행)[\s:"'“«(]{0,4}(?:(?:the|this|la|el|den|die|o|il) )?(?:(?:command|one-liner|line|commande|comando|befehl|命令|コマンド)[\s:"'“«(]{0,3})?`{1,3}$/iu;
/** The same behind a command, in languages that say there what is done. */
const CARRIED_OUT_BEHIND =
  /^`{1,3}\s{0,2}(?:を実行|の出力|の結果|의 출력|(?:을|를) 실행|的(?:输出|輸出|结果|結果)|ausführen|aus\b)/u;

const NEGATION =
  /(?<![\p{L}\d_])(?:never|not|nor|without|instead|avoid|rather|don|cannot|refuse|forbid(?:den)?|ne|n['’]|jamais|sans|nunca|jamás|no|não|sem|sin|nicht|nie|niemals|kein\w{0,2}|ohne|statt|non|mai|senza|не|без|nie)(?![\p{L}\d_])|n['’]t\b|不要|不得|禁止|切勿|勿|别|ないで|しない|하지\s?마|금지/iu;
/** A prohibition of what follows a colon: "Never do this:", "Don't:". */
const FORBIDS_NEXT =
  /\b(?:this|that|these|those|following|such|any of|like|e\.g\.)(?:\s[\p{L}\d_-]{1,20}){0,2}\W{0,3}$|^\W{0,6}\S{1,40}(?:\s\S{1,40}){0,2}\W{0,3}$/iu;

/** A whole command that uploads a file: whoever reads it in passing ("along as a field (`curl -F …`)") is to run it. */
const UPLOADS =
  /^(?:curl|wget|http|https|xh)\s.{0,400}(?:[=\s'"]@|--post-file[= ]|--upload-file[= ]|\s-T[ ]?)[\w.~$/-]/;
/** Said of what others do, or might. */
const SAID_OF_OTHERS =
  /\b(?:attack\w*|malicious|adversar\w*|exfiltrat\w*|detect\w*|flag\w*|catch\w*|block\w*|examples?|e\.g\.|such as|like|would|could|might|payloads?|inject\w*|suspicious|dangerous|unsafe|leak\w*|steal\w*|refus\w*|reject\w*)\b/i;

/** True for a code span of which its sentence says that it is carried out, whatever else the sentence is. */
function isCarriedOut(before: string, behind: string): boolean {
  if (!CARRIED_OUT.test(before) && !CARRIED_OUT_BEHIND.test(behind)) return false;
  const clauses = before.split(/[:;](?=\s)|[。；：]|\s[–—]\s/);
  const last = clauses.pop() ?? '';
  const part = last.split(/[,，、]|\s(?:and|then|und|dann|et|puis|y|luego|e)\s/).at(-1) ?? '';
  const mood = moodOf(last);
  if (NEGATION.test(part) || (mood.imperative && mood.negated)) return false;
  return !clauses.some((clause) => NEGATION.test(clause) && FORBIDS_NEXT.test(clause));
}

/**
 * Commands in code spans that the text has carried out: those inside of sentences that order, and neither forbid nor quote, and those of
 * which a part of any other sentence says so ("don't ask again: in it run `…`", "followed by the output of `…`").
 */
export function orderedCommands(
  text: string,
  inlines: readonly InlineText[],
  sentences: readonly Sentence[],
): readonly Fragment[] {
  const said = sentences.filter(({ quoted, role }) => !quoted && role !== 'heading');
  const found: Fragment[] = [];
  let next = 0;
  const foreign = new Map<Sentence, boolean>();
  /** Asked once for a sentence, however many code spans it has. */
  const isForeignOrder = (sentence: Sentence): boolean => {
    let known = foreign.get(sentence);
    if (known === undefined)
      foreign.set(sentence, (known = !sentence.negated && orderIn(sentence.text) !== null));
    return known;
  };
  for (const inline of inlines) {
    for (const code of inline.codeSpans) {
      while (next < said.length && said[next]!.span.end <= code.span.start) next += 1;
      const sentence = said[next];
      if (sentence === undefined || sentence.span.start > code.span.start) continue;
      const start = Math.max(sentence.span.start, code.span.start - MAX_BEFORE);
      const before = text.slice(start, code.span.start);
      const isOrdered =
        (sentence.imperative && !sentence.negated) ||
        (UPLOADS.test(code.text) && !SAID_OF_OTHERS.test(before) && !NEGATION.test(before)) ||
        isCarriedOut(before, text.slice(code.span.end, code.span.end + 12)) ||
        isForeignOrder(sentence);
      const fragment = isOrdered ? commandFragment(code.text, code.span) : null;
      if (fragment !== null) found.push(fragment);
    }
  }
  return found;
}
