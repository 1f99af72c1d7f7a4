/**
 * What a client of the Model Context Protocol says first over standard input: it introduces itself and asks for the tools
 * (specification 2025-06-18, "Lifecycle" and "Tools"; one JSON-RPC message a line). A server answers without more being asked.
 */
export const FIRST_WORDS: string = [
  {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'client', version: '1.0.0' },
    },
  },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
  { jsonrpc: '2.0', id: 2, method: 'tools/list' },
]
  .map((message) => `${JSON.stringify(message)}\n`)
  .join('');

/** Lines of a server's output that are looked at. */
const MOST_LINES = 2_000;
const MOST_TOOLS = 200;

/** The names of the tools that a server listed in its answer to {@link FIRST_WORDS}, or null when it gave none. */
export function listedTools(output: string): readonly string[] | null {
  for (const line of output.split('\n', MOST_LINES)) {
    if (!line.startsWith('{') || !line.includes('"tools"')) continue;
    const tools = toolsIn(line);
    if (tools !== null) return tools;
  }
  return null;
}

function toolsIn(line: string): readonly string[] | null {
  try {
    const { id, result } = JSON.parse(line) as { id?: unknown; result?: { tools?: unknown } | null };
    if (id !== 2 || !Array.isArray(result?.tools)) return null;
    return result.tools.slice(0, MOST_TOOLS).flatMap((tool: unknown) => {
      const name = typeof tool === 'object' && tool !== null && 'name' in tool ? tool.name : null;
      return typeof name === 'string' ? [name.slice(0, 100)] : [];
    });
  } catch {
    // Something else that the server printed.
    return null;
  }
}
