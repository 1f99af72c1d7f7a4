import { describe, expect, it } from 'vitest';
import { createRubyFrontend } from '../../../../src/static/frontends/ruby/frontend.ts';
import { survivesDamage } from '../damage.ts';

const frontend = await createRubyFrontend();

const SOURCE = `
require 'net/http'
module Tool
  class Client < Base
    attr_reader :key
    def initialize(url:, **rest, &block)
      @url, @rest = url, rest
      @key ||= ENV.fetch('KEY') { "none #{rand}" }
    end
    def get(path) = Net::HTTP.get(URI("#{@url}/#{path}"))
    def each
      return enum_for unless block_given?
      lines = <<~TEXT.lines
        a #{get "x"}
        b
      TEXT
      lines.each_with_index { |line, at| yield line.chomp, at if at > 0 }
    rescue IOError, *ERRORS => e
      warn %w[a b].map(&:upcase).join(?,) + e.message.sub(/a(b)?/i, '')
    ensure
      @done = true
    end
  end
end
case x
in {a: [Integer => y, *]} if y > 1 then puts y
when 1, 2..3 then p(*z, k: 1)
else exit! unless defined?(Foo) && !bar
end
`;

const PIECES = [
  '(',
  ')',
  '{',
  '}',
  '"',
  "'",
  '#{',
  'end',
  ' do ',
  '<<~A\n',
  '|',
  '%w(',
  '/',
  ':',
  '\n',
  '\\',
  '=begin\n',
  '__END__\n',
  ' if ',
  'def ',
  '?',
  '\0',
];

describe('damaged Ruby', () => {
  it('is read whole before it is damaged', () => {
    expect(frontend.parse(SOURCE, 'ruby', 'a.rb')).toMatchObject({ status: 'complete', problem: null });
  });

  it('never makes the parser fail, and keeps every span within the text', () => {
    survivesDamage((text) => frontend.parse(text, 'ruby', 'a.rb'), SOURCE, PIECES);
  });

  it.each([
    ['a missing end', 'def f\n  if a\n    b\nend\nsystem "x"\n'],
    ['an end too many', 'def f\nend\nend\nsystem "x"\n'],
    ['a missing quote', 'puts "a\nsystem 1\n'],
    ['a missing parenthesis', 'f(1,\nend\nsystem "x"\n'],
    ['a stray brace', 'a }\nsystem "x"\n'],
    ['something that is no Ruby', '<?php echo 1 ?>\nsystem "x"\n'],
  ])('is read around %s, and said to be damaged', (_what, text) => {
    const parsed = frontend.parse(text, 'ruby', 'a.rb');
    expect(parsed.status).toBe('recovered');
    expect(parsed.problem).toMatch(/^line \d+, column \d+: not understood$/);
    expect(JSON.stringify(parsed.program)).toContain('"name":"system"');
  });

  it.each([
    ['brackets', '('.repeat(3_000)],
    ['blocks', 'a { '.repeat(3_000)],
    ['interpolations', '"#{'.repeat(3_000)],
    ['conditions', 'if a\n'.repeat(3_000)],
  ])('says that 3,000 %s nest too deep', (_what, text) => {
    expect(frontend.parse(text, 'ruby', 'a.rb')).toMatchObject({
      status: 'unparsed',
      problem: 'nests too deep to parse',
    });
  });

  it('takes what is too long in one piece apart, and keeps every call', () => {
    const parsed = frontend.parse(`x${'.a(b)'.repeat(1_000)}\n`, 'ruby', 'a.rb');
    expect(parsed).toMatchObject({ status: 'recovered', isCutOff: true });
    expect(JSON.stringify(parsed.program).match(/"property":"a"/g)).toHaveLength(1_000);
  });
});
