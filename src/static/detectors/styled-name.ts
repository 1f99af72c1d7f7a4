import type { Language } from '../../model/program.ts';
import type { Detection, Detector } from './detector.ts';

/** Letters in the style of mathematics or of full width, which Python reads as plain ones (NFKC, PEP 3131). */
const STYLED = /[\u{1D400}-\u{1D6A3}\uFF21-\uFF3A\uFF41-\uFF5A]/u;

/** Names that do something; a letter of a formula (`𝐱`, `𝜎`) is none of them. */
const TELLING: ReadonlySet<string> = new Set(
  (
    '__import__ base64 b64decode builtins check_output chmod compile connect ctypes decode environ eval exec fork getattr ' +
    'globals import importlib locals loads marshal open os pickle popen Popen pty read remove request requests rmtree run ' +
    'setattr shutil socket spawn subprocess sys system uname unlink urllib urlopen vars write zlib'
  ).split(' '),
);

const MAX_REPORTED = 20;

/** Finds names of Python that are written in letters which only look different: `𝚎𝚡𝚎𝚌` is `exec`. */
export const styledNameDetector: Detector = {
  names: ['unicode-styled-name'],
  inspect(text: string, language: Language): readonly Detection[] {
    if (!['python', 'notebook', 'text'].includes(language) || !STYLED.test(text)) return [];
    const found: Detection[] = [];
    for (const match of text.matchAll(/[\p{L}\p{N}_]{2,60}/gu)) {
      if (!STYLED.test(match[0])) continue;
      const plain = match[0].normalize('NFKC');
      if (!TELLING.has(plain)) continue;
      found.push({
        name: 'unicode-styled-name',
        span: { start: match.index, end: match.index + match[0].length },
        detail: plain,
      });
      if (found.length >= MAX_REPORTED) break;
    }
    return found;
  },
};
