import { createRequire } from 'node:module';
import type { Frontend, Language, ParsedText } from '../../../model/program.ts';
import { placeOf } from '../place.ts';
import { readDockerfile } from './dockerfile.ts';
import { settingsOf } from './document.ts';
import type { ConfigDocument } from './document.ts';
import { readIni } from './ini.ts';
import { readJson } from './json.ts';
import { readJustfile } from './justfile.ts';
import { readMakefile } from './makefile.ts';
import { fragmentsIn } from './runnable.ts';
import { readToml } from './toml.ts';
import type { Toml } from './toml.ts';
import { readYaml } from './yaml.ts';
import type { Yaml } from './yaml.ts';
import { unparsed } from '../unparsed.ts';

/** Larger texts are not read, in characters. The YAML library needs some hundred bytes for each. */
const MAXIMUM_LENGTH = 8 * 1024 * 1024;
const MAXIMUM_YAML_LENGTH = 1024 * 1024;

/** Recipes for `just`, which are written much as those for make. */
const JUSTFILE = /(?:^|\/)\.?justfile$|\.just$/iu;

/**
 * Makes the frontend for configuration formats ready: values become settings, and whatever something runs (scripts, hooks, servers,
 * pipeline steps, recipes) becomes a fragment with its role. Which files run what: `runnable.ts`.
 */
export function createConfigFrontend(): Promise<Frontend> {
  // Libraries are loaded in the middle of a synchronous parse, so that a target without YAML does not pay for YAML.
  const documentOf = (text: string, language: Language, path: string): ConfigDocument => {
    switch (language) {
      case 'yaml':
        return readYaml(createRequire(import.meta.url)('yaml') as Yaml, text);
      case 'toml':
        return readToml(createRequire(import.meta.url)('smol-toml') as Toml, text);
      case 'ini':
        return readIni(text, /(?:^|\/)(?:\.?gitconfig|\.gitmodules|\.git\/config)$/u.test(path));
      default:
        return readJson(
          // Descriptions of native builds are Python literals: nearly JSON.
          /\.gypi?$/u.test(path) ? text.replace(/^[\t ]*#.*$/gmu, (line) => ' '.repeat(line.length)) : text,
          /\.(?:jsonl|ndjson)$/iu.test(path),
        );
    }
  };

  const parseText = (text: string, language: Language, path: string): ParsedText => {
    if (language === 'makefile' && JUSTFILE.test(path)) {
      const { settings, fragments, problem } = readJustfile(text);
      const status = problem === null ? 'complete' : 'recovered';
      return { program: null, fragments, sentences: [], settings, status, problem };
    }
    if (language === 'makefile' || language === 'dockerfile') {
      const { settings, fragments } = language === 'makefile' ? readMakefile(text) : readDockerfile(text);
      return { program: null, fragments, sentences: [], settings, status: 'complete', problem: null };
    }
    if (text.trim() === '') {
      return { program: null, fragments: [], sentences: [], settings: [], status: 'complete', problem: null };
    }
    const { root, problem } = documentOf(text, language, path);
    const { settings, isCutOff } = settingsOf(root);
    const fragments = fragmentsIn(root, path, text);
    const said = problem ?? (isCutOff ? { at: text.length, message: 'too many values' } : null);
    if (said === null) {
      return { program: null, fragments, sentences: [], settings, status: 'complete', problem: null };
    }
    const status = settings.length > 0 ? 'recovered' : 'unparsed';
    const where = `${placeOf(text, said.at)}: ${said.message}`;
    return { program: null, fragments, sentences: [], settings, status, problem: where, isCutOff };
  };

  return Promise.resolve({
    languages: ['json', 'yaml', 'toml', 'ini', 'makefile', 'dockerfile'],
    parse(text, language, path) {
      const limit = language === 'yaml' ? MAXIMUM_YAML_LENGTH : MAXIMUM_LENGTH;
      if (text.length > limit) return unparsed(`longer than ${String(limit)} characters`);
      try {
        return parseText(text, language, path);
      } catch (error) {
        if (error instanceof RangeError) return unparsed('nests too deep to parse');
        return unparsed(`could not be read: ${error instanceof Error ? error.name : 'unknown error'}`);
      }
    },
  });
}
