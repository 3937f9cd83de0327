// What a source file imports, read from its syntax tree: no comment and no string can hide an import or fake one.
import { parseSync } from 'vite'

/**
 * @typedef {{specifier: string | null, typeOnly: boolean, line: number}} Import
 * specifier is null where the target is only known at run time; typeOnly says that nothing of it is left at run time.
 * @typedef {{type: string, start: number, [key: string]: any}} SyntaxNode
 */

/** @returns {{program: SyntaxNode, lineAt: (offset: number) => number, comments: {value: string, start: number}[]}} */
export function parseSource(file, source) {
  const { program, comments, errors } = parseSync(file, source)
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`)
  return { program, comments, lineAt: (offset) => source.slice(0, offset).split('\n').length }
}

/** Calls visit(node, parent, key) for every node, parents first. */
export function walk(node, visit, parent = null, key = '') {
  visit(node, parent, key)
  for (const [name, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (child && typeof child.type === 'string') walk(child, visit, node, name)
  }
}

/** @returns {Import[]} */
export function listImports({ program, comments, lineAt }) {
  const found = []
  walk(program, (node) => {
    const target = importOf(node)
    if (target) found.push({ ...target, line: lineAt(node.start) })
  })
  // The one kind of comment that the compiler obeys: it brings in types, or a whole lib.
  for (const { value, start } of comments)
    if (/^\/\s*<reference\b/.test(value)) found.push({ specifier: null, typeOnly: true, line: lineAt(start) })
  return found
}

/** @param {SyntaxNode} node */
function importOf(node) {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: node.source.value, typeOnly: node.importKind === 'type' }
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.source ? { specifier: node.source.value, typeOnly: node.exportKind === 'type' } : null
    case 'ImportExpression':
      return { specifier: textOf(node.source), typeOnly: false }
    case 'TSImportType':
      return { specifier: textOf(node.source), typeOnly: true }
    case 'TSExternalModuleReference':
      return { specifier: textOf(node.expression), typeOnly: false }
    case 'CallExpression':
      return calledImport(node)
    case 'NewExpression':
      // A worker's file, and whatever else the bundler takes along.
      return isNamed(node.callee, 'URL') && isImportMeta(node.arguments[1]?.object)
        ? { specifier: textOf(node.arguments[0]), typeOnly: false }
        : null
    case 'Identifier':
      return loaders.has(node.name) ? { specifier: null, typeOnly: false } : null
    default:
      return null
  }
}

// Ways to load a module by a name made at run time.
const loaders = new Set(['createRequire', 'getBuiltinModule', 'importScripts'])

function calledImport({ callee, arguments: given }) {
  if (isNamed(callee, 'require')) return { specifier: textOf(given[0]), typeOnly: false }
  const globs = callee.type === 'MemberExpression' && isImportMeta(callee.object)
  return globs && /^glob/.test(callee.property.name ?? callee.property.value)
    ? { specifier: null, typeOnly: false }
    : null
}

const isNamed = (node, name) => node.type === 'Identifier' && node.name === name

const isImportMeta = (node) => node?.type === 'MetaProperty' && node.meta.name === 'import'

function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  return node?.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis[0].value.cooked : null
}
