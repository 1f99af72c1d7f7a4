import type { Unpacking } from '../unpacking.ts';
import type { Message, Schema } from './protobuf.ts';

/** Where nodes and their attributes lie (`saved_model.proto`, `graph.proto`, `function.proto`, `attr_value.proto`). */
export const TENSORFLOW: Schema = {
  SavedModel: { 2: 'MetaGraph' },
  MetaGraph: { 2: 'Graph' },
  Graph: { 1: 'Node', 2: 'Library' },
  Library: { 1: 'Function' },
  Function: { 3: 'Node' },
  Node: { 1: 'text', 2: 'text', 5: 'Attribute' },
  Attribute: { 1: 'text', 2: 'Value' },
  Value: { 1: 'List', 2: 'text' },
  List: { 2: 'text' },
};

const NODE_NAME = 1;
const OPERATOR = 2;

/** Write what they are given to a file of any name. Checkpoints have operators of their own. */
const WRITES = /^(?:WriteFile|SaveDataset(?:V2)?|DumpTensor|DebugIdentity\w*Dump)$/;
/** Read or list files of any name, ask other machines, or call functions of the program that loads the model. */
const CALLS_OUT =
  /^(?:ReadFile|MatchingFiles|MatchingFilesDataset|PyFunc|PyFuncStateless|EagerPyFunc|NumpyFunction|WholeFileReader(?:V2)?|SqlDataset|ExperimentalSqlDataset|BigQueryReader|Rpc|TryRpc|DecodeProtoV2|LoadDataset|RemoteFusedGraphExecute|XlaCustomCall(?:V2)?)$/;
/** Print to the screen, or to a file that an attribute names. */
const PRINTS = /^(?:PrintV2|DebugIdentity(?:V2|V3)?|DebugNumericSummary(?:V2)?)$/;
const PLACE = /^(?:file|grpc|https?):\/\//;

function nodeOf(message: Message): Message | null {
  for (let above: Message | null = message; above !== null; above = above.parent)
    if (above.type === 'Node') return above;
  return null;
}

/** Tells of operators that reach past the model. */
export function tellOfTensorflow(messages: readonly Message[], unpacking: Unpacking): void {
  const told = new Set<string>();
  const tell = (name: string, operator: string, detail: string): void => {
    // The same operator may stand in many functions.
    if (told.has(`${name} ${operator}`)) return;
    told.add(`${name} ${operator}`);
    unpacking.see(name, detail.slice(0, 200));
  };
  for (const message of messages) {
    if (message.type === 'Node') {
      const operator = message.texts.get(OPERATOR) ?? '';
      const detail = `${operator} (node ${message.texts.get(NODE_NAME) ?? '?'}, byte ${message.start})`;
      if (WRITES.test(operator)) tell('graph-writes-file', operator, detail);
      else if (CALLS_OUT.test(operator)) tell('graph-calls-out', operator, detail);
    } else if (message.type === 'Value' || message.type === 'List') {
      const place = message.texts.get(2) ?? '';
      const operator = PLACE.test(place) ? (nodeOf(message)?.texts.get(OPERATOR) ?? '') : '';
      if (PRINTS.test(operator)) tell('graph-writes-file', operator, `${operator} to ${place}`);
    }
  }
}
