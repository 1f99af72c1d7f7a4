// docs/detection.md from the scores of one run.
import { CORPORA, FRESH, MISSED } from './detection-text.mjs';

/**
 * @param scores what the kit's scorer says of sbx
 * @param peers per scanner: name, version, and by corpus the levels that it gave
 * @param isFull false: the quick part of every corpus
 * @param sample so many cases of each corpus and label were all that the others saw; null: all that sbx saw
 */
export function detectionPage({ scores, peers, isFull, sample }) {
  return [
    '# What sbx detects, and what it does not',
    '',
    `Written by \`npm run detection${isFull ? ' -- --full' : ''}${sample === null ? '' : `${isFull ? '' : ' --'} --peer-cases ${sample}`}\`: sbx ${scores.version}, static analysis alone (\`sbx scan\`, no network), on public labelled cases that ` +
      'nobody here wrote and on honest software; beside it, in the same run, those of the other scanners that install from the registries: ' +
      `${peers.map(({ name, version }) => `${name} ${version}`.trim()).join(', ') || 'none was there'}. No scanner had a network, a key or a model. ` +
      (isFull
        ? 'sbx looked at all cases'
        : 'sbx looked at up to 60 cases a corpus and label and 15 honest units a corpus') +
      (sample === null
        ? ', the others at the same.'
        : `, the others at up to ${sample} of the same cases and ${Math.min(sample, 15)} of the same units, chosen by digest: their shares are rough.`),
    '',
    'Per cell: **rejected / review or worse**, percent. Intervals are Wilson, 95 %, for review or worse; cases of one template are not independent, ' +
      'so they are too narrow for generated sets. Every corpus stands alone; a pooled figure would say what the largest says. ' +
      'These sets are public and were looked at while rules were written, though none is copied: what they stand for was repaired, and a set ' +
      'that nobody has seen will score lower. `tuned` marks those whose misses were gone through most; tier C labels (debatable) are left out ' +
      'where a corpus has others.',
    '',
    '## Cases: found among the bad',
    '',
    ...caseTable(scores, peers, true),
    '',
    '## Cases: false alarms among the good',
    '',
    ...caseTable(scores, peers, false),
    '',
    '## Lines',
    '',
    'Share of labelled lines with a finding there; of the lines that must stay quiet, with one of the same class (sbx) or any (others).',
    '',
    ...lineTable(scores, peers),
    '',
    '## Honest software',
    '',
    'Whole skills, servers and environments that should be approved: rejected / review or worse / incomplete, units.',
    '',
    ...honestTable(scores, peers),
    '',
    FRESH,
    '',
    '## Noise',
    '',
    'Rules that fire most on the honest units, at low severity or above, in findings per 1,000 units. None of them decides a verdict there.',
    '',
    ...noiseTable(scores),
    '',
    '## What is missed, and why',
    '',
    ...MISSED,
    '',
    'Missed (neither rejected nor sent to review), by corpus and class:',
    '',
    ...missedTable(scores),
    '',
  ].join('\n');
}

