import type { Language } from '../../model/program.ts';
import {
  LANGUAGE_BY_EXTENSION,
  LANGUAGE_BY_INTERPRETER,
  LANGUAGE_BY_NAME,
  MARKUP_EXTENSIONS,
  UNREAD_SCRIPT_NAMES,
  UNREAD_SCRIPTS,
  UNREAD_SOURCES,
} from './language-names.ts';
import { RUNNABLE } from '../frontends/runnable.ts';
import { namesNothingThatActs } from './acting-names.ts';
import { COMPILED_PYTHON, signatureOf } from './magic.ts';
import { isPickle } from './pickle-shape.ts';

/** What a file is to be read as. At least one of the two is not null. */
export interface DetectedLanguage {
  /** The frontend to read it with, `text` for the detectors alone; null when it is not text. */
  readonly language: Language | null;
  /** What is not understood of it; as in `Opaque`. */
  readonly opaque: { readonly reason: string; readonly blocking: boolean } | null;
}

/** The reason for data that no signature is known of. */
export const UNKNOWN_BINARY = 'binary data of an unknown kind: not analysed';

/** JSON longer than this is recognised by its name only. */
const MAX_JSON_LENGTH = 5_000_000;

/**
 * Decides by content where it can, by name where it must.
 * @param path relative, with `/`
 * @param text as decoded, null when the bytes are not text
 */
export function detectLanguage(path: string, text: string | null, bytes: Uint8Array): DetectedLanguage {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const extension = extensionOf(name);
  if (isPickle(bytes, LANGUAGE_BY_EXTENSION.get(extension) === 'pickle')) {
    return { language: 'pickle', opaque: null };
  }
  return text === null ? detectBinary(bytes) : detectText(name, extension, text);
}

/** `name` as in `archive.tar.gz` → `gz`; empty for none, and for a name that only begins with a dot. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1);
}

function detectBinary(bytes: Uint8Array): DetectedLanguage {
  if (bytes.length === 0) {
    return { language: 'text', opaque: null };
  }
  const signature = signatureOf(bytes);
  if (signature?.name === COMPILED_PYTHON) return { language: 'pyc', opaque: null };
  if (signature === null) {
    const reason = bytes.every((byte) => byte === 0) ? 'nothing but zeros' : UNKNOWN_BINARY;
    return { language: null, opaque: { reason, blocking: true } };
  }
  const reason = signature.isInert ? `${signature.name}: not looked into` : `${signature.name}: not analysed`;
  return { language: null, opaque: { reason, blocking: !signature.isInert } };
}

function detectText(name: string, extension: string, text: string): DetectedLanguage {
  const byName = languageByName(name, extension);
  const interpreter = interpreterOf(text);
  if (interpreter !== null) {
    return reconcile(LANGUAGE_BY_INTERPRETER.get(interpreter), interpreter, byName, text);
  }
  if (byName === undefined || byName === 'json') {
    const shape = jsonShape(text);
    if (shape !== null) {
      return { language: shape, opaque: null };
    }
  }
  if (byName === undefined && /^\s{0,200}(?:<!doctype html|<html\b|<svg\b)/i.test(text.slice(0, 400))) {
    return { language: 'html', opaque: null };
  }
  if (byName === 'pickle') {
    // What was opened has nothing left.
    if (text === '') return { language: 'text', opaque: null };
    return { language: 'text', opaque: { reason: 'named as a pickle but is not one', blocking: false } };
  }
  return byName === undefined ? unread(name, extension, text) : { language: byName, opaque: null };
}

function languageByName(name: string, extension: string): Language | undefined {
  const byName = LANGUAGE_BY_NAME.get(name) ?? LANGUAGE_BY_EXTENSION.get(extension);
  if (byName !== undefined) return byName;
  // `Dockerfile.dev`, `Dockerfile-dev`, `Makefile.am`: the name before the mark decides.
  const [, stem] = /^(dockerfile|containerfile|makefile)[._-]/.exec(name) ?? [];
  // `Makefile.PL` is a program in Perl.
  if (stem === 'makefile') return extension === 'pl' ? undefined : 'makefile';
  return stem === undefined ? undefined : 'dockerfile';
}

/** Programs that start the one that is named after them: `#!/usr/bin/env -S npx tsx`. */
const STARTERS: ReadonlySet<string> = new Set(['env', 'npx', 'bunx', 'pnpx', 'pnpm', 'dlx', 'exec']);

