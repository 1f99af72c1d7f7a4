import type { Expression, FunctionNode, ParsedText, Statement } from '../../../src/model/program.ts';

/**
 * The common syntax as one line of text, so that a table of snippet and expected lowering can be read: calls as `f(a, k=b)`,
 * members as `a.b`, templates as `` `x${y}` ``, functions as `fn name(p) {…}`, everything else spelled out.
 */
function outlineOf(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'name':
      return expression.name;
    case 'member':
      return `${outlineOf(expression.object)}.${expression.property}`;
    case 'index':
      return `${outlineOf(expression.object)}[${outlineOf(expression.index)}]`;
    case 'slice':
      return `${outlineOf(expression.object)}[slice]`;
    case 'call': {
      const args = expression.args.map(
        ({ name, value }) => (name === null ? '' : `${name}=`) + outlineOf(value),
      );
      return `${outlineOf(expression.callee)}(${args.join(', ')})`;
    }
    case 'binary':
      return `(${outlineOf(expression.left)} ${expression.operator} ${outlineOf(expression.right)})`;
    case 'unary':
      return `${expression.operator}(${outlineOf(expression.operand)})`;
    case 'template':
      return `template[${expression.parts.map(outlineOf).join(', ')}]`;
    case 'list':
      return `[${expression.elements.map(outlineOf).join(', ')}]`;
    case 'record': {
      const entries = expression.entries.map(
        ({ key, value }) => `${key === null ? '...' : `${outlineOf(key)}: `}${outlineOf(value)}`,
      );
      return `{${entries.join(', ')}}`;
    }
    case 'conditional':
      return `(${outlineOf(expression.test)} ? ${outlineOf(expression.whenTrue)} : ${outlineOf(expression.whenFalse)})`;
    case 'comprehension':
      return `comprehension(${outlineOf(expression.element)})`;
    case 'function':
      return outlineOfFunction(expression.definition);
    case 'assignment':
      return `(${outlineOf(expression.target)} := ${outlineOf(expression.value)})`;
    case 'other':
      return `other(${expression.children.map(outlineOf).join(', ')})`;
  }
}

function outlineOfFunction(definition: FunctionNode): string {
  const parameters = definition.parameters.map(
    ({ name, rest, default: value }) => `${rest ?? ''}${name}${value === null ? '' : `=${outlineOf(value)}`}`,
  );
  const decorators = definition.decorators.map((decorator) => `@${outlineOf(decorator)} `).join('');
  return `${decorators}fn ${definition.name ?? ''}(${parameters.join(', ')}) ${outlineOfBody(definition.body)}`;
}

function outlineOfBody(body: readonly Statement[]): string {
  return `{${body.map(outlineOfStatement).join('; ')}}`;
}

/** A statement as one line of text. */
function outlineOfStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'expression':
      return outlineOf(statement.expression);
    case 'assign':
      return `${outlineOf(statement.target)} ${statement.operator} ${outlineOf(statement.value)}`;
    case 'declare':
      return `${outlineOf(statement.target)}: ${outlineOf(statement.annotation)}`;
    case 'return':
      return statement.value === null ? 'return' : `return ${outlineOf(statement.value)}`;
    case 'import': {
      const bindings = statement.bindings.map(({ imported, local }) => `${imported ?? 'module'} as ${local}`);
      return `import '${statement.module}' (${bindings.join(', ')})`;
    }
    case 'import-types':
      return `types '${statement.module}' (${statement.bindings.map(({ local }) => local).join(', ')})`;
    case 'export':
      return `export ${statement.name} = ${outlineOf(statement.value)}`;
    case 'function':
      return outlineOfFunction(statement.definition);
    case 'class': {
      const decorators = statement.decorators.map((decorator) => `@${outlineOf(decorator)} `).join('');
      return `${decorators}class ${statement.name}(${statement.bases.map(outlineOf).join(', ')}) ${outlineOfBody(statement.body)}`;
    }
    case 'branch':
      return `if ${outlineOf(statement.test)} ${statement.branches.map(outlineOfBody).join(' else ')}`;
    case 'loop': {
      const binding = statement.binding === null ? '' : `${outlineOf(statement.binding)} of `;
      const iterable = statement.iterable === null ? '' : outlineOf(statement.iterable);
      return `loop ${binding}${iterable} ${outlineOfBody(statement.body)}`;
    }
    case 'with':
      return `with ${outlineOf(statement.value)} ${outlineOfBody(statement.body)}`;
    case 'block':
      return `block ${statement.bodies.map(outlineOfBody).join(' ')}`;
  }
}

/** A program as one line of text; `unparsed: …` when there is none. */
export function outlineOfProgram(parsed: ParsedText): string {
  if (parsed.program === null) return `${parsed.status}: ${parsed.problem ?? ''}`;
  return parsed.program.body.map(outlineOfStatement).join('; ');
}
