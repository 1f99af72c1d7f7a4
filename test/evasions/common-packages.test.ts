import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

/** Modules of the third-party packages that environments, skills and servers in Python use most. */
const PYTHON =
  `openai anthropic langchain langchain_core langchain_openai langchain_community langgraph llama_index litellm ollama
  google.generativeai google.genai cohere mistralai groq tiktoken transformers datasets huggingface_hub accelerate peft trl vllm
  sentence_transformers torch torchvision tensorflow keras jax flax numpy scipy pandas sklearn matplotlib seaborn PIL cv2 gymnasium gym
  pettingzoo stable_baselines3 ray tianshou minigrid mujoco pygame verifiers wandb tensorboard mlflow hydra omegaconf fastapi uvicorn
  starlette flask django aiohttp httpx requests urllib3 websockets pydantic mcp fastmcp click typer rich tqdm yaml dotenv bs4 lxml
  selenium playwright sqlalchemy psycopg2 pymongo redis boto3 paramiko`
    .split(/\s+/)
    .filter((name) => name !== '');

/** The same for Node. */
const NODE =
  `@modelcontextprotocol/sdk express axios zod puppeteer playwright node-fetch ws openai @anthropic-ai/sdk execa shelljs fs-extra ai
  langchain @langchain/core @langchain/openai ollama @google/generative-ai @google/genai fastify koa hono cors body-parser helmet
  cookie-parser express-session multer undici got ky superagent form-data socket.io socket.io-client commander yargs minimist inquirer
  prompts chalk ora dotenv cross-spawn glob globby fast-glob rimraf chokidar mkdirp lodash ramda uuid nanoid dayjs moment date-fns
  winston pino debug pg mysql2 mongodb mongoose redis ioredis better-sqlite3 sqlite3 sequelize knex cheerio jsdom nodemailer
  @octokit/rest jsonwebtoken`
    .split(/\s+/)
    .filter((name) => name !== '');

const UNKNOWN = 'quite-unknown-package';
const python = (module: string): string =>
  `import ${module}\nkey = open("/root/.ssh/id_rsa").read()\n${module}.handle(key)\n`;
const node = (name: string): string =>
  `const made = require("${name}");\nmade.handle(require("fs").readFileSync("/root/.ssh/id_rsa"));\n`;

describe('a package that is used a lot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-packages-'));
  let said: ReadonlySet<string>;

  beforeAll(async () => {
    writeTree(
      {
        ...Object.fromEntries(PYTHON.map((name, at) => [`p${String(at)}/a.py`, python(name)])),
        ...Object.fromEntries(NODE.map((name, at) => [`n${String(at)}/a.js`, node(name)])),
      },
      join(folder, 'known'),
    );
    writeTree(
      { 'a.py': python(UNKNOWN.replaceAll('-', '_')), 'b/a.js': node(UNKNOWN) },
      join(folder, 'unknown'),
    );
    const report = JSON.parse(
      (await sbx(['scan', folder, '--format', 'json', '--no-cache'])).stdout,
    ) as Report;
    said = new Set(
      report.findings
        .filter(({ ruleId }) => ruleId === 'secret-to-unmodelled-library')
        .map(({ location }) => location.path),
    );
  }, 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is one of at least 150', () => {
    expect(new Set(PYTHON).size).toBeGreaterThanOrEqual(75);
    expect(new Set(NODE).size).toBeGreaterThanOrEqual(75);
  });

  it.each(PYTHON.map((name, at) => ({ name, at })))('has a model: $name (Python)', ({ at }) => {
    expect(said.has(`known/p${String(at)}/a.py`)).toBe(false);
  });

  it.each(NODE.map((name, at) => ({ name, at })))('has a model: $name (Node)', ({ at }) => {
    expect(said.has(`known/n${String(at)}/a.js`)).toBe(false);
  });

  it('that no model knows and that is handed a secret is named', () => {
    expect([...said].filter((path) => path.startsWith('unknown/')).sort()).toEqual([
      'unknown/a.py',
      'unknown/b/a.js',
    ]);
  });
});