/** The program that `#!` names, without path, version and what starts it; null without such a line. */
function interpreterOf(text: string): string | null {
  // `#![…]` is an attribute of Rust: no kernel starts a program by such a name.
  if (!text.startsWith('#!') || text.startsWith('#![')) {
    return null;
  }
  const line = text.slice(2, 300).split(/[\r\n]/, 1)[0]!;
  for (const word of line.trim().split(/\s+/)) {
    const program = word.slice(word.lastIndexOf('/') + 1);
    const isPassedOver =
      STARTERS.has(program) || word.startsWith('-') || word.includes('=') || program === '';
    if (!isPassedOver) {
      return program
        .toLowerCase()
        .replace(/[\d.]+$/, '')
        .replace(/\.exe$/, '');
    }
  }
  return null;
}

/**
 * The first line decides for whoever runs the file, the name for whoever imports it. Where both name a language that runs, reading it
 * as either would leave the other way unseen.
 */
function reconcile(
  byContent: Language | undefined,
  interpreter: string,
  byName: Language | undefined,
  text: string,
): DetectedLanguage {
  const isRunnable = byName !== undefined && RUNNABLE.has(byName);
  if (byContent === undefined) {
    const title = UNREAD_SCRIPTS.get(interpreter) ?? `the interpreter ${interpreter.slice(0, 40)}`;
    const isBlocking = isRunnable || !namesNothingThatActs(title, text);
    return { language: isRunnable ? byName : 'text', opaque: noFrontend(title, isBlocking) };
  }
  const isSame = byContent === byName || (byContent === 'javascript' && byName === 'typescript');
  if (!isRunnable || isSame) {
    return { language: isSame && byName !== undefined ? byName : byContent, opaque: null };
  }
  const reason = `its name says ${byName}, its first line ${byContent}: read as ${byName} only`;
  return { language: byName, opaque: { reason, blocking: true } };
}

function jsonShape(text: string): 'json' | 'notebook' | null {
  const first = /^\s{0,100}[{[]/.test(text.slice(0, 128));
  if (!first || text.length > MAX_JSON_LENGTH) {
    return null;
  }
  try {
    const value: unknown = JSON.parse(text);
    const isNotebook = typeof value === 'object' && value !== null && 'cells' in value && 'nbformat' in value;
    return isNotebook ? 'notebook' : 'json';
  } catch {
    return null;
  }
}

function noFrontend(title: string, blocking: boolean): { reason: string; blocking: boolean } {
  return { reason: `no frontend for ${title} yet: only searched as text`, blocking };
}

/** Text that no frontend reads, and how much that matters. */
function unread(name: string, extension: string, text: string): DetectedLanguage {
  const script = UNREAD_SCRIPT_NAMES.get(name) ?? UNREAD_SCRIPTS.get(extension);
  if (script !== undefined) {
    return { language: 'text', opaque: noFrontend(script, !namesNothingThatActs(script, text)) };
  }
  const source = name === 'cmakelists.txt' ? 'CMake' : UNREAD_SOURCES.get(extension);
  if (source !== undefined) {
    return { language: 'text', opaque: noFrontend(source, false) };
  }
  if (MARKUP_EXTENSIONS.has(extension) && /<script|\son[a-z]{3,20}\s{0,5}=/i.test(text)) {
    return { language: 'text', opaque: noFrontend('scripts inside markup', false) };
  }
  return { language: 'text', opaque: null };
}
