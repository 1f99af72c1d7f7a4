// What the tables of docs/detection.md cannot say of themselves.

/** Whose own test set a corpus is, and whether its misses were gone through case by case. */
export const CORPORA = {
  'bandit-examples': { of: "bandit's own" },
  'cisco-skill-scanner': { of: "skill-scanner's own", isTuned: true },
  guarddog: { of: "guarddog's own" },
  'leaky-repo': {},
  'noseyparker-examples': { of: "Nosey Parker's own" },
  'picklescan-data': { of: "picklescan's own" },
  'presidio-recognizers': { of: "Presidio's own" },
  skillspector: { of: "SkillSpector's own", isTuned: true },
  'skillfortify-bench': { of: "SkillFortify's own, generated", isTuned: true },
  'semgrep-python': { of: "semgrep's own" },
};

/** What a scan of software says that no rule had met. Static analysis, 2026-11; shares with Wilson intervals of 95 %. */
export const FRESH =
  'Software that nobody had looked at when it was first scanned (61 skills, plug-ins, servers and environments from public repositories, taken whole, and 78 packages of PyPI and npm, drawn by chance): 17 of the 139 rejected (12 %, 8–19), 5 sent to review (4 %, 2–8), 10 incomplete (7 %, 4–13), most for compiled programs. False alarms of one half were then read and repaired; of the half that nobody read, 7 of 70 were rejected before (10 %, 5–19) and as many after: what one half taught said nothing of the other, and whole repositories with their tests, documents and scripts are where sbx is wrong most.';

export const MISSED = [
  '- **Weak code is not sent to review.** `bandit-examples` and much of `semgrep-python` hold code that can be attacked, not attacks: sbx finds it',
  '  (see the column for its class) and notes it, and only what has a proven way from outside asks for a person.',
  '- **Secrets alone do not reject.** In `leaky-repo` and `noseyparker-examples` a found secret is a finding; whether the file is sent to review',
  '  depends on what it opens.',
  '- **Dependencies** (`guarddog-typosquats`, `pypa-advisories`) are the business of `sbx deps` and `sbx vet`; `scan` does not look at names',
  '  and versions of packages.',
  '- **Languages without a frontend**: Perl, PHP and Julia are searched as text only.',
  '- **Prose**: role play and questions that are attacks by intent only, insults, and languages with few speakers in `pi-deepset`; orders that',
  '  stand in tables or are nouns without a verb; acts of business against the user (hidden charges, bought goods); pretexts towards third persons.',
  '- **Endless loops and memory** that a program takes for itself are not judged by static analysis; limits of the sandbox are.',
  '- **A value that only a person can judge**: a variable of unknown content sent to a host that the text names, a package nobody knows started by',
  '  `npx`, a private package that may not exist.',
];
