import { bidiDetector } from './bidi.ts';
import { datedDeletionDetector } from './dated-deletion.ts';
import type { Detector } from './detector.ts';
import { disclosureDetector } from './disclosure.ts';
import { farTextDetector } from './far-text.ts';
import { homoglyphDetector } from './homoglyph.ts';
import { invisibleDetector } from './invisible.ts';
import { pickleGlobalsDetector } from './pickle-globals.ts';
import { styledNameDetector } from './styled-name.ts';

/** Every built-in check over raw text; a rule names one of their {@link Detector.names}. */
export const detectors: readonly Detector[] = [
  disclosureDetector,
  invisibleDetector,
  bidiDetector,
  homoglyphDetector,
  styledNameDetector,
  farTextDetector,
  pickleGlobalsDetector,
  datedDeletionDetector,
];
