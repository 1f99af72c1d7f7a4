import { describe, expect, it } from 'vitest';
import { createJavascriptFrontend } from '../../../../src/static/frontends/javascript/frontend.ts';
import { outlineOfProgram } from '../outline.ts';

const frontend = await createJavascriptFrontend();

/** Snippet and lowering; the outline is described in `outline.ts`. */
const JAVASCRIPT: readonly (readonly [string, string])[] = [
  ['fetch(url)', 'fetch(url)'],
  ['a.b.c(1, "x", ...rest)', 'a.b.c(1, "x", *=rest)'],
  ['a?.b?.[c]?.(1)', 'a.b[c](1)'],
  ['async () => (await (a)).b', 'fn () {return a.b}'],
  ['await a; export {}', 'a'],
  ['new net.Socket(o)', 'net.Socket(o)'],
  ['new Foo', 'Foo()'],
  ['f`x${y}z`', 'f(template["x", y, "z"], y)'],
  ['f`\\u{}`', 'f("\\\\u{}")'],
  ['String.raw`\\x41`', 'String.raw("\\\\x41")'],
  ['x = `a${b}`', 'x = template["a", b]'],
  ['x = `plain`', 'x = "plain"'],
  ['import("child_process").then(m => m.exec(c))', 'import("child_process").then(fn (m) {return m.exec(c)})'],
  ['(0, eval)("x")', 'eval("x")'],
  ['(a(), eval)("x")', '(a() , eval)("x")'],
  ['a(), b = c(), d', 'a(); b = c(); d'],
  ['ok && run()', 'if ok {run()}'],
  ['ok || run()', 'if !(ok) {run()}'],
  ['ok ? run() : stop()', 'if ok {run()} else {stop()}'],
  ['x = a ?? b', 'x = (a ?? b)'],
  ['x += "y"', 'x += "y"'],
  ['f(x = 1, y ||= 2)', 'f((x := 1), (y := (y || 2)))'],
  ['i++; delete a.b; typeof c; void 0; -1', '++(i); delete(a.b); typeof(c); void(0); -(1)'],
  ['x = 0x10 + 0b11 + 0o17 + 1_000 + 10n', 'x = ((((16 + 3) + 15) + 1000) + 10)'],
  ['x = [1, , ...y]', 'x = [1, null, y]'],
  [
    'x = {a: 1, "b": 2, [c]: 3, d, e() { f() }, get g() { return h() }, ...i, 4: 5}',
    'x = {"a": 1, "b": 2, c: 3, "d": d, "e": fn () {f()}, "g": fn () {return h()}, ...i, "4": 5}',
  ],
  [
    'const {exec: run, spawn} = require("child_process")',
    '{"exec": run, "spawn": spawn} = require("child_process")',
  ],
  ['let [a, {b = f()}, ...c] = d', '[a, {"b": (b := f())}, c] = d'],
  ['({a, b: c = 1} = d)', '{"a": a, "b": (c := 1)} = d'],
  ['for (const [k, v] of Object.entries(o)) f(k)', 'loop [k@12, v@14] of Object.entries(o) {f(k@12)}'],
  ['for (k in o) f(k)', 'loop k of o {f(k)}'],
  ['for (let i = 0; i < n; i++) { f(i) }', 'i@8 = 0; loop (i@8 < n) {f(i@8); ++(i@8)}'],
  ['while (a()) b(); do c(); while (d())', 'loop a() {b()}; loop d() {c()}'],
  ['if (a) b(); else if (c) d(); else e()', 'if a {b()} else {if c {d()} else {e()}}'],
  [
    'switch (os.platform()) { case "win32": a(); break; case f(): b(); default: c() }',
    'if other(os.platform(), "win32", f()) {a()} else {b()} else {c()}',
  ],
  ['try { a() } catch (e) { b() } finally { c() }', 'block {a()} {e@19 = caught(other()); b()} {c()}'],
  ['throw new Error(f())', 'raise(Error(f()))'],
  ['out: { a() }', 'a()'],
  ['with (a) b()', 'with a {b()}'],
  [
    'async function* f({a}, b = g(), ...c) { yield a; return b }',
    'fn f(parameter@0, b=g(), *c) {{"a": a} = parameter@0; yield(a); return b}',
  ],
  ['x = function named(a) { a() }', 'x = fn named(a) {a()}'],
  ['x = async a => await a()', 'x = fn (a) {return a()}'],
  [
    'class A extends b.C { x = f(); static #y = 1; constructor(p) { super(p) } async m() { this.#y } get z() { return 1 } static { h() } [k()]() {} }',
    'class A(b.C) {x = f(); #y = 1; fn constructor(p) {super(p)}; fn m() {this.#y}; fn z() {return 1}; fn () {h()}(); k(); fn computed() {}}',
  ],
  ['module.exports = class extends B {}', 'class class@17(B) {}; module.exports = class@17'],
  ['@dec(f()) class A { @log m() {} }', '@dec(f()) class A() {@log fn m() {}}'],
  ['import "a"', "import 'a' ()"],
  ['import d, * as n from "a"', "import 'a' (default as d, module as n)"],
  ['import d, {a, b as c, default as e} from "m"', "import 'm' (default as d, a as a, b as c, default as e)"],
  ['export * from "m"', "import 'm' (module as *@0); export * = *@0"],
  ['export * as n from "m"', "import 'm' (module as n@0); export n = n@0"],
  ['export {exec as run} from "child_process"', "import 'child_process' (exec as run@0); export run = run@0"],
  ['export {a, b as c}', 'export a = a; export c = b'],
  ['export default f()', 'export default = f()'],
  ['export default function () { a() }', 'fn default() {a()}; export default = default'],
  [
    'export const {a, b: [c]} = d(), e = 1',
    '{"a": a, "b": [c]} = d(); e = 1; export a = a; export c = c; export e = e',
  ],
  ['export class A {}', 'class A() {}; export A = A'],
  ['import.meta.url; new.target', 'import.meta.url; new.target'],
  [
    '<A b={f()} c="d" {...e}>text {g()}<B/></A>',
    'other(other(A, other(f(), "d", e)), other(), g(), other(B, other()), other(A))',
  ],
  ['x = /child_process/i', 'x = other()'],
  ['require(/child_process/.source)', 'require("child_process")'],
  ['#!/usr/bin/env node\nf()', 'f()'],
  ['\\u0065val("1")', 'eval("1")'],
  ['"use strict"; debugger; ;', '"use strict"'],
];

