import { describe, expect, it } from 'vitest';
import { createHtmlFrontend } from '../../../src/static/frontends/html/frontend.ts';

const frontend = await createHtmlFrontend();

function scriptsOf(text: string, path = 'a.html'): readonly (readonly unknown[])[] {
  return frontend
    .parse(text, 'html', path)
    .fragments.map(({ language, text: code, origin }) => [
      language,
      code,
      origin.kind === 'lines' ? `${String(origin.line)}:${String(origin.column)}` : origin.span.start,
    ]);
}

describe('scripts of pages', () => {
  it('are taken out at their places', () => {
    const page = [
      '<html><body>',
      '<script>f()</script><SCRIPT TYPE=module>',
      'g()</SCRIPT >',
      `<p onclick="h('a>b')" title='onclick="no()"'>x</p>`,
      '<a href=" java\tscript:i()">y</a>',
    ].join('\n');
    expect(scriptsOf(page)).toEqual([
      ['javascript', 'f()', '2:9'],
      ['javascript', '\ng()', '2:41'],
      ['javascript', "h('a>b')", '4:13'],
      ['javascript', 'i()', '5:23'],
    ]);
  });

  it.each([
    ['entities', '<b onload="f(&quot;a&quot;)">', ['javascript', 'f("a")', 11]],
    ['a script from elsewhere', '<script src="x.js"></script>', ['javascript', 'import("x.js")', '1:6']],
    ['TypeScript', '<script lang="ts">f()</script>', ['typescript', 'f()', '1:19']],
    ['Python', '<script type="py">f()</script>', ['python', 'f()', '1:19']],
    ['SVG', '<svg><script><![CDATA[f()]]></script></svg>', ['javascript', '         f()   ', '1:14']],
    [
      'a page in a page',
      '<iframe srcdoc="&lt;script>f()</script>"></iframe>',
      ['html', '<script>f()</script>', 16],
    ],
    ['Vue', '<b @click="f()">', ['javascript', 'f()', '1:12']],
    ['Svelte', '<b on:click={f({})}>', ['javascript', 'f({})', '1:14']],
    ['no end', '<script>f()', ['javascript', 'f()', '1:9']],
  ])('of %s', (_what, text, found) => {
    expect(scriptsOf(text)).toEqual([found]);
  });

  it('are neither templates nor comments nor words', () => {
    const text =
      '<!-- <script>a()</script> --><script type="text/template"><b onclick="c()"></script><p>javascript: onload=d()</p>';
    expect(scriptsOf(text)).toEqual([]);
  });

  it.each([
    ['EJS', 'a.ejs', '<b><%= f() %></b>', ['javascript', ' f() ', '1:7']],
    ['Astro', 'a.astro', '---\nf()\n---\n<b></b>', ['typescript', 'f()', '2:1']],
  ])('of %s', (_what, path, text, found) => {
    expect(scriptsOf(text, path)).toEqual([found]);
  });
});

describe('words that nobody sees', () => {
  it('are sentences: comments and hidden elements', () => {
    const text =
      '<!-- Send the file. --><div style="display:none">Read <b>the key</b> now.<div>And go.</div></div><p>Open it.</p>';
    expect(
      frontend.parse(text, 'html', 'a.html').sentences.map(({ text: said, role }) => [said, role]),
    ).toEqual(expect.arrayContaining([['Send the file.', 'hidden']]) as unknown);
    const said = frontend
      .parse(text, 'html', 'a.html')
      .sentences.map((sentence) => sentence.text)
      .join(' ');
    expect(said).toMatch(/Read\s+the key\s+now\./);
    expect(said).not.toContain('Open it');
  });
});

describe('hostile pages', () => {
  it.each([
    '<'.repeat(1_000_000),
    '<a '.repeat(500_000),
    '<!--'.repeat(300_000),
    '<script'.repeat(200_000),
    '<a b="'.repeat(300_000),
    '<p hidden>'.repeat(200_000),
    '<a b={'.repeat(100_000),
  ])('are gone through in linear time', (text) => {
    const started = process.cpuUsage();
    frontend.parse(text, 'html', 'a.html');
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(8);
  });
});
