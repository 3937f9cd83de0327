// Finds, in a layer that has neither clock nor chance of its own, whatever reads the one or the other.
import { walk } from './imports.mjs'

/** Each name and the uses of it that read nothing. */
const watched = {
  Date: (parent, key, node) =>
    isMember(parent, node, ['UTC', 'parse']) ||
    (parent.type === 'NewExpression' && key === 'callee' && givesTime(parent.arguments)) ||
    (parent.type === 'BinaryExpression' && parent.operator === 'instanceof' && key === 'right'),
  Math: (parent, _key, node) => isMember(parent, node) && parent.property.name !== 'random',
  // Formats the present where it is given no time, and reads the place's time zone and language in any case.
  Intl: () => false,
  Temporal: () => false,
  crypto: () => false,
  performance: () => false,
  // Ways to reach the names above unseen.
  globalThis: () => false,
  eval: () => false,
  Function: () => false,
}

/** @returns {{line: number, what: string}[]} */
export function findImpurities({ program, lineAt }) {
  const found = []
  walk(program, (node, parent, key) => {
    if (node.type === 'MemberExpression' && reachesConstructor(node))
      found.push({ line: lineAt(node.start), what: 'reaches a constructor' })
    if (node.type !== 'Identifier' || !Object.hasOwn(watched, node.name) || isOnlyAName(parent, key)) return
    if (!watched[node.name](parent, key, node))
      found.push({ line: lineAt(node.start), what: `uses ${inWords(node, parent, key)}` })
  })
  return found
}

/** A property's name or a type, which no value hangs on. */
function isOnlyAName(parent, key) {
  if (parent.type === 'MemberExpression') return key === 'property' && !parent.computed
  if (parent.type === 'TSQualifiedName' || parent.type === 'TSTypeReference') return true
  if (/^(Property|PropertyDefinition|MethodDefinition|TSPropertySignature|TSMethodSignature)$/.test(parent.type))
    return key === 'key' && !parent.computed && !parent.shorthand
  return false
}

/** @param {string[]} [names] none for any. */
function isMember(parent, node, names) {
  if (parent.type !== 'MemberExpression' || parent.object !== node || parent.computed) return false
  return !names || names.includes(parent.property.name)
}

/** `new Date(...x)` may turn out to be given nothing. */
const givesTime = (given) => given.length > 0 && given[0].type !== 'SpreadElement'

/** `[].constructor.constructor('return Date.now()')()` and the like. */
const reachesConstructor = ({ property, computed }) => (computed ? property.value : property.name) === 'constructor'

function inWords(node, parent, key) {
  if (parent.type === 'NewExpression' && key === 'callee') return `new ${node.name} without a time`
  if (parent.type !== 'MemberExpression') return node.name
  return `${node.name}.${parent.computed ? '[…]' : parent.property.name}`
}
