/** Where PyTorch's archives keep the numbers of tensors (`torch/serialization.py`). */
const STORAGE = /(?:^|\/)data\/\d{1,9}$/;

/** True for the numbers of a tensor that are all zero, as those of many a bias are: a file of zeros alone is worth a question elsewhere. */
export function isZeroTensor(name: string, content: Uint8Array): boolean {
  return STORAGE.test(name) && content.every((byte) => byte === 0);
}