const TYPESCRIPT: readonly (readonly [string, string])[] = [
  ['((a as any)!.b<string>(<T>c)) satisfies D', 'a.b(c)'],
  [
    'import type {A} from "a"; import {type B, c} from "b"; import fs = require("fs"); import d = e.f.g',
    "types 'a' (A); import 'b' (c as c); types 'b' (B); import 'fs' (module as fs); d = e.f.g",
  ],
  ['export type {A} from "a"; export = f()', 'export default = f()'],
  [
    'interface A { b(): void } type C = D; declare const x: E; declare function f(): void; function g(): void',
    '',
  ],
  ['export enum A { B, C = f() }', 'A = {"B": "", "C": f()}; export A = A'],
  ['namespace A.B { export const c = f() } declare module "m" { }', 'block {c = f(); export c = c}'],
  [
    'abstract class A { private b?: string; abstract c(): void; constructor(private d: E, @Inject() e) {} }',
    'class A() {@Inject() fn constructor(d, e) {this.d = d}}',
  ],
  ['function f(this: A, b: C = d): E { return b! }', 'fn f(this, b=d) {return b}'],
];

describe('the lowering of JavaScript', () => {
  it.each(JAVASCRIPT)('%s', (snippet, expected) => {
    expect(outlineOfProgram(frontend.parse(snippet, 'javascript', 'a.js'))).toBe(expected);
  });
});

describe('the lowering of TypeScript', () => {
  it.each(TYPESCRIPT)('%s', (snippet, expected) => {
    const parsed = frontend.parse(snippet, 'typescript', 'a.ts');
    expect(outlineOfProgram(parsed)).toBe(expected);
    expect(parsed.status).toBe('complete');
  });
});

describe.each([',', '||', '&&', '??', '|'])(
  'a chain of thousands of operands with %s, as packed code has them',
  (operator) => {
    it('is read in full', () => {
      const operands = Array.from({ length: 5_000 }, (_, index) => `f${index}()`);
      const parsed = frontend.parse(`x = (${operands.join(operator)});`, 'javascript', 'a.js');
      expect(parsed.status).toBe('complete');
      const outline = outlineOfProgram(parsed);
      expect(operands.every((operand) => outline.includes(operand))).toBe(true);
      expect(outline.indexOf('f0()')).toBeLessThan(outline.indexOf('f4999()'));
    });
  },
);
