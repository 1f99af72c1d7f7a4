// node bench/read-tree.mjs FOLDER: reads every file and hashes it, and nothing else: the least that noticing a change takes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const hash = createHash('sha256');
const folders = [process.argv[2]];
for (const folder of folders) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) folders.push(path);
    else if (entry.isFile()) hash.update(path).update(readFileSync(path));
  }
}
process.stdout.write(`${hash.digest('hex')}\n`);
