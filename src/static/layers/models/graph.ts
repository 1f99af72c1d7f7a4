import type { Container } from '../container.ts';
import type { Unpacking } from '../unpacking.ts';
import { handOverTexts } from './texts.ts';
import { ONNX, tellOfOnnx } from './onnx.ts';
import { hasMessage, isMessage, type Message, type Schema, walkMessages } from './protobuf.ts';
import { TENSORFLOW, tellOfTensorflow } from './tensorflow.ts';

/** A form in which graphs of operators are stored. */
interface Form {
  readonly name: string;
  readonly root: string;
  readonly schema: Schema;
  /** The field of a node that names its operator. */
  readonly operator: number;
  tell(messages: readonly Message[], unpacking: Unpacking): void;
}

const FORMS: readonly Form[] = [
  { name: 'an ONNX model', root: 'Model', schema: ONNX, operator: 4, tell: tellOfOnnx },
  {
    name: 'a TensorFlow SavedModel',
    root: 'SavedModel',
    schema: TENSORFLOW,
    operator: 2,
    tell: tellOfTensorflow,
  },
  { name: 'a TensorFlow graph', root: 'Graph', schema: TENSORFLOW, operator: 2, tell: tellOfTensorflow },
];

const MAX_MESSAGES = 1_000_000;

function hasOperators(bytes: Uint8Array, { root, schema, operator }: Form): boolean {
  return hasMessage(
    bytes,
    root,
    schema,
    MAX_MESSAGES,
    ({ type, texts }) => type === 'Node' && /^[A-Za-z_>]\w*$/.test(texts.get(operator) ?? ''),
  );
}

function formsOf(bytes: Uint8Array): readonly Form[] {
  if (bytes.length < 8 || !isMessage(bytes)) return [];
  return FORMS.filter((form) => hasOperators(bytes, form));
}

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const forms = formsOf(bytes);
  for (const { name, root, schema, tell } of forms) {
    const { messages, isPartial } = walkMessages(bytes, root, schema, MAX_MESSAGES);
    tell(messages, unpacking);
    if (isPartial) unpacking.miss(`${name}: part of it is broken, or nested too deep to be followed`);
  }
  handOverTexts(unpacking);
  unpacking.miss(
    `${forms.map(({ name }) => name).join(', or ')}: its operators and texts were read, its numbers were not`,
    false,
  );
}

/** Graphs of operators as protocol buffers: ONNX, SavedModel and frozen graphs of TensorFlow. */
export const graph: Container = {
  name: 'model of operators',
  recognises: (bytes) => formsOf(bytes).length > 0,
  open,
};