const table = (head, rows) => [
  `| ${head.join(' | ')} |`,
  `|${head.map((_, index) => (index === 0 ? '---' : '--:')).join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];

const percent = (part, all) => (all === 0 ? '–' : String(Math.round((100 * part) / all)));

/** Levels that another scanner gave, as a cell. */
function levels(list) {
  if (list === undefined || list.length === 0) return '–';
  const atLeast = (level) => list.filter((each) => each >= level).length;
  return `${percent(atLeast(2), list.length)} / ${percent(atLeast(1), list.length)}`;
}

function label(name, corpus) {
  const about = CORPORA[name];
  const marks = [
    about?.of ?? null,
    about?.isTuned === true ? 'tuned' : null,
    corpus?.weak_tier_only ? 'tier C' : null,
  ];
  const said = marks.filter((mark) => mark !== null).join(', ');
  return said === '' ? name : `${name} (${said})`;
}

function caseTable(scores, peers, isBad) {
  const [reject, review] = isBad ? ['recall_reject', 'recall_review'] : ['fpr_reject', 'fpr_review'];
  const rows = Object.entries(scores.corpora).flatMap(([name, corpus]) => {
    const measured = corpus.case;
    if (measured === undefined || measured[review].n === 0) return [];
    const [low, high] = measured[review].ci95.map((bound) => Math.round(100 * bound));
    const own = `**${percent(measured[reject].k, measured[reject].n)} / ${percent(measured[review].k, measured[review].n)}** (${low}–${high})`;
    const theirs = peers.map(({ corpora }) => levels(corpora[name]?.[isBad ? 'bad' : 'good']));
    const classFound = isBad ? [percent(measured.recall_own_class.k, measured.recall_own_class.n)] : [];
    return [[label(name, corpus), String(measured[review].n), own, ...classFound, ...theirs]];
  });
  return table(
    [
      'corpus',
      isBad ? 'bad' : 'good',
      'sbx',
      ...(isBad ? ['sbx: finding of its class'] : []),
      ...peers.map(({ name }) => name),
    ],
    rows,
  );
}

function lineTable(scores, peers) {
  const withLines = peers.filter(({ lines }) => Object.keys(lines).length > 0);
  const hit = (list) =>
    list === undefined ? '–' : percent(list.filter((each) => each > 0).length, list.length);
  const rows = Object.entries(scores.corpora).flatMap(([name, { line }]) =>
    line === undefined
      ? []
      : [
          [
            label(name),
            String(line.recall_any.n),
            percent(line.recall_any.k, line.recall_any.n),
            ...withLines.map(({ lines }) => hit(lines[name]?.bad)),
            String(line.false_alarm_own_class.n),
            percent(line.false_alarm_own_class.k, line.false_alarm_own_class.n),
            ...withLines.map(({ lines }) => hit(lines[name]?.good)),
          ],
        ],
  );
  const names = withLines.map(({ name }) => name);
  return table(['corpus', 'bad lines', 'sbx', ...names, 'quiet lines', 'sbx', ...names], rows);
}

function honestTable(scores, peers) {
  const rows = Object.entries(scores.benign).map(([name, unit]) => [
    unit.hard ? `${name} (security software)` : name,
    String(unit.units),
    `**${unit.rejected.k} / ${unit.rejected.k + unit.review.k} / ${unit.incomplete.k}**`,
    ...peers
      .filter(({ benign }) => Object.keys(benign).length > 0)
      .map(({ benign }) => {
        const list = benign[name];
        if (list === undefined) return '–';
        return `${list.filter((each) => each === 2).length} / ${list.filter((each) => each > 0).length}`;
      }),
  ]);
  const names = peers.filter(({ benign }) => Object.keys(benign).length > 0).map(({ name }) => name);
  return table(['corpus', 'units', 'sbx', ...names], rows);
}

function noiseTable(scores) {
  const units = Object.values(scores.benign).reduce((sum, each) => sum + each.units, 0);
  const rules = new Map();
  for (const { noisiest } of Object.values(scores.benign)) {
    for (const { rule, findings, units: hit, worst } of noisiest) {
      const known = rules.get(rule) ?? { findings: 0, units: 0, worst: new Set() };
      rules.set(rule, {
        findings: known.findings + findings,
        units: known.units + hit,
        worst: known.worst.add(worst),
      });
    }
  }
  const rows = [...rules]
    .sort(([, a], [, b]) => b.units - a.units || b.findings - a.findings)
    .slice(0, 20)
    .map(([rule, { findings, units: hit, worst }]) => [
      `\`${rule}\``,
      String(Math.round((1000 * findings) / units)),
      String(Math.round((1000 * hit) / units)),
      [...worst].join(', '),
    ]);
  return table(['rule', 'findings per 1,000 units', 'units hit per 1,000', 'severity there'], rows);
}

function missedTable(scores) {
  const missed = new Map();
  for (const { corpus, class: of } of scores.misses) {
    const classes = missed.get(corpus) ?? new Map();
    missed.set(corpus, classes.set(of, (classes.get(of) ?? 0) + 1));
  }
  const rows = [...missed].map(([corpus, classes]) => {
    const all = [...classes].sort(([, a], [, b]) => b - a);
    const named = all.slice(0, 8).map(([name, count]) => `${name} ${count}`);
    if (all.length > 8) named.push(`${all.length - 8} more classes`);
    return [corpus, named.join(', ')];
  });
  return table(['corpus', 'missed'], rows).map((line, index) => (index === 1 ? '|---|---|' : line));
}
