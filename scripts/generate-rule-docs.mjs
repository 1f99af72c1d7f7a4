// Writes docs/rules/<category>/<id>.md and the index from rules/. `--check` writes nothing and fails when they differ.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');
/** The rule loader and page writer, straight from the sources: one folder below the root, as in a build, so that schemas are found. */
async function fromSources() {
  const to = join(root, `dist.docs.${process.pid}`);
  try {
    const build = await rolldown({
      input: { load: join(root, 'src/rules/load.ts'), page: join(root, 'src/rules/page.ts') },
      platform: 'node',
      external: [/^node:/, /^[^./]/],
    });
    await build.write({ dir: to, format: 'esm', entryFileNames: '[name].js' });
    await build.close();
    return { ...(await import(`${to}/load.js`)), ...(await import(`${to}/page.js`)) };
  } finally {
    rmSync(to, { recursive: true, force: true });
  }
}

const { loadRules, ruleIndex, rulePage } = await fromSources();

const folder = join(root, 'docs/rules');
const { rules, problems } = loadRules(join(root, 'rules'), 'built-in', 'rules');
for (const problem of problems) console.error(problem);

/** What should be there, by path below docs/rules. */
const pages = new Map([['index.md', ruleIndex(rules)]]);
for (const rule of rules) pages.set(`${rule.category}/${rule.id}.md`, rulePage(rule));

/** What is there. */
function existing() {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  } catch {
    return [];
  }
}

const wrong = existing().filter((path) => !pages.has(path));
for (const [path, text] of pages) {
  const file = join(folder, path);
  let current = null;
  try {
    current = readFileSync(file, 'utf8');
  } catch {
    // Not there yet.
  }
  if (current === text) continue;
  if (isCheck) {
    wrong.push(path);
    continue;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (isCheck && wrong.length > 0) {
  console.error(`docs/rules is not what rules/ says: ${wrong.slice(0, 10).join(', ')}`);
  console.error('Run: node scripts/generate-rule-docs.mjs');
}
if (!isCheck) for (const path of wrong) rmSync(join(folder, path));
if (problems.length > 0 || (isCheck && wrong.length > 0)) process.exitCode = 1;
