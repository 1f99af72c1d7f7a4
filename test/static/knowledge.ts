import { parse } from 'yaml';
import type { ApiModelFile, ClassFile } from '../../src/model/api-model.ts';
import { type Knowledge, modelsByLanguage } from '../../src/rules/knowledge.ts';
import type { Rule } from '../../src/model/rule.ts';

const MODELS = `
- library: python
  language: python
  apis:
    - names: [os.system, subprocess.run]
      capabilities: [proc.exec]
      detail: {argument: 0, as: command}
      sinks: [{label: process, arguments: [0]}]
    - names: [exec, eval]
      capabilities: [code.dynamic]
      sinks: [{label: code, arguments: [0]}]
    - names: [open]
      when: [{at: [1, mode], matches: w}]
      capabilities: [fs.write]
      detail: {argument: 0, as: path}
      returns: file
      propagates: []
    - names: [open]
      when: [{at: 0, class: secret-path}]
      capabilities: [secret.read]
      detail: {argument: 0, as: path}
      source: [secret]
    - names: [open]
      capabilities: [fs.read]
      detail: {argument: 0, as: path}
      source: [file]
    - names: [file.write]
      sinks: [{label: file, arguments: [0]}]
    - names: [os.environ]
      capabilities: [env.read]
      source: [environment]
    - names: [os.environ.__getitem__, os.environ.get]
      capabilities: [env.read]
      detail: {argument: 0, as: variable}
      source: [credential]
      propagates: []
    - names: [base64.b64decode]
      decodes: base64
      source: [decoded]
    - names: [requests.Session]
      returns: session
    - names: [requests.post, session.post]
      capabilities: [net.connect]
      detail: {argument: [0, url], as: host}
      sinks:
        - {label: network, arguments: [0, url, data, json]}
        - {label: network-header, arguments: [headers]}
      source: [network]
    - names: [hash]
      sanitizes: [secret]
- library: javascript
  language: javascript
  apis:
    - names: [child_process.exec]
      capabilities: [proc.exec]
      detail: {argument: 0, as: command}
      sinks: [{label: process, arguments: [0]}]
    - names: [eval, Function, setTimeout]
      capabilities: [code.dynamic]
      sinks: [{label: code, arguments: [0]}]
    - names: [fs.readFileSync]
      when: [{at: 0, class: secret-path}]
      capabilities: [secret.read]
      detail: {argument: 0, as: path}
      source: [secret]
    - names: [process.env.__getitem__]
      capabilities: [env.read]
      detail: {argument: 0, as: variable}
      source: [credential]
      propagates: []
    - names: [fetch]
      capabilities: [net.connect]
      detail: {argument: 0, as: host}
      sinks:
        - {label: network, arguments: [0, 1.body]}
        - {label: network-header, arguments: [1.headers]}
      source: [network]
- library: shell
  language: shell
  options: {curl: ['-d', '-F', '-o', '--data-binary']}
  apis:
    - names: [curl]
      capabilities: [net.connect]
      detail: {argument: 0, as: host}
      sinks: [{label: network, arguments: [0, '-d', '-F', '--data-binary', stdin]}]
      source: [network]
    - names: [cat]
      when: [{at: 0, class: secret-path}]
      capabilities: [secret.read]
      detail: {argument: 0, as: path}
      source: [secret]
    - names: [cat]
      capabilities: [fs.read]
      detail: {argument: 0, as: path}
      source: [file]
    - names: [bash, sh]
      sinks: [{label: code, arguments: [stdin]}]
`;

const CLASSES = `
- {name: secret-path, of: path, patterns: ['~/.ssh/**', '~/.aws/credentials']}
- {name: persistence-path, of: path, patterns: ['~/.bashrc']}
- {name: drop-host, of: host, patterns: ['*.drop.example']}
`;

/** A rule with what tests leave out filled in. */
export function testRule(
  id: string,
  match: Rule['match'],
  more: Partial<Rule> = {},
): Knowledge['rules'][number] {
  return {
    id,
    title: id,
    status: 'stable',
    severity: 'high',
    confidence: 'high',
    kind: 'chain',
    category: 'exfiltration',
    cwe: [],
    tags: [],
    capability: null,
    languages: [],
    scopes: [],
    guards: [],
    match,
    message: '{name} {detail} {source} {sink} {scope} {guard} {text}',
    why: '',
    fix: '',
    references: [],
    ...more,
  };
}

const MODEL_FILES = parse(MODELS) as ApiModelFile[];

/** A small knowledge of its own, so that tests do not hang on the rules that ship. */
export function testKnowledge(rules: Knowledge['rules'] = []): Knowledge {
  return {
    schema: 'sbx.rules/1',
    digest: 'sha256:test',
    rules,
    models: modelsByLanguage((language) => MODEL_FILES.filter((model) => model.language === language)),
    classes: parse(CLASSES) as ClassFile['classes'],
    operatorPatterns: [],
    words: {},
  };
}
