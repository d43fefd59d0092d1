// Keeps clock and chance out of src/domain: the compiler lets them pass, being part of the language itself.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(process.argv[2] ?? '.');
const domain = join(root, 'src/domain');
const impureGlobals = new Set([
  'performance',
  'crypto',
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'globalThis',
  'Temporal',
]);
const impureMembers = new Set(['Date.now', 'Math.random']);

const files = readdirSync(domain, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

let found = 0;
for (const file of files) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  visit(source, (node, what) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    process.stdout.write(`${relative(root, file)}:${line + 1}: ${what} has no place in the domain; hand the value in\n`);
    found += 1;
  });
}
process.stdout.write(`${files.length} domain files, ${found} impurities\n`);
process.exit(found > 0 || files.length === 0 ? 1 : 0);

function visit(node, report) {
  if (ts.isPropertyAccessExpression(node) && impureMembers.has(`${node.expression.getText()}.${node.name.text}`))
    report(node, node.getText());
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) report(node, 'new Date()');
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') report(node, 'Date()');
  if (ts.isIdentifier(node) && impureGlobals.has(node.text) && isFree(node)) report(node, node.text);
  ts.forEachChild(node, (child) => visit(child, report));
}

/** A use of the global, not a property, key or own declaration that happens to have its name. */
function isFree(node) {
  const { parent } = node;
  const isName = 'name' in parent && parent.name === node;
  const isKey = ts.isPropertyAssignment(parent) && parent.name === node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  return !isName && !isKey && !isMember && !ts.isTypeReferenceNode(parent) && !ts.isQualifiedName(parent);
}
