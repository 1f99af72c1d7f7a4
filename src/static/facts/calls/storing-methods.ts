const STORING: ReadonlySet<string> = new Set(
  '<< append appendleft add push unshift extend insert update set put put_nowait write writelines writestr setdefault concat attach add_field send feed emit communicate set_content add_attachment add_alternative set_payload'.split(
    ' ',
  ),
);

/** Methods that put their arguments into the object they are called on. */
export function isStoring(method: string): boolean {
  return STORING.has(method);
}
