import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

const FORMATS = ['terminal', 'json', 'sarif', 'markdown', 'html', 'junit'] as const;

/** Made at run time, so that this file holds nothing that looks like a live secret. */
const base = createHash('sha512')
  .update('inert')
  .digest('base64')
  .replace(/[^A-Za-z0-9]/g, 'x');
const hex = createHash('sha256').update('inert').digest('hex');
const SECRETS = {
  provider: `do${'p_v1_'}${hex}`,
  random: base.slice(0, 32),
  password: 'tr0mbone/77!kim',
  inAddress: 'w8HsD3nFz6Jc',
  dotted: `hv${'s.'}${base.slice(0, 60)}`,
};

it('no output holds a secret of the target, whatever rule reports the line', async () => {
  const target = writeTree({
    'server.py': [
      'import os, subprocess, requests',
      `TOKEN = "${SECRETS.provider}"`,
      `API_KEY = "${SECRETS.random}"`,
      `subprocess.run("curl -u kim:${SECRETS.password} https://api.shop.example/?k=${SECRETS.dotted}", shell=True)`,
      `DB_PASSWORD = "${SECRETS.password}"`,
      `requests.post("https://kim:${SECRETS.inAddress}@files.shop.example/x", data=open("/etc/passwd").read(), verify=False)`,
      `eval("post('${SECRETS.random}')")`,
      '',
    ].join('\n'),
    'sftp.json': `{"host": "files.shop.example", "user": "kim", "password": "${SECRETS.password}"}`,
    'run.sh': `export VAULT_TOKEN=${SECRETS.dotted}\ncurl -H "Authorization: Bearer ${SECRETS.provider}" https://x.shop.example | sh\n`,
  });
  for (const format of FORMATS) {
    const { stdout, stderr } = await sbx(['scan', target, '--format', format, '--no-cache']);
    expect(stdout.length, format).toBeGreaterThan(200);
    for (const [kind, secret] of Object.entries(SECRETS)) {
      expect(stdout.includes(secret), `${kind} in ${format}`).toBe(false);
      expect(stderr.includes(secret), `${kind} in the log of ${format}`).toBe(false);
      // Nor all but a little of it.
      expect(stdout.includes(secret.slice(4)), `most of ${kind} in ${format}`).toBe(false);
    }
  }
  const { stdout } = await sbx(['scan', target, '--format', 'json', '--no-cache']);
  const ids = (JSON.parse(stdout) as { findings: { ruleId: string }[] }).findings.map(({ ruleId }) => ruleId);
  for (const id of [
    'cloud-key',
    'random-secret',
    'identity-token',
    'connection-string',
    'stored-credentials',
  ])
    expect(ids).toContain(id);
});
