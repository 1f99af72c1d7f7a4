import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A made-up secret, marked so that it is known wherever it turns up. */
export interface Decoy {
  /** What the report calls it: `~/.ssh/id_rsa`, `OPENAI_API_KEY`. */
  readonly name: string;
  readonly kind: 'file' | 'token';
  /** 24 hexadecimal digits, fresh per run. */
  readonly marker: string;
}

/** A home folder with decoys, and the environment that goes with it. */
export interface DecoySet {
  readonly decoys: readonly Decoy[];
  /** Content by path relative to the home folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Variables with decoy tokens. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * What the files say, around a marker. All of it says that it is a decoy, and nothing has the exact shape of a live credential, so
 * that no scanner takes it for a leak. Names are those that credential stealers look for.
 */
const FILES: Readonly<Record<string, (marker: string) => string>> = {
  '.ssh/id_rsa': (marker) =>
    `-----BEGIN OPENSSH PRIVATE KEY-----\nDECOY-not-a-key-${marker}-DECOY\n-----END OPENSSH PRIVATE KEY-----\n`,
  '.ssh/id_ed25519': (marker) =>
    `-----BEGIN OPENSSH PRIVATE KEY-----\nDECOY-not-a-key-${marker}-DECOY\n-----END OPENSSH PRIVATE KEY-----\n`,
  '.aws/credentials': (marker) =>
    `[default]\naws_access_key_id = DECOY-${marker}\naws_secret_access_key = decoy-${marker}\n`,
  '.netrc': (marker) => `machine git.example login decoy password decoy-${marker}\n`,
  '.git-credentials': (marker) => `https://decoy:decoy-${marker}@git.example\n`,
  '.npmrc': (marker) => `//registry.example/:_authToken=decoy-${marker}\n`,
  '.pypirc': (marker) => `[pypi]\nusername = __token__\npassword = decoy-${marker}\n`,
  '.env': (marker) =>
    `DATABASE_URL=postgres://decoy:decoy-${marker}@db.example/app\nAPI_KEY=decoy-${marker}\n`,
  '.config/gh/hosts.yml': (marker) => `github.example:\n    user: decoy\n    oauth_token: decoy-${marker}\n`,
  '.docker/config.json': (marker) => `{"auths":{"registry.example":{"auth":"decoy-${marker}"}}}\n`,
  '.kube/config': (marker) => `users:\n- name: decoy\n  user:\n    token: decoy-${marker}\n`,
  '.claude/.credentials.json': (marker) => `{"claudeAiOauth":{"accessToken":"decoy-${marker}"}}\n`,
  '.codex/auth.json': (marker) => `{"OPENAI_API_KEY":"decoy-${marker}"}\n`,
};

/** Not decoys: a home folder has these, and a program that reads or appends to them shows its intent. */
const ORDINARY: Readonly<Record<string, string>> = {
  '.bashrc': '# ~/.bashrc\nPS1="$ "\n',
  '.profile': '# ~/.profile\n',
  '.gitconfig': '[user]\n\tname = User\n\temail = user@example.org\n',
  'Documents/notes.txt': 'Groceries: bread, apples.\n',
};

const TOKENS = [
  'OPENAI_API_KEY',
  'ANTHROPIC_API_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'GITHUB_TOKEN',
  'HF_TOKEN',
  'NPM_TOKEN',
] as const;

/** Makes up a fresh set: every marker is random, so that one run's theft is never taken for another's. */
export function makeDecoys(): DecoySet {
  const decoys: Decoy[] = [];
  const files: Record<string, string> = { ...ORDINARY };
  const environment: Record<string, string> = {};
  const marker = (): string => randomBytes(12).toString('hex');
  for (const [path, write] of Object.entries(FILES)) {
    const decoy = { name: `~/${path}`, kind: 'file', marker: marker() } as const;
    decoys.push(decoy);
    files[path] = write(decoy.marker);
  }
  for (const name of TOKENS) {
    const decoy = { name, kind: 'token', marker: marker() } as const;
    decoys.push(decoy);
    environment[name] = `decoy-${decoy.marker}`;
  }
  return { decoys, files, environment };
}

/** Writes the home folder; readable by every user, since the sandboxed one is another. */
export async function writeHome(set: DecoySet, folder: string): Promise<void> {
  const made = new Set<string>();
  for (const [path, content] of Object.entries(set.files)) {
    const file = join(folder, path);
    for (
      let parent = dirname(file);
      parent.startsWith(folder) && !made.has(parent);
      parent = dirname(parent)
    ) {
      await mkdir(parent, { recursive: true });
      made.add(parent);
    }
    await writeFile(file, content);
    await chmod(file, 0o644);
  }
  for (const parent of made) await chmod(parent, 0o755);
}
