import { posix } from 'node:path';
import { tableOf } from '../../deps/inventory/parsed.ts';
import type { TargetFile, Unit } from '../../model/target.ts';
import { withCut, type PlannedRun } from './run.ts';
import { SAMPLES } from './samples.ts';
import { jsonOf } from './settings.ts';
import { beginningOf } from './text.ts';

/** Hooks of one unit that are run, and matchers of one event that are tried. */
const MOST_HOOKS = 12;
const LONGEST_COMMAND = 8_000;

/** Settings of agents in which commands are bound to what the agent does. */
const SETTINGS =
  /(?:^|\/)(?:\.(?:claude|gemini)\/settings(?:\.local)?|\.cursor\/hooks|hooks|[\w-]{1,40}hooks|plugin)\.json$/;
/** The folder of settings below that which the agent works in. */
const SETTINGS_FOLDER =
  /(?:^|\/)(?:\.(?:claude|gemini|cursor|codex)|hooks|\.(?:claude|cursor|codex)-plugin)$/;

/** What an agent hands to a tool (Claude Code's documentation, "Hooks reference"). */
const TOOL_INPUT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Bash: { command: 'npm test', description: 'Runs the tests' },
  Write: { file_path: `${SAMPLES}/sample.py`, content: 'def add(a, b):\n    return a + b\n' },
  Edit: { file_path: `${SAMPLES}/sample.py`, old_string: 'a + b', new_string: 'b + a' },
  MultiEdit: { file_path: `${SAMPLES}/sample.py`, edits: [{ old_string: 'a + b', new_string: 'b + a' }] },
  Read: { file_path: `${SAMPLES}/sample.txt` },
  Glob: { pattern: '**/*.py' },
  Grep: { pattern: 'add', path: SAMPLES },
  WebFetch: { url: 'https://example.com/', prompt: 'What does it say?' },
  WebSearch: { query: 'weather in Paris' },
  Task: { description: 'Look around', prompt: 'List the files', subagent_type: 'general-purpose' },
};

/**
 * The commands that settings of a unit bind to what an agent does, each as its host would run it: with a description of the moment as JSON
 * on standard input, in the folder that the settings belong to. Agents run them without asking.
 */
export function agentHookRuns(unit: Unit, files: readonly TargetFile[]): readonly PlannedRun[] {
  const runs = new Map<string, PlannedRun>();
  const further = new Set<string>();
  for (const file of files.filter(({ path }) => SETTINGS.test(path))) {
    const own = posix.dirname(file.path);
    const folder = SETTINGS_FOLDER.test(own) ? posix.dirname(own) : own;
    for (const { event, matcher, command } of hooksIn(file)) {
      const key = `${event}\0${command}`;
      if (runs.has(key)) continue;
      if (runs.size >= MOST_HOOKS) {
        further.add(key);
        continue;
      }
      runs.set(key, {
        program: 'hook',
        label: [`${event} hook:`, command],
        path: file.path,
        folder: folder === '' ? unit.path : folder,
        isAgents: true,
        roots: [],
        modules: [],
        input: `${JSON.stringify(momentOf(event, matcher))}\n`,
        arguments: [command],
      });
    }
  }
  return withCut([...runs.values()], further.size, 'commands that agents run by themselves');
}

interface Hook {
  readonly event: string;
  readonly matcher: string;
  readonly command: string;
}

/** `{"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "…"}]}]}}`, or commands in the list itself. */
function hooksIn(file: TargetFile): readonly Hook[] {
  const settings = tableOf(jsonOf(beginningOf(file)));
  return Object.entries(tableOf(settings['hooks']))
    .slice(0, 30)
    .flatMap(([event, list]) =>
      (Array.isArray(list) ? list : []).slice(0, 20).flatMap((entry) => fromEntry(event, entry)),
    );
}

function fromEntry(event: string, entry: unknown): readonly Hook[] {
  const { matcher, hooks, command } = tableOf(entry);
  const own = typeof matcher === 'string' ? matcher.slice(0, 200) : '';
  const commands = [
    command,
    ...(Array.isArray(hooks) ? hooks.slice(0, 20).map((each) => tableOf(each)['command']) : []),
  ];
  return commands.flatMap((each) =>
    typeof each === 'string' && each.trim() !== '' && /^\w{1,60}$/.test(event)
      ? [{ event, matcher: own, command: each.slice(0, LONGEST_COMMAND) }]
      : [],
  );
}

/** What the host says of the moment at which it runs a hook: what is common to all, then what belongs to the event. */
function momentOf(event: string, matcher: string): Readonly<Record<string, unknown>> {
  const common = {
    session_id: '3f2c8a10-0000-4000-8000-000000000001',
    transcript_path: `${SAMPLES}/sample.jsonl`,
    cwd: SAMPLES,
    permission_mode: 'default',
    hook_event_name: event,
  };
  if (/^(?:Pre|Post)ToolUse|^PermissionRequest|^(?:Before|After)Tool$/.test(event)) {
    const tool = toolFor(matcher, event);
    const told = { ...common, tool_name: tool, tool_input: TOOL_INPUT[tool] ?? {} };
    return /^(?:Post|After)/.test(event)
      ? { ...told, tool_response: { success: true, stdout: 'ok\n', stderr: '' } }
      : told;
  }
  // Cursor's names (its documentation, "Hooks").
  const cursor = { ...common, conversation_id: common.session_id, workspace_roots: [SAMPLES] };
  switch (event) {
    case 'UserPromptSubmit':
    case 'beforeSubmitPrompt':
      return { ...cursor, prompt: 'List the files of this folder', attachments: [] };
    case 'SessionStart':
      return { ...common, source: 'startup' };
    case 'SessionEnd':
      return { ...common, reason: 'exit' };
    case 'Stop':
    case 'SubagentStop':
    case 'stop':
      return { ...cursor, stop_hook_active: false, status: 'completed' };
    case 'PreCompact':
      return { ...common, trigger: 'manual', custom_instructions: '' };
    case 'Notification':
      return { ...common, message: 'The agent is waiting for your input' };
    case 'beforeShellExecution':
    case 'afterShellExecution':
      return { ...cursor, command: 'npm test', output: '' };
    case 'beforeReadFile':
    case 'afterFileEdit':
      return { ...cursor, ...TOOL_INPUT['Edit'], content: 'def add(a, b):\n    return a + b\n', edits: [] };
    default:
      return { ...cursor, prompt: 'List the files of this folder' };
  }
}

/** A tool that the matcher lets through: the first it names, else the one that most hooks look at. */
function toolFor(matcher: string, event: string): string {
  const [named] = matcher
    .split('|')
    .map((part) => part.trim())
    .filter((part) => /^\w+$/.test(part));
  return named ?? (event.startsWith('Post') ? 'Write' : 'Bash');
}
