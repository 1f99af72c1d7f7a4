import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDecoys, writeHome } from '../../src/sandbox/decoys/decoys.ts';
import { findMarkers } from '../../src/sandbox/decoys/markers.ts';

describe('decoys', () => {
  it('are fresh every time, and every one carries a marker of its own', () => {
    const [one, other] = [makeDecoys(), makeDecoys()];
    const markers = [...one.decoys, ...other.decoys].map(({ marker }) => marker);
    expect(new Set(markers).size).toBe(markers.length);
    for (const { name, kind, marker } of one.decoys) {
      const content = kind === 'file' ? one.files[name.slice(2)] : one.environment[name];
      expect(content).toContain(marker);
    }
  });

  it('say that they are decoys, so that no scanner takes them for live credentials', () => {
    const { decoys, files, environment } = makeDecoys();
    for (const { name, kind } of decoys) {
      expect(kind === 'file' ? files[name.slice(2)] : environment[name]).toMatch(/decoy/i);
    }
  });

  it('pass the checks of programs that look before they take', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sbx-test-decoys-'));
    try {
      const { files, environment } = makeDecoys();
      writeHome({ decoys: [], files, environment }, folder);
      const script = `
import base64, json, os, re, sqlite3, sys
home, environment = sys.argv[1], json.loads(sys.argv[2])
def read(path):
    with open(os.path.join(home, path)) as file:
        return file.read()
key = read(".ssh/id_ed25519").strip().split("\\n")
assert key[0] == "-----BEGIN OPENSSH PRIVATE KEY-----" and key[-1] == "-----END OPENSSH PRIVATE KEY-----"
assert base64.b64decode("".join(key[1:-1]), validate=True).startswith(b"openssh-key-v1\\0")
for name, shape in {
    "AWS_ACCESS_KEY_ID": r"AKIA[A-Z2-7]{16}", "AWS_SECRET_ACCESS_KEY": r"[A-Za-z0-9/+]{40}", "GITHUB_TOKEN": r"ghp_[A-Za-z0-9]{36}",
    "HF_TOKEN": r"hf_[A-Za-z0-9]{34}", "NPM_TOKEN": r"npm_[A-Za-z0-9]{36}", "OPENAI_API_KEY": r"sk-[A-Za-z0-9_-]{40,}",
    "ANTHROPIC_API_KEY": r"sk-ant-api03-[A-Za-z0-9_-]{93}AA", "GEMINI_API_KEY": r"AIza[A-Za-z0-9_-]{35}",
    "SLACK_BOT_TOKEN": r"xoxb-[0-9]{12}-[0-9]{13}-[A-Za-z0-9]{24}",
}.items():
    assert re.fullmatch(shape, environment[name]), name + " " + environment[name]
for path in (".claude.json", ".claude/.credentials.json", ".cursor/mcp.json", ".codex/auth.json", ".docker/config.json",
             ".config/gcloud/application_default_credentials.json", ".mozilla/firefox/x1y2z3a4.default-release/logins.json"):
    assert isinstance(json.loads(read(path)), dict)
chrome = sqlite3.connect(os.path.join(home, ".config/google-chrome/Default/Login Data"))
assert chrome.execute("pragma integrity_check").fetchall() == [("ok",)]
url, user, password = chrome.execute("SELECT origin_url, username_value, password_value FROM logins").fetchone()
assert url.startswith("https://") and password.startswith("v10")
assert re.search(r"^aws_access_key_id = AKIA[A-Z2-7]{16}$", read(".aws/credentials"), re.M)
`;
      execFileSync('python3', ['-c', script, folder, JSON.stringify(environment)]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are written where another user can read them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sbx-test-decoys-'));
    try {
      const set = makeDecoys();
      writeHome(set, folder);
      expect(readFileSync(join(folder, '.ssh/id_rsa'), 'utf8')).toBe(set.files['.ssh/id_rsa']);
      expect(statSync(join(folder, '.ssh/id_rsa')).mode & 0o777).toBe(0o644);
      expect(statSync(join(folder, '.ssh')).mode & 0o777).toBe(0o755);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are not seen where they are not', () => {
    const { decoys } = makeDecoys();
    expect(findMarkers('0123456789abcdef'.repeat(500), decoys)).toEqual([]);
  });
});
