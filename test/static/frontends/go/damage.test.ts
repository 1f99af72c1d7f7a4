import { describe, expect, it } from 'vitest';
import { createGoFrontend } from '../../../../src/static/frontends/go/frontend.ts';
import { survivesDamage } from '../damage.ts';

const frontend = await createGoFrontend();

const SOURCE = `package tool

import (
	"context"
	h "net/http"
	_ "embed"
)

//go:generate stringer -type=Kind
type Client[T any] struct {
	*h.Client
	Key string \`json:"key"\`
	seen map[string][]T
}

var limits = map[string]int{"a": 0x1f, "b": 'x'}

func (c *Client[T]) Get(ctx context.Context, path string, more ...T) (out []T, err error) {
	if resp, err := c.Do(h.NewRequest("GET", path, nil)); err != nil {
		return nil, err
	} else if resp.StatusCode >= 400 && path != "" {
		out = append(out, more[1:]...)
	}
	for i, each := range []string{"a", \`b
c\`} {
		switch v := any(each).(type) {
		case string, []byte:
			go func() { c.seen[v.(string)] <- i }()
		default:
			defer close(done)
		}
	}
loop:
	for {
		select {
		case x, ok := <-ctx.Done():
			break loop
		}
	}
	return
}
`;

const PIECES = [
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '`',
  '/*',
  '*/',
  '\n',
  '\\',
  ':=',
  '<-',
  'func ',
  'type ',
  ' range ',
  '...',
  '\0',
  'case ',
  'import ',
];

describe('damaged Go', () => {
  it('is read whole before it is damaged', () => {
    expect(frontend.parse(SOURCE, 'go', 'a.go')).toMatchObject({ status: 'complete', problem: null });
  });

  it('never makes the parser fail, and keeps every span within the text', () => {
    survivesDamage((text) => frontend.parse(text, 'go', 'a.go'), SOURCE, PIECES);
  });

  it.each([
    ['a brace too many', 'package a\nfunc f() {\n}\n}\nfunc g() { system() }\n'],
    ['a missing brace', 'package a\nfunc f() {\n\tif a {\n}\nfunc g() { system() }\n'],
    ['a text that nothing closes', 'package a\nvar x = "a\nfunc g() { system() }\n'],
    ['a raw text that nothing closes', 'package a\nfunc g() { system() }\nvar x = `a\n'],
    ['a comment that nothing closes', 'package a\nfunc g() { system() }\n/* a\n'],
    ['something that is no Go', '<?php echo 1 ?>\nfunc g() { system() }\n'],
    ['a missing package', 'func g() { system() }\n'],
    ['a statement that is none', 'package a\nfunc g() {\n\ta b c\n\tsystem()\n}\n'],
  ])('is read around %s, and said to be damaged', (_what, text) => {
    const parsed = frontend.parse(text, 'go', 'a.go');
    expect(parsed.status).toBe('recovered');
    expect(parsed.problem).toMatch(/^line \d+, column \d+: not understood$/);
    expect(JSON.stringify(parsed.program)).toContain('"name":"system"');
  });

  it.each([
    ['brackets', '('.repeat(3_000)],
    ['blocks', 'if a { '.repeat(3_000)],
    ['lists', '[]T{'.repeat(3_000)],
    ['functions', 'func() {'.repeat(3_000)],
    ['types', 'var x '.concat('[]'.repeat(3_000), 'int')],
  ])('says that 3,000 %s nest too deep, and reads what stands behind', (_what, text) => {
    const parsed = frontend.parse(`package a\nfunc f() {\n${text}\n\nfunc g() { system() }\n`, 'go', 'a.go');
    expect(parsed).toMatchObject({ status: 'recovered', isCutOff: true });
    expect(JSON.stringify(parsed.program)).toContain('"name":"system"');
  });

  it('takes what is too long in one piece apart, and keeps what is in it', () => {
    const parsed = frontend.parse(`package a\nvar x = b${'.a(c)'.repeat(1_000)}\n`, 'go', 'a.go');
    expect(parsed).toMatchObject({ status: 'recovered', isCutOff: true });
    expect(JSON.stringify(parsed.program).match(/"property":"a"/g)).toHaveLength(1_000);
  });
});
