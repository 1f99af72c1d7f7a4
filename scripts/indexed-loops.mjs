import ts from 'typescript';

/** What the library calls arrays, beside `T[]` and tuples: numbers count through them, too. */
const ARRAYS =
  /^(?:RegExp(?:Match|Exec)Array|(?:Big)?(?:Ui|I)nt\d+(?:Clamped)?Array|Float\d+Array|Buffer(?:<.*>)?)$/;

/** True for what is surely an array when the program runs, whatever else the type allows. */
function isArray(checker, type) {
  if (type.isUnion()) return type.types.every((each) => isArray(checker, each));
  return (
    checker.isArrayType(type) || checker.isTupleType(type) || ARRAYS.test(type.getSymbol()?.getName() ?? '')
  );
}

/** True for `import('./other.ts')`. */
function isImportOfSource(node) {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return false;
  const [place] = node.arguments;
  return place !== undefined && ts.isStringLiteral(place) && /^\.\.?\/.*\.ts$/.test(place.text);
}

/** `import('./other.js')`: in code that was changed the compiler no longer sees that it has to rename what is imported. */
function importOfModule(factory, { expression, arguments: [place] }) {
  const renamed = factory.createStringLiteral(place.text.replace(/ts$/, 'js'), true);
  return factory.createCallExpression(expression, undefined, [renamed]);
}

/** True for a pattern such as `[a, , b = 1]`, which can be asked by numbers. */
function isPlainPattern(node) {
  return ts.isArrayBindingPattern(node) && node.elements.every((each) => each.dotDotDotToken === undefined);
}

/** `{ 0: a, 2: b = 1 }` for `[a, , b = 1]`. */
function byNumber(factory, pattern) {
  return factory.createObjectBindingPattern(
    pattern.elements.flatMap((each, index) =>
      ts.isOmittedExpression(each)
        ? []
        : factory.createBindingElement(
            undefined,
            factory.createNumericLiteral(index),
            each.name,
            each.initializer,
          ),
    ),
  );
}

/** The array of `for (const [index, item] of array.entries())`; null for any other loop. */
function arrayOfEntries({ expression, initializer }) {
  const [{ name }] = initializer.declarations;
  const isNamed =
    isPlainPattern(name) &&
    name.elements.length === 2 &&
    name.elements.every((each) => ts.isBindingElement(each) && each.initializer === undefined);
  const isEntries =
    ts.isCallExpression(expression) &&
    ts.isPropertyAccessExpression(expression.expression) &&
    expression.expression.name.text === 'entries' &&
    expression.arguments.length === 0;
  return isNamed && isEntries ? expression.expression.expression : null;
}

/**
 * `for (let i = 0, list = …; i < list.length; i++) { const item = list[i]; … }` for `for (const item of …) …`.
 * @param placesOf what each step declares, by the number and the item: names or patterns, each with what it stands for
 */
function counted(factory, statement, array, placesOf) {
  const index = factory.createLoopVariable();
  const list = factory.createUniqueName('list');
  const declare = (name, value) => factory.createVariableDeclaration(name, undefined, undefined, value);
  const initializer = factory.createVariableDeclarationList(
    [declare(index, factory.createNumericLiteral(0)), declare(list, array)],
    ts.NodeFlags.Let,
  );
  const places = placesOf(index, factory.createElementAccessExpression(list, index));
  const item = factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList(
      places.map(([name, value]) => declare(name, value)),
      statement.initializer.flags & ts.NodeFlags.BlockScoped,
    ),
  );
  return factory.createForStatement(
    initializer,
    factory.createLessThan(index, factory.createPropertyAccessExpression(list, 'length')),
    factory.createPostfixIncrement(index),
    // The body keeps a scope of its own: it may hide the item's name.
    factory.createBlock([item, statement.statement], true),
  );
}

/**
 * Loops over arrays and patterns that take arrays apart are compiled to numbers that count through them. An iterator makes an object at
 * each step until V8 optimises the loop, and most functions here never run that long; the code that closes iterators is longer, too.
 * @param {ts.Program} program whose types say what an array is
 * @returns {ts.TransformerFactory<ts.SourceFile>}
 */
export function indexedLoops(program) {
  const checker = program.getTypeChecker();
  const takesArray = (node) => isArray(checker, checker.getTypeAtLocation(node));
  return (context) => {
    const { factory } = context;
    const visit = (node) => {
      if (
        ts.isForOfStatement(node) &&
        node.awaitModifier === undefined &&
        ts.isVariableDeclarationList(node.initializer)
      ) {
        const array = arrayOfEntries(node);
        if (array !== null && takesArray(array)) {
          const visited = ts.visitEachChild(node, visit, context);
          const [number, item] = node.initializer.declarations[0].name.elements;
          return counted(factory, visited, visited.expression.expression.expression, (index, element) => [
            [number.name, index],
            [ts.visitNode(item.name, visit), element],
          ]);
        }
        if (takesArray(node.expression)) {
          const visited = ts.visitEachChild(node, visit, context);
          const [{ name }] = visited.initializer.declarations;
          return counted(factory, visited, visited.expression, (_index, element) => [[name, element]]);
        }
      }
      if (isImportOfSource(node)) return importOfModule(factory, node);
      if (isPlainPattern(node) && takesArray(node))
        return byNumber(factory, ts.visitEachChild(node, visit, context));
      return ts.visitEachChild(node, visit, context);
    };
    return (file) => ts.visitNode(file, visit);
  };
}
