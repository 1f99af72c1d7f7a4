import type { Mark } from './decoys.ts';
import { opensshKey } from './private-key.ts';
import { sqliteFile } from './sqlite-file.ts';
import { TOKEN_SHAPES } from './token-shapes.ts';

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function key(mark: Mark): string {
  return opensshKey(`decoy000${mark(32)}`);
}

/** A value in the shape of the variable's, with a mark of the file's own. */
function token(name: keyof typeof TOKEN_SHAPES, mark: Mark): string {
  return TOKEN_SHAPES[name]!(mark);
}

/** Bytes as a text of letters below 256, as all contents are. */
function bytes(content: Buffer): string {
  return content.toString('latin1');
}

const CHROME = '.config/google-chrome/Default';
const FIREFOX = '.mozilla/firefox/x1y2z3a4.default-release';
/** Folder of MetaMask's storage in Chrome. */
const METAMASK = `${CHROME}/Local Extension Settings/nkbihfbeogaeaoehlefnkodbefgpgknn`;

/**
 * Contents by path below the home folder, around marks. Names are those that credential stealers look for, and contents have the
 * structure that they check: JSON parses, keys decode, databases open. Each says that it is a decoy.
 */
export const FILE_SHAPES: Readonly<Record<string, (mark: Mark) => string>> = {
  '.ssh/id_rsa': key,
  '.ssh/id_ed25519': key,
  '.aws/credentials': (mark) =>
    `[default]\naws_access_key_id = ${token('AWS_ACCESS_KEY_ID', () => 'A'.repeat(11))}\naws_secret_access_key = ${token('AWS_SECRET_ACCESS_KEY', mark)}\n`,
  '.netrc': (mark) => `machine git.example login decoy password decoy-${mark()}\n`,
  '.git-credentials': (mark) => `https://decoy:${token('GITHUB_TOKEN', mark)}@git.example\n`,
  '.npmrc': (mark) => `//registry.example/:_authToken=${token('NPM_TOKEN', mark)}\n`,
  '.pypirc': (mark) =>
    `[distutils]\nindex-servers = pypi\n\n[pypi]\nusername = __token__\npassword = decoy-${mark()}\n`,
  '.env': (mark) => `DATABASE_URL=postgres://decoy:decoy-${mark()}@db.example/app\nDEBUG=false\n`,
  'projects/app/.env': (mark) => `SECRET_KEY=decoy-${mark()}\nPORT=8000\n`,
  '.config/gh/hosts.yml': (mark) =>
    `github.example:\n    user: decoy\n    oauth_token: ${token('GITHUB_TOKEN', mark)}\n    git_protocol: https\n`,
  '.config/gcloud/application_default_credentials.json': (mark) =>
    json({
      client_id: 'decoy.apps.example',
      client_secret: 'decoy',
      refresh_token: `1//decoy${mark()}`,
      type: 'authorized_user',
    }),
  '.azure/msal_token_cache.json': (mark) =>
    json({
      RefreshToken: {
        decoy: { credential_type: 'RefreshToken', secret: `0.decoy${mark()}`, environment: 'login.example' },
      },
    }),
  '.docker/config.json': (mark) => json({ auths: { 'registry.example': { auth: `decoy${mark()}` } } }),
  '.kube/config': (mark) =>
    `apiVersion: v1\nkind: Config\nclusters: []\nusers:\n- name: decoy\n  user:\n    token: decoy-${mark()}\n`,
  '.claude/.credentials.json': (mark) =>
    json({
      claudeAiOauth: {
        accessToken: `${'sk'}-ant-oat01-decoy${mark()}`,
        expiresAt: 4102444800000,
        scopes: ['user:inference'],
      },
    }),
  '.claude.json': (mark) =>
    json({ mcpServers: { files: { command: 'files', env: { API_KEY: `decoy-${mark()}` } } } }),
  '.cursor/mcp.json': (mark) =>
    json({ mcpServers: { db: { command: 'db', env: { DB_PASSWORD: `decoy-${mark()}` } } } }),
  '.codex/auth.json': (mark) => json({ OPENAI_API_KEY: token('OPENAI_API_KEY', mark), tokens: null }),
  '.cache/huggingface/token': (mark) => token('HF_TOKEN', mark),
  '.bash_history': (mark) => `ls -la\ncd projects/app\nmysql -u decoy -pdecoy-${mark()} app\ngit status\n`,
  [`${CHROME}/Login Data`]: (mark) =>
    bytes(
      sqliteFile([
        {
          name: 'logins',
          columns: ['origin_url', 'username_value', 'password_value'],
          rows: [['https://bank.example/', 'decoy', `v10${mark()}`]],
        },
      ]),
    ),
  [`${CHROME}/Cookies`]: (mark) =>
    bytes(
      sqliteFile([
        {
          name: 'cookies',
          columns: ['host_key', 'name', 'value', 'encrypted_value'],
          rows: [['.mail.example', 'session', `decoy-${mark()}`, '']],
        },
      ]),
    ),
  [`${METAMASK}/000003.log`]: (mark) =>
    `{"KeyringController":{"vault":"{\\"data\\":\\"decoy${mark()}\\",\\"iv\\":\\"AAAA\\"}"}}`,
  [`${FIREFOX}/logins.json`]: (mark) =>
    json({
      nextId: 2,
      logins: [
        { id: 1, hostname: 'https://bank.example', encryptedUsername: 'decoy', encryptedPassword: mark() },
      ],
      version: 3,
    }),
  [`${FIREFOX}/key4.db`]: (mark) =>
    bytes(
      sqliteFile([
        {
          name: 'metaData',
          columns: ['id', 'item1', 'item2'],
          rows: [['password', `decoy${mark()}`, 'password-check']],
        },
      ]),
    ),
  '.ethereum/keystore/UTC--2024-03-01T09-30-00.000000000Z--0000000000000000000000000000000000000000': (
    mark,
  ) =>
    json({
      address: '0'.repeat(40),
      crypto: { cipher: 'aes-128-ctr', ciphertext: mark(64), kdf: 'scrypt', mac: '0'.repeat(64) },
      id: 'decoy',
      version: 3,
    }),
  '.bitcoin/wallet.dat': (mark) => bytes(walletFile(`decoy ${mark()}`)),
  '.config/Exodus/exodus.wallet/seed.seco': (mark) => `SECO\0\0\0\0seco-v0-scrypt-aes\0decoy${mark()}`,
  '.local/share/keyrings/login.keyring': (mark) => `GnomeKeyring\n\r\0\n\0\0\0\0decoy-${mark()}`,
};

/** The beginning of a Berkeley DB B-tree, as a wallet is: its magic number is at byte 12. */
function walletFile(text: string): Buffer {
  const file = Buffer.alloc(8192);
  file.writeUInt32LE(0x00053162, 12);
  file.write(text, 4096, 'latin1');
  return file;
}

/** Not decoys: a home folder has these, and a program that reads or appends to them shows its intent. */
export const ORDINARY_FILES: Readonly<Record<string, string>> = {
  '.bashrc': '# ~/.bashrc\nPS1="$ "\n',
  '.profile': '# ~/.profile\n',
  '.gitconfig': '[user]\n\tname = User\n\temail = user@example.org\n',
  '.ssh/config': 'Host build\n  HostName build.example\n  User user\n',
  '.ssh/known_hosts':
    'build.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n',
  '.aws/config': '[default]\nregion = eu-central-1\n',
  'Documents/notes.txt': 'Groceries: bread, apples.\n',
};
