import type { TargetFile, UnitKind } from '../model/target.ts';

/** How much of a file is looked at to tell its kind; imports and class heads stand early, and this is no judgement. */
const SNIFFED_BYTES = 256 * 1024;

/** One pass for all of the imports below; most files have none of them. */
const TELLING_IMPORT =
  /^[ \t]*(?:import|from)[ \t]+(?:gym|pettingzoo|verifiers|openenv|reasoning_gym|textarena|envs\.core|atroposlib|nemo_gym|mcp|fastmcp)/m;

const GYM_IMPORT = /^[ \t]*(?:import|from)[ \t]+(?:gymnasium|gym|pettingzoo)\b/m;
const GYM_USE =
  /\bclass\s{1,20}\w{1,100}\s{0,20}\([^)\n]{0,300}(?:\b|Parallel|AEC|Vector)Env\b|\bregister\s{0,20}\(\s{0,80}(?:id\s{0,20}=|["'])/;
const LLM_ENVIRONMENT =
  /^[ \t]*(?:import|from)[ \t]+(?:verifiers|openenv|openenv_core|reasoning_gym|textarena|envs\.core|atroposlib|nemo_gym)\b/m;
const PYTHON_SERVER = /^[ \t]*(?:import|from)[ \t]+(?:mcp\.server|fastmcp|mcp)\b/m;
const NODE_SERVER =
  /["']@modelcontextprotocol\/sdk\/server|["']fastmcp["']|["']@modelcontextprotocol\/server/;

/** What a unit's code says it is: an environment, a server, or nothing in particular (null). */
export function kindOfCode(files: readonly TargetFile[]): UnitKind | null {
  let isGym = false;
  let isLlm = false;
  let isServer = false;
  for (const { path, content } of files) {
    if (content === null || path.includes('node_modules/')) continue;
    const isPython = /\.pyi?$/.test(path);
    const isNode = /\.[cm]?[jt]sx?$/.test(path);
    if (!isPython && !isNode) continue;
    const text = Buffer.from(
      content.buffer,
      content.byteOffset,
      Math.min(content.byteLength, SNIFFED_BYTES),
    ).toString('latin1');
    if (isPython && TELLING_IMPORT.test(text)) {
      isGym ||= GYM_IMPORT.test(text) && GYM_USE.test(text);
      isLlm ||= LLM_ENVIRONMENT.test(text);
      isServer ||= PYTHON_SERVER.test(text);
    } else if (isNode) isServer ||= NODE_SERVER.test(text);
  }
  return isGym ? 'gym-env' : isLlm ? 'llm-env' : isServer ? 'mcp-server' : null;
}
