import type { Unpacking } from '../unpacking.ts';
import type { Message, Schema } from './protobuf.ts';

/** Where nodes, tensors and functions lie (`onnx.proto`). */
export const ONNX: Schema = {
  Model: { 7: 'Graph', 20: 'Training', 25: 'Function' },
  Training: { 1: 'Graph', 2: 'Graph' },
  Graph: { 1: 'Node', 5: 'Tensor', 15: 'Sparse' },
  Sparse: { 1: 'Tensor', 2: 'Tensor' },
  Function: { 1: 'text', 7: 'Node', 10: 'text', 11: 'Attribute' },
  Node: { 4: 'text', 5: 'Attribute', 7: 'text' },
  Attribute: { 5: 'Tensor', 6: 'Graph', 10: 'Tensor', 11: 'Graph', 22: 'Sparse', 23: 'Sparse' },
  Tensor: { 8: 'text', 13: 'Entry' },
  Entry: { 1: 'text', 2: 'text' },
};

/** Operators of ONNX and of its runtimes, which come with them. */
const KNOWN_DOMAIN =
  /^(?:|ai\.onnx(?:\.(?:ml|training|preview(?:\.training)?|contrib))?|com\.microsoft(?:\.\w+)*|com\.ms\.internal\.nhwc|org\.pytorch\.(?:aten|_caffe2|prim)|pkg\.(?:onnxscript|torch)(?:\.[\w.]+)?|trt\.plugins|com\.nvidia)$/;
/** Operators that call Python. */
const PYTHON_OPERATOR = /^(?:PyOp|PythonOp|PyCustomOp|PyFunc)$/;

/** A place of tensors outside the model's folder. */
const FOREIGN_PLACE = /^(?:[a-z][\w+.-]{1,20}:|[\\/~])|(?:^|[\\/])\.\.(?:[\\/]|$)/i;

const OPERATOR = 4;
const DOMAIN = 7;
const FUNCTION_DOMAIN = 10;

/** Tells of operators that other code has to bring, and of tensors that are read from elsewhere. */
export function tellOfOnnx(messages: readonly Message[], unpacking: Unpacking): void {
  const own = new Set(
    messages.flatMap(({ type, texts }) => (type === 'Function' ? [texts.get(FUNCTION_DOMAIN) ?? ''] : [])),
  );
  const told = new Set<string>();
  const tell = (name: string, detail: string): void => {
    if (!told.has(`${name} ${detail}`)) unpacking.see(name, detail.slice(0, 200));
    told.add(`${name} ${detail}`);
  };
  for (const { type, texts, start } of messages) {
    if (type === 'Node') {
      const [operator, domain] = [texts.get(OPERATOR) ?? '', texts.get(DOMAIN) ?? ''];
      if (PYTHON_OPERATOR.test(operator)) tell('graph-calls-out', `${operator} (byte ${start})`);
      else if (!KNOWN_DOMAIN.test(domain) && !own.has(domain))
        tell('onnx-foreign-operator', `${domain}.${operator}`);
    } else if (type === 'Entry' && texts.get(1) === 'location') {
      const place = texts.get(2) ?? '';
      if (FOREIGN_PLACE.test(place)) tell('onnx-foreign-file', place);
    }
  }
}
