import type { Guard } from '../../../model/evidence.ts';

/** What a condition's text must show for each kind of trigger; the first one that does counts. */
const SIGNS: readonly (readonly [Guard['kind'], RegExp])[] = [
  ['ci', /\bCI\b|GITHUB_ACTIONS|GITLAB_CI|JENKINS|TRAVIS|CIRCLECI|BUILDKITE|CONTINUOUS_INTEGRATION/],
  [
    'debugger',
    /gettrace|IsDebuggerPresent|\/proc\/1\/cgroup|\.dockerenv|\bcpu_count\(|os\.cpus\(\)|getloadavg|\/proc\/uptime|virtualbox|vmware|TracerPid|ptrace|pydevd|debugpy|\binspector\b|LD_PRELOAD|\bstrace\b/i,
  ],
  [
    'date',
    /datetime|\bdate\(\s*20\d\d\b|\btime\.time\b|\bdate\.today|Date\.now|new Date|strftime|getFullYear|getMonth|getDay|getHours|\$\(date\b|`date\b|\bEPOCHSECONDS\b|time\.(?:local|gm)time|\bTime\.(?:now|new)\b|\bDate(?:Time)?\.(?:today|now|new)\b/,
  ],
  [
    'host',
    /gethostname|getfqdn|platform\.node|os\.hostname|\buname\b|\$HOSTNAME|\$\(hostname\b|getnode\(\)|Etc\.uname/,
  ],
  ['user', /getpass\.getuser|getlogin|userInfo|whoami|\$USER\b|geteuid|getuid|\bEUID\b|\$\(id\b/],
  [
    'platform',
    /sys\.platform|platform\.system|process\.platform|RUBY_PLATFORM|host_os\b|os\.platform|os\.name\b|\bOSTYPE\b/,
  ],
  ['environment', /os\.environ|getenv|process\.env|\bENV(?:\[|\.)|-[nz] ["']?\$\{?[A-Z]/],
  ['random', /\brandom\.|Math\.random|\brand[ (]|randint|\$RANDOM|secrets\.choice/],
  [
    'file',
    /os\.path\.(?:exists|isfile|isdir)|existsSync|\.exists\(\)|\bFile\.(?:exist|file|directory)\?|\.is_file\(\)|\[\[? -[efd] /,
  ],
];

/** A counter compared with a number that is written down: `self.steps == 500`, `count % 1000 == 0`. */
const COUNTER =
  /\b\w*(?:step|count|iter|episode|tick|calls?|reset|frame|elapsed|turns?)\w*\s*(?:%\s*\d+\s*)?(?:={2,3}|>=?|-eq|-g[et])\s*(\d[\d_]*)|\b(?:self|this)\.\w+\s*(?:%\s*\d+\s*)?(?:={2,3}|>=?)\s*(\d[\d_]+)|(\d[\d_]*)\s*(?:={2,3}|<=?)\s*[\w.]*(?:step|count|iter|episode|tick|calls?|reset|frame|elapsed|turns?)\w*/i;

/** Most conditions show none of the signs; asking for pieces of all of them at once settles these. */
const MAY_TRIGGER =
  /\d|CI|JENKINS|TRAVIS|ACTIONS|BUILDKITE|INTEGRATION|\$\(|platform|get|Debug|\/proc|env|etc\.|file|dir\w*\?|dockerenv|cpu|virtualbox|vmware|trace|pydevd|inspector|preload|date|time|epoch|host|node|uname|user|login|whoami|uid|os\.|ostype|environ|process|-[nz] |rand|secrets|exists|is_?file|isdir|-[efd] /i;

/** `time.time() - start < timeout`: what runs while time is left runs at once. */
const WHILE_TIME_IS_LEFT =
  /^\(?\s*(?:time\.(?:time|monotonic|perf_counter)|Date\.now|performance\.now)\(\)\s*-\s*[\w.]{1,60}\s*<=?\s*[\w.]{1,60}\s*\)?$/;

/** True for a condition that holds from the start until some time has passed: waiting for something, and no trigger. */
export function isWaiting(test: string): boolean {
  return WHILE_TIME_IS_LEFT.test(test.slice(0, 200).trim());
}

/**
 * What sort of trigger a condition is, if it is one.
 * @param test the condition as written
 */
export function guardOf(test: string): Guard | null {
  const text = test.length > 400 ? test.slice(0, 400) : test;
  if (!MAY_TRIGGER.test(text)) return null;
  const shortened = text.replace(/\s+/g, ' ').trim().slice(0, 120);
  for (const [kind, sign] of SIGNS) if (sign.test(text)) return { kind, text: shortened };
  const counter = COUNTER.exec(text);
  const limit = Number((counter?.[1] ?? counter?.[2] ?? counter?.[3] ?? '0').replaceAll('_', ''));
  return limit >= 3 ? { kind: 'counter', text: shortened } : null;
}

/** `if __name__ == '__main__'`, `require.main === module`: what is inside runs when the file is started. */
export function isMainTest(test: string): boolean {
  return /__name__\s*==\s*['"]__main__['"]|['"]__main__['"]\s*==\s*__name__|require\.main\s*===?\s*module|import\.meta\.main/.test(
    test.slice(0, 200),
  );
}
