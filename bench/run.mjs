// npm run bench -- [--only NAME]… [--runs N] [--json] [--profile]
// Measures whole processes, sbx and a rival in turn on the same input, and says which aims are met. Nothing of the inputs is installed or
// run. Inputs and rivals are fetched once into $SBX_BENCH_CACHE (~/.cache/sbx-bench); what cannot be had is said and left out.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { CASES } from './cases.mjs';
import { pythonTree } from './inputs.mjs';
import { profile } from './profile.mjs';
import { table } from './table.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs needs a number above 0');
/** What is no name itself stands for all that begin with it. */
const isMeant = (only, name) => (CASES[only] === undefined ? name.startsWith(`${only}-`) : name === only);
const unknown = values.only.filter((only) => !Object.keys(CASES).some((name) => isMeant(only, name)));
if (unknown.length > 0) throw new Error(`--only knows ${Object.keys(CASES).join(', ')}`);

const results = [];
if (!values.profile || values.only.length > 0) {
  for (const [name, run] of Object.entries(CASES)) {
    if (values.only.length > 0 && !values.only.some((only) => isMeant(only, name))) continue;
    process.stderr.write(`${name} …\n`);
    try {
      results.push({ name, ...(await run(runs)) });
    } catch (error) {
      results.push({ name, missing: error.message.split('\n', 1)[0] });
    }
  }
}
const modules = values.profile ? profile(pythonTree('large')) : [];
const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model ?? '' };

if (values.json) {
  console.log(JSON.stringify({ schema: 'sbx.bench/1', ...machine, results, profile: modules }, null, 2));
} else {
  console.log(`Node ${machine.node}, ${machine.processors} processors (${machine.model}); medians`);
  if (results.length > 0) console.log(table(results));
  if (modules.length > 0)
    console.log('\nmodules by their own time in a scan of the large tree, all threads:');
  for (const { name, ms } of modules) console.log(`${String(ms).padStart(8)} ms  ${name}`);
}
