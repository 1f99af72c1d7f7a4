import type { ImportBinding, Statement } from '../../../model/program.ts';
import { textOfQuoted } from './constants.ts';
import type { Reader } from './reader.ts';
import { KIND } from './tokens.ts';

/** A path without its version: `…/resty/v2` and `gopkg.in/yaml.v3` are one library in all of them. */
function packagePath(written: string): string {
  return written.replace(/(?:\/|\.)v\d{1,3}(?=\/|$)/, '');
}

/** Names that a package may go by whose path is all that is known: what it is called stands in its own files. */
function namesOf(path: string): readonly string[] {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const bare = last.replace(/^go-|^go\.|-go$|\.go$|-golang$/, '');
  return [last, bare, bare.replaceAll(/[-.]/g, ''), bare.replace(/^.*[-.]/, '')].filter((name) =>
    /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name),
  );
}

/** Reads `import`, one or several in brackets. Within a program a package goes by its path, so that no two are mixed up. */
export function importDeclaration(reader: Reader): Statement[] {
  reader.expect('import');
  if (!reader.take('(')) return one(reader);
  const found: Statement[] = [];
  reader.allUpTo(')', () => {
    found.push(...one(reader));
  });
  return found;
}

function one(reader: Reader): Statement[] {
  const { start } = reader;
  const isAll = reader.take('.');
  const alias = reader.isName() ? reader.expectName() : null;
  if (reader.kind < KIND.text) {
    reader.trouble();
    return [];
  }
  const module = packagePath(textOfQuoted(reader.next().slice(1, -1)));
  for (const name of alias === null ? namesOf(module) : [alias])
    if (alias !== null || !reader.packages.has(name)) reader.packages.set(name, module);
  const bindings: ImportBinding[] = isAll
    ? [{ imported: '*', local: module }]
    : alias === '_'
      ? []
      : [{ imported: null, local: module }];
  return [{ kind: 'import', module, level: 0, bindings, span: reader.spanFrom(start) }];
}
