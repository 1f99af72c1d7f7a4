import { describe, expect, it } from 'vitest';
import { createRubyFrontend } from '../../../../src/static/frontends/ruby/frontend.ts';
import { compileRules } from '../../../../src/rules/compile.ts';
import { loadRules } from '../../../../src/rules/load.ts';
import { prepareRules } from '../../../../src/rules/rule-set.ts';
import { factsOf } from '../../facts-of.ts';

const rules = prepareRules(compileRules([loadRules('rules', 'built-in')]));
const frontend = await createRubyFrontend();

/** Names of the calls in a text. */
async function callsIn(text: string): Promise<readonly string[]> {
  const { calls } = await factsOf(text, 'ruby', 'a.rb', rules);
  return calls.map(({ name }) => name);
}

/** The first argument of each call of a name, as far as it is known. */
async function givenTo(text: string, name: string): Promise<readonly unknown[]> {
  const { calls } = await factsOf(text, 'ruby', 'a.rb', rules);
  return calls.filter((call) => call.name === name).map(({ args }) => args.positional[0]?.constant?.value);
}

describe('Ruby', () => {
  it.each([
    ['calls with and without parentheses', 'f(1); g 1, 2; h', ['f', 'g', 'h']],
    ['methods of constants', 'Net::HTTP.get(u)', ['u', 'Net.HTTP.get']],
    ['objects', 'TCPSocket.new("h", 1)', ['TCPSocket']],
    ['variables, which are no calls', 'a = 1; a; b', ['b']],
    ['commands in backticks', '`ls`; %x{id}', ['`', '`', 'ls', 'id']],
    ['texts with code in them', '"a #{f} #{g(1)} b"', ['f', 'g']],
    ['a here-document', 'f <<~A, 1\n  x #{g}\nA\nh', ['g', 'f', 'h']],
    ['two here-documents on a line', 'f(<<A, <<-B)\n#{g}\nA\n  #{h}\n  B\ni', ['g', 'h', 'f', 'i']],
    ['a here-document in quotes', "f <<'A'\n\#{g}\nA\nh", ['f', 'h']],
    ['conditions behind statements', 'f if g; h unless i', ['g', 'f', 'i', 'h']],
    ['a regular expression or a division', 'a = 6; a / 2; f /x#{g}/, 1', ['g', 'f']],
    ['blocks', 'f { |x| g x }; h do |y| i y end', ['f', 'h', 'g', 'i']],
    ['a block of what is around', 'f g do\n h\nend', ['g', 'f', 'h']],
    ['loops over lists', '[1, 2].each { |x| f x }', ['f']],
    ['rescue and ensure', 'begin\n f\nrescue A, B => e\n g e\nensure\n h\nend', ['f', 'g', 'h']],
    ['case and when', 'case f\nwhen 1 then g\nelse h\nend', ['f', 'g', 'h']],
    ['patterns', 'case f\nin {a: Integer => x} if x > 1 then g x\nin [y, *] then h y\nend', ['f', 'g', 'h']],
    ['a chain over lines', 'a = f\n  # why\n  .g\n  &.h(1)', ['f', '?.g', '?.h']],
    ['if as a value', 'x = if f then g else h end', ['f', 'g', 'h']],
    ['words lists', 'f(*%w[a b], **g, &h)', ['g', 'h', 'f']],
    ['symbols and labels', 'f :a, b: g, "c": h, if: i', ['g', 'h', 'i', 'f']],
    ['choices', 'x = f ? g : h', ['f', 'g', 'h']],
    ['endless methods', 'def f(a) = g(a)\nf 1', ['f', 'g']],
    ['BEGIN and at_exit', 'f\nBEGIN { g }\nat_exit { h }', ['g', 'f', 'at_exit', 'h']],
    ['numbered parameters', 'f { g _1 }; h { i it }', ['f', 'h', 'g', 'i']],
    ['comments', '# f\n=begin\ng\n=end\nh', ['h']],
    ['the end', 'f\n__END__\ng', ['f']],
    ['__END__ in a here-document', 'f <<A\n__END__\nA\ng', ['f', 'g']],
  ])('reads %s', async (_what, text, names) => {
    expect(frontend.parse(text, 'ruby', 'a.rb')).toMatchObject({ status: 'complete', problem: null });
    expect(await callsIn(text)).toEqual(names);
  });

  it.each([
    ['send', 'Kernel.send(:system, "id")'],
    ['__send__ with a name in pieces', 'Kernel.__send__("sys" + "tem", "id")'],
    ['public_send of what stands in a variable', 'm = %w[sys tem].join\nKernel.public_send(m, "id")'],
    ['method objects', 'method(:system).call("id")'],
    ['method objects of Kernel, in short', 'Kernel.method(:system).("id")'],
    ['a constant by its name', 'Object.const_get("Kernel").system("id")'],
    ['a constant in pieces', 'Object.const_get("Ker" + "nel").send(:system, "id")'],
    ['another name', 'alias run system\nrun "id"'],
    ['a block', 'run = ->(c) { system(c) }\nrun.("id")'],
    ['yield', 'def run\n  yield "id"\nend\nrun { |c| system c }'],
    ['a block that is handed on', 'def run(a = 1, &f)\n  f.call("id")\nend\nrun { |c| system c }'],
    ['tap and then', '"id".then { |c| system c }'],
    ['instance_eval', 'Kernel.instance_eval { system "id" }'],
    ['a method that is defined by call', 'define_method(:run) { |c| system c }\nrun "id"'],
    [
      'an attribute',
      'class A\n  def initialize(c)\n    @c = c\n  end\n  def run = system(@c)\nend\nA.new("id").run',
    ],
    ['a method of the class', 'class A\n  def self.run(c) = system(c)\nend\nA.run("id")'],
    ['class << self', 'module A\n  class << self\n    def run(c) = system(c)\n  end\nend\nA.run("id")'],
    [
      'a class in a module',
      'module A\n  class B\n    def run(c) = system(c)\n  end\nend\nA::B.new.run("id")',
    ],
    [
      'an included module',
      'module M\n  def go(c) = system(c)\nend\nclass A\n  include M\nend\nA.new.go("id")',
    ],
    ['a constant of its module', 'module A\n  C = "id"\n  def self.run = system(C)\nend\nA.run'],
    ['a global variable', '$c = "id"\ndef go = system($c)\ngo'],
    ['a pipe to open', 'open("|id")'],
  ])('sees what %s calls', async (_what, text) => {
    expect(await callsIn(text)).toContain('id');
  });

  it.each([
    ['+', 'f "a" + "b"', 'ab'],
    ['<<', 'x = +"a"\nx << "b" << "c"\nf x', 'abc'],
    ['side by side', 'f "a" "b"', 'ab'],
    ['interpolation', 'x = "b"\nf "a#{x}"', 'ab'],
    ['join', 'f ["a", "b"].join', 'ab'],
    ['* and reverse', 'f ("ab" * 2).reverse', 'baba'],
    ['pack', 'f [97, 98].pack("c*")', 'ab'],
    ['hexadecimal digits', 'f ["6162"].pack("H*")', 'ab'],
    ['unpack1', 'f "YWI=".unpack1("m")', 'ab'],
    ['unpack', 'f "YWI=".unpack("m").first', 'ab'],
    ['Base64', 'require "base64"\nf Base64.decode64("YWI=")', 'ab'],
    ['map and chr', 'f [97, 98].map(&:chr).join', 'ab'],
    ['xor', 'f [96, 99].map { |c| (c ^ 1).chr }.join', 'ab'],
    ['tr', 'f "no".tr("a-z", "n-za-m")', 'ab'],
    ['gsub', 'f "aXb".gsub("X", "")', 'ab'],
    ['gsub!', 'x = "aXb"\nx.gsub!(/X/, "")\nf x', 'ab'],
    ['scan and hex', 'f "6162".scan(/../).map { |x| x.hex.chr }.join', 'ab'],
    ['escapes', 'f "\\x61\\u0062\\143"', 'abc'],
    ['slices', 'f "xaby"[1..2]', 'ab'],
    ['slices by length', 'f "xaby"[1, 2]', 'ab'],
    ['each', 'x = ""\n[97, 98].each { |c| x << c.chr }\nf x', 'ab'],
    ['squiggly here-documents', 'f <<~A.strip\n    a\n      b\nA', 'a\n  b'],
    ['symbols', 'f :ab.to_s', 'ab'],
    ['inject', 'f %w[a b].inject(:+)', 'ab'],
    ['format', 'f format("%s%s", "a", "b")', 'ab'],
    ['what stands behind the end', 'f DATA.read\n__END__\nab', 'ab'],
    ['the home folder', 'f File.join(Dir.home, ".ssh")', '~/.ssh'],
    ['the home folder by variable', 'f "#{ENV["HOME"]}/.ssh"', '~/.ssh'],
    ['a path to be expanded', 'f File.expand_path("~/.ssh")', '~/.ssh'],
  ])('folds %s', async (_what, text, value) => {
    expect(await givenTo(text, 'f')).toEqual([value]);
  });
});
