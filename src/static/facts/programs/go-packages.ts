import type { ReadText } from '../texts/read-text.ts';

/** A file that may be one of several that make a package. */
interface PackageFile {
  readonly path: string;
  readonly read: ReadText;
}

const CLAUSE = /^\s*package[ \t]{1,20}([\p{L}\p{Nd}_]{1,200})/mu;
/** The clause stands at the top, behind a licence. */
const MAX_HEAD = 20_000;

/** The folder and the name of the package that a file in Go is part of; null for any other file. */
function keyOf({ path, read }: PackageFile): string | null {
  const own = read.layers[0]?.layer;
  if (own?.language !== 'go') return null;
  const name = CLAUSE.exec(own.source.text.slice(0, MAX_HEAD))?.[1] ?? '';
  return `${path.slice(0, path.lastIndexOf('/') + 1)}\0${name}`;
}

/** The files that make up each package in Go: those of one folder that say the same name. */
export class GoPackages<File extends PackageFile> {
  readonly #packages = new Map<string, File[]>();

  constructor(files: readonly File[]) {
    for (const file of files) {
      const key = keyOf(file);
      if (key === null) continue;
      const known = this.#packages.get(key);
      if (known === undefined) this.#packages.set(key, [file]);
      else known.push(file);
    }
  }

  /** All files of the package that a file is part of, itself among them; none for what is part of no package. */
  filesWith(file: File): readonly File[] {
    const key = keyOf(file);
    return key === null ? [] : (this.#packages.get(key) ?? []);
  }
}
