// The section "Twins" of docs/detection.md: what the built program says of every pair.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { areToldApart, halves, layTwin, missedList, saidOf, twinPairs } from './twin-pairs.mjs';

const run = promisify(execFile);
const PROGRAM = resolve(import.meta.dirname, '../bin/sbx.js');
const HEADING = '## Twins';
/** The section stands before this one. */
const NEXT = '## Noise';
/** Normal quantile for intervals of 95 %. */
const Z = 1.959964;

/** Every pair of every half with its two verdicts. */
export async function judgedTwins() {
  const waiting = halves().flatMap(twinPairs);
  const judged = [];
  const work = async () => {
    for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
      judged.push({
        ...pair,
        honest: await verdictOf(pair, 'honest'),
        hostile: await verdictOf(pair, 'hostile'),
      });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, cpus().length) }, work));
  return judged.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function verdictOf(pair, side) {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-twin-'));
  try {
    const target = join(folder, pair.name);
    layTwin(pair, side, target);
    const report = join(folder, 'report.json');
    const options = ['scan', target, '--format', 'json', '--output', report];
    // The exit code says the verdict too; what counts is that there is a report.
    await run(process.execPath, [PROGRAM, ...options]).catch(() => null);
    return JSON.parse(readFileSync(report, 'utf8')).verdict.decision;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bounds of Wilson's interval for a share, in whole percent. */
function wilson(part, all) {
  const share = part / all;
  const middle = share + (Z * Z) / (2 * all);
  const reach = Z * Math.sqrt((share * (1 - share)) / all + (Z * Z) / (4 * all * all));
  return [middle - reach, middle + reach].map((bound) => Math.round((100 * bound) / (1 + (Z * Z) / all)));
}

/** The section as lines of Markdown. */
export function twinSection(judged) {
  const present = halves();
  return [
    HEADING,
    '',
    'A unit, and the same unit with one hostile passage or line in the voice of its host; both talk to hosts, read keys and give orders, and only ' +
      'what is done differs. A pair is told apart when the hostile one is rejected or sent to review **and** the honest one is approved. The pairs ' +
      'were written for this project without regard to its rules' +
      (present.includes('held-out')
        ? '; nobody who wrote rules had seen those held out when sbx first met them, and told 11 of the 39 apart (28 %, 17–44). What they have taught since shows in the table. Of 24 further pairs, written before sbx met any of them and kept in the development half, it told 7 apart at first sight (29 %, 15–49). Of 40 more, written before their author had read a rule, it told 4 apart at first sight (10 %, 4–23). A coin put 20 into each half; when the causes of the misses in the development half had been repaired, it told 18 of those apart (3 before), and 6 of the 20 held out (1 before). One author wrote both, so that the 20 were unseen but not unknown: of ten pairs written after the repairs it told 1 apart at first sight. Of 40 by somebody who had read neither rule nor source, it told 6 apart at first sight (15 %, 7–29): 3 of 6 servers, 2 of 16 in plain language, 1 of 6 environments, none of 12 scripts; when the misses among 12 of them had been read and general rules written, 4 of those 12 (2 before) and 6 of the 28 others (4 before). Of the 48 written last, by other authors who had read neither, it told 6 apart at first sight (13 %, 6–25): 2 of 24 in code, 4 of 24 in plain language; 24 of them have been read since, the other 24 stay unread. Of 24 after those, by yet others, it told 6 apart at first sight (25 %, 12–45); all of them have been read since, also those held out. Of 24 more by two others it told 11 apart at first sight (46 %, 28–65): 6 of 7 in plain English, 5 of 15 in code, neither of 2 in other languages; twelve are held out. What a pair like those that are known does is found; new attacks in plain language mostly are not.'
        : '.'),
    '',
    ...halfTable(present, judged),
    '',
    'By kind of passage: told apart / pairs.',
    '',
    ...kindTable(present, judged),
    '',
    'Not told apart:',
    '',
    ...missedTable(judged),
    '',
  ];
}

function halfTable(present, judged) {
  const head = [
    'half',
    'pairs',
    'told apart',
    'hostile rejected',
    'sent to review',
    'let through',
    'honest not approved',
  ];
  const groups = present.length < 2 ? present : [...present, 'both'];
  const rows = groups.map((name) => {
    const own = judged.filter(({ half }) => name === 'both' || half === name);
    const apart = own.filter(areToldApart).length;
    const [low, high] = wilson(apart, own.length);
    const hostile = (...said) => own.filter((pair) => said.includes(pair.hostile)).length;
    const alarms = own.filter(({ honest }) => honest !== 'approve').length;
    return [
      name,
      own.length,
      `**${apart}** = ${Math.round((100 * apart) / own.length)} % (${low}–${high})`,
      hostile('reject'),
      hostile('review'),
      own.length - hostile('reject', 'review'),
      alarms,
    ];
  });
  return table(head, rows);
}

function kindTable(present, judged) {
  const kinds = [...new Set(judged.map(({ about }) => about.kind))].sort();
  const rows = kinds.map((kind) => [
    kind,
    ...present.map((half) => {
      const own = judged.filter((pair) => pair.half === half && pair.about.kind === kind);
      return own.length === 0 ? '–' : `${own.filter(areToldApart).length} / ${own.length}`;
    }),
  ]);
  return table(['kind', ...present], rows);
}

function missedTable(judged) {
  const rows = judged
    .filter((pair) => !areToldApart(pair))
    .map((pair) => [`\`${pair.name}\``, pair.half, pair.about.kind, saidOf(pair), pair.about.what]);
  return rows.length === 0
    ? ['None.']
    : table(['pair', 'half', 'kind', 'verdict', 'what the hostile one does'], rows, () => '---');
}

function table(head, rows, align = (index) => (index === 0 ? '---' : '--:')) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map((_, index) => align(index)).join('|')}|`, ...rows.map(line)];
}

/** A page with its section about twins put in or put anew; the rest stays as it is. */
export function withTwins(page, judged) {
  const lines = page.split('\n');
  const next = lines.indexOf(NEXT);
  if (next < 0) throw new Error(`the page has no section "${NEXT}"`);
  const own = lines.indexOf(HEADING);
  return [...lines.slice(0, own < 0 ? next : own), ...twinSection(judged), ...lines.slice(next)].join('\n');
}

/** Where the lists of pairs that are not told apart no longer say what was found: entries as they should be, without their reasons. */
export function listDrift(judged) {
  return halves().flatMap((half) => {
    const listed = new Map(missedList(half).map(({ twin, said }) => [twin, said]));
    return judged
      .filter((pair) => pair.half === half && saidOf(pair) !== (listed.get(pair.name) ?? ''))
      .map((pair) => `# ${half}\n- twin: ${pair.name}\n  said: ${saidOf(pair) || 'told apart; take it out'}`);
  });
}
