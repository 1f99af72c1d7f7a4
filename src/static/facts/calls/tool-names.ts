import { lastPart } from '../names.ts';

/** Decorators that make a function one tool of a model. */
const MAKES_TOOL: ReadonlySet<string> = new Set(['tool', 'function_tool', 'tool_plain', 'kernel_function']);

/** Decorators of the handler of whatever tool is called, and of what else a server offers to a model. */
const MAKES_HANDLER: ReadonlySet<string> = new Set([
  ...['call_tool', 'list_tools'],
  ...['resource', 'read_resource', 'list_resources', 'prompt', 'get_prompt'],
]);

/** Calls that hand a tool's description over with its handler. */
const REGISTERS: ReadonlySet<string> = new Set([
  ...['tool', 'registerTool', 'addTool', 'add_tool', 'function_tool', 'from_function'],
  ...['AddTool', 'AddTools', 'RegisterTool', 'AddToolHandler', 'ServerTool'],
]);

/** Calls that hand over other functions which a model calls. */
const HANDS_OVER: ReadonlySet<string> = new Set([
  ...['setRequestHandler', 'call_tool', 'registerPrompt', 'registerResource'],
  ...['AddPrompt', 'AddResource', 'AddResourceTemplate', 'RegisterPrompt', 'RegisterResource'],
]);

/** True for the name of a decorator that makes a function one tool. */
export function makesTool(name: string): boolean {
  return MAKES_TOOL.has(lastPart(name));
}

/** True for the name of a decorator whose function a model calls. */
export function isCalledByModel(decorator: string): boolean {
  return makesTool(decorator) || MAKES_HANDLER.has(lastPart(decorator));
}

/** True for the name of a call that registers a tool with its handler. */
export function registersTool(name: string): boolean {
  return REGISTERS.has(lastPart(name));
}

/** True for the name of a call that gets functions which a model calls. */
export function takesHandlers(name: string): boolean {
  return registersTool(name) || HANDS_OVER.has(lastPart(name));
}
