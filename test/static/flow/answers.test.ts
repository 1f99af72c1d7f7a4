import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';
import { flowsOf } from '../../../src/static/flow/flows.ts';
import { compileRules } from '../../../src/rules/compile.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { prepareRules } from '../../../src/rules/rule-set.ts';
import { factsOf } from '../facts-of.ts';

const rules = prepareRules(compileRules([loadRules('rules', 'built-in')]));

async function flowsIn(code: string, language: Language = 'python'): Promise<readonly string[]> {
  const facts = await factsOf(code, language, 'a', rules);
  return flowsOf(facts.graph).map((flow) => `${flow.from} > ${flow.to}`);
}

const FLASK =
  'from flask import Flask, request, redirect, jsonify\napp = Flask(__name__)\n@app.route("/a")\ndef a():\n';
const TOOL =
  'import os\nfrom mcp.server.fastmcp import FastMCP\nserver = FastMCP("x")\n@server.tool()\ndef a(name: str) -> str:\n';

describe('what a route returns', () => {
  it.each([
    ['a text', '  return "<p>" + request.args.get("x")'],
    ['a text with a status', '  return "<p>" + request.args.get("x"), 404'],
  ])('is a page: %s', async (_what, body) => {
    expect(await flowsIn(FLASK + body)).toContain('user-input > page');
  });

  it.each([
    ['a table', '  return {"x": request.args.get("x")}'],
    ['JSON', '  return jsonify(x=request.args.get("x"))'],
  ])('is none: %s', async (_what, body) => {
    expect(await flowsIn(FLASK + body)).not.toContain('user-input > page');
  });
});

describe('where a visitor is sent', () => {
  it.each(['request.args.get("x")', '"https://" + request.args.get("x")'])('is chosen by %s', async (to) => {
    expect(await flowsIn(`${FLASK}  return redirect(${to})`)).toContain('user-input > redirect');
  });

  it.each(['"/a?b=" + request.args.get("x")', '"https://own.example/" + request.args.get("x")'])(
    'is fixed by %s',
    async (to) => {
      expect(await flowsIn(`${FLASK}  return redirect(${to})`)).not.toContain('user-input > redirect');
    },
  );
});

describe('what a tool answers', () => {
  it('may be the environment', async () => {
    expect(await flowsIn(`${TOOL}  return str(dict(os.environ))`)).toContain('environment > answer');
  });

  it('may be a secret that the program holds', async () => {
    expect(await flowsIn(`${TOOL}  return f"Password: {config.db_password}"`)).toContain(
      'held-secret > answer',
    );
  });

  it('is none when a library only works with it', async () => {
    const body = '  client = connect(f"password={config.db_password}")\n  return client.find(name)';
    expect(await flowsIn(TOOL + body)).not.toContain('held-secret > answer');
  });

  it('may be a variable that the model names', async () => {
    const flows = await flowsIn(`${TOOL}  return os.environ.get(name)`);
    expect(flows).toContain('model-output > variable');
    expect(flows).toContain('held-secret > answer');
  });
});
