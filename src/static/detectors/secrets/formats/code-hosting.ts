import { formatsOf } from '../format.ts';
import { hasTokenChecksum } from '../structure.ts';

/** Tokens of code hosts and build services. */
const HOSTS = formatsOf('secret-code-host-token', [
  ['GitHub token', 'ghp_ gho_ ghu_ ghs_ ghr_', '[A-Za-z0-9]{36}', { hasChecksum: hasTokenChecksum }],
  ['GitHub refresh token', 'ghr_', '[A-Za-z0-9]{76}'],
  ['GitHub fine-grained token', 'github_pat_', '[A-Za-z0-9]{22}_[A-Za-z0-9]{59}'],
  [
    'GitLab token',
    'glpat- glptt- gldt- glrt- glsoat- glcbt- glimt- glagent- glft- gloas- glffct- glwt- glrtr-',
    '[\\w-]{20,64}(?:\\.[0-9a-z]{2}\\.[0-9a-z]{9})?',
  ],
  ['GitLab runner registration token', 'GR1348941', '[\\w-]{20}'],
  ['Bitbucket app password', 'ATBB', '[A-Za-z0-9]{24}[A-F0-9]{8}'],
  ['Bitbucket repository token', 'ATCTT3xFfG', '[\\w-]{100,260}=[A-F0-9]{8}'],
  ['Sourcegraph token', 'sgp_', '(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}'],
  ['Buildkite token', 'bkua_ bkaa_ bkct_ bkpt_', '[a-zA-Z0-9]{40,64}'],
  ['CircleCI token', 'CCIPAT_ CCIPRJ_', '[A-Za-z0-9]{20,24}_[a-f0-9]{40}'],
  ['SonarQube token', 'sqp_ squ_ sqa_', '[0-9a-f]{40}'],
  ['Snyk token', 'snyk_uat. snyk_sat.', '[0-9a-f]{8}\\.[A-Za-z0-9_-]{60,120}'],
  ['StackHawk key', 'hawk.', '[A-Za-z0-9_-]{20}\\.[A-Za-z0-9_-]{20}'],
  ['Depot token', 'depot_org_ depot_project_ depot_user_', '[a-f0-9]{32,64}'],
  ['CodeSandbox token', 'csb_v1_', '[\\w-]{43}'],
  ['Daytona key', 'dtn_', '[a-f0-9]{64}'],
  ['Chromatic token', 'chpt_', '[a-f0-9]{12,20}'],
]);

/** Tokens that publish packages and images. */
const REGISTRIES = formatsOf('secret-package-registry-token', [
  ['npm token', 'npm_', '[A-Za-z0-9]{36}', { hasChecksum: hasTokenChecksum }],
  // The base64 of a macaroon whose location is pypi.org or test.pypi.org.
  ['PyPI token', 'pypi-AgEIcHlwaS5vcmc pypi-AgENdGVzdC5weXBpLm9yZ', '[\\w-]{60,600}'],
  ['RubyGems key', 'rubygems_', '[a-f0-9]{48}'],
  [
    'crates.io token',
    'cio',
    '[A-Za-z0-9]{32}',
    { accepts: (secret) => /[A-Z]/.test(secret) && /\d/.test(secret) },
  ],
  ['NuGet key', 'oy2', '[a-z0-9]{43}', { accepts: (secret) => (secret.match(/\d/g)?.length ?? 0) >= 3 }],
  ['Docker Hub token', 'dckr_pat_ dckr_oat_', '[\\w-]{27,36}'],
  ['Clojars token', 'CLOJARS_', '[a-z0-9]{60}'],
  ['JFrog API key', 'AKCp', '[A-Za-z0-9]{68,69}'],
  ['JFrog reference token', 'cmVmdGtu', '[A-Za-z0-9]{56}'],
  ['Packagist token', 'packagist_', '(?:uut|out|ack|ump)_[a-f0-9]{64,68}'],
]);

export const CODE_HOSTING_FORMATS = [...HOSTS, ...REGISTRIES];
