import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** Below the samples' folder: a working copy with one commit, for programs that ask for a repository. */
const FOLDER = 'repository';
const FILE = 'README.md';
const TEXT = '# A project\n';
const AUTHOR = 'User <user@example.org> 1715940000 +0000';

/** A loose object as git keeps it, with its name (git's documentation, "Git Objects"). */
function objectOf(kind: string, content: Buffer): { readonly name: string; readonly packed: Buffer } {
  const whole = Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content]);
  return { name: createHash('sha1').update(whole).digest('hex'), packed: deflateSync(whole) };
}

/** An index of version 2 with one file (git's documentation, "index-format"); its times are nought, so that git compares the content. */
function indexOf(blob: string): Buffer {
  const head = Buffer.alloc(12);
  head.write('DIRC');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(1, 8);
  const entry = Buffer.alloc(Math.ceil((62 + FILE.length + 1) / 8) * 8);
  entry.writeUInt32BE(0o100644, 24);
  entry.writeUInt32BE(TEXT.length, 36);
  entry.write(blob, 40, 'hex');
  entry.writeUInt16BE(FILE.length, 60);
  entry.write(FILE, 62);
  const body = Buffer.concat([head, entry]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

/** Writes the working copy below a folder on the host. */
export async function writeRepository(folder: string): Promise<void> {
  const blob = objectOf('blob', Buffer.from(TEXT));
  const tree = objectOf(
    'tree',
    Buffer.concat([Buffer.from(`100644 ${FILE}\0`), Buffer.from(blob.name, 'hex')]),
  );
  const commit = objectOf(
    'commit',
    Buffer.from(`tree ${tree.name}\nauthor ${AUTHOR}\ncommitter ${AUTHOR}\n\nBegin\n`),
  );
  const objects = [blob, tree, commit].map(
    ({ name, packed }) => [`.git/objects/${name.slice(0, 2)}/${name.slice(2)}`, packed] as const,
  );
  const files: readonly (readonly [string, string | Buffer])[] = [
    [FILE, TEXT],
    ['.git/HEAD', 'ref: refs/heads/main\n'],
    ['.git/config', '[core]\n\trepositoryformatversion = 0\n\tbare = false\n'],
    ['.git/refs/heads/main', `${commit.name}\n`],
    ['.git/index', indexOf(blob.name)],
    ...objects,
  ];
  for (const [path, content] of files) {
    const place = join(folder, FOLDER, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, content, { mode: 0o644 });
  }
}
