// The layers of src and what each may import; run by itself it holds every file against that.
import fs from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPackage, root } from '../project.mjs'
import { listImports, parseSource } from './imports.mjs'
import { findImpurities } from './purity.mjs'

const window = [
  'react',
  'react-dom',
  'react-aria-components',
  'react-i18next',
  'i18next',
  'lucide-react',
  '@fontsource-variable/inter',
  '@fontsource-variable/noto-sans-arabic',
]
/** The decoder of QR codes, which every page that has a camera shares. */
const decoder = ['barcode-detector', 'zxing-wasm']
const page = { layers: ['ui', 'core'], types: ['contracts'], packages: window }
const service = { layers: ['core', 'contracts'], node: true, libraries: true }
const composed = { layers: ['station', 'core', 'contracts'], node: true, libraries: true }

/**
 * What a layer may import besides itself. `types` are layers of which it may only `import type`; `libraries` are the
 * packages that the product depends on, without those of windows and of Electron.
 * @type {Record<string, {layers?: string[], types?: string[], packages?: string[], node?: boolean,
 *   libraries?: boolean, pure?: boolean}>}
 */
export const layers = {
  core: { types: ['contracts'], packages: ['otpauth/bare', '@noble/hashes', '@noble/curves'], pure: true },
  contracts: { types: ['core'], packages: ['zod', 'canonicalize'] },
  station: service,
  hub: service,
  main: { ...composed, packages: ['electron', 'electron-log'] },
  cli: composed,
  start: { layers: ['main', 'cli'], node: true, packages: ['electron'] },
  preload: { types: ['contracts'], packages: ['electron'] },
  ui: { layers: ['core'], types: ['contracts'], packages: [...window, ...decoder] },
  renderer: page,
  console: page,
  phone: { ...page, packages: [...window, '@noble/curves', '@simplewebauthn/browser', 'idb', 'qrcode'] },
}

const isLibrary = (name) => !window.includes(name) && !/^electron(-|$)/.test(name)
const code = /\.[cm]?[jt]sx?$/

/**
 * @param {string} file path from the tree's root, such as src/core/otp.ts.
 * @param {string[]} dependencies names of the packages that the product depends on.
 * @returns {string[]} a complaint a line: file, line, what it does, and the rule that forbids it.
 */
export function findFaults(file, source, dependencies) {
  const [, layer, ...rest] = file.split('/')
  const rule = rest.length > 0 ? layers[layer] : undefined
  if (!rule) return [`${file}: is in no layer; the layers are ${Object.keys(layers).join(', ')}`]
  const parsed = parseSource(file, source)
  const faults = listImports(parsed).flatMap((each) => {
    const wrong = judge(file, layer, rule, each, dependencies)
    return wrong ? [`${file}:${each.line}: ${wrong}; ${layer} may import ${inWords(rule)}`] : []
  })
  if (!rule.pure) return faults
  const impure = findImpurities(parsed).map(({ line, what }) => `${file}:${line}: ${what}`)
  return [...faults, ...impure.map((fault) => `${fault}; ${layer} is given its time and its randomness`)]
}

/** @param {import('./imports.mjs').Import} target */
function judge(file, layer, rule, { specifier, typeOnly }, dependencies) {
  if (specifier === null) return 'imports something that only shows at run time, or by a reference comment'
  const name = specifier.replace(/\?.*$/, '')
  if (!name.startsWith('.')) return packageAllowed(rule, name, dependencies) ? null : `imports ${specifier}`
  const [top, other, ...rest] = path.posix.join(path.posix.dirname(file), name).split('/')
  if (top !== 'src' || rest.length === 0) return `imports ${specifier}, which is outside every layer`
  if (other === layer || rule.layers?.includes(other)) return null
  if (!rule.types?.includes(other)) return `imports ${specifier} of ${other}`
  return typeOnly ? null : `imports ${specifier} of ${other} for more than its types (write \`import type\`)`
}

function packageAllowed(rule, specifier, dependencies) {
  if (isBuiltin(specifier)) return rule.node === true && specifier.startsWith('node:')
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  if (rule.packages?.includes(name) || rule.packages?.includes(specifier)) return true
  return rule.libraries === true && dependencies.includes(name) && isLibrary(name)
}

function inWords({ layers = [], types = [], packages = [], node, libraries }) {
  const parts = [...layers, ...types.map((layer) => `types of ${layer}`), ...packages]
  if (node) parts.push('node:')
  if (libraries) parts.push('libraries (not a window’s, not Electron’s)')
  return parts.join(', ')
}

/** @returns {string[]} the complaints about a whole tree. */
export function checkTree(tree) {
  const dependencies = Object.keys(readPackage(tree).dependencies ?? {})
  const files = fs
    .readdirSync(path.join(tree, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && code.test(entry.name))
    .map((entry) => path.relative(tree, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
  return files.toSorted().flatMap((file) => {
    try {
      return findFaults(file, fs.readFileSync(path.join(tree, file), 'utf8'), dependencies)
    } catch (error) {
      if (error instanceof SyntaxError) return [error.message]
      throw error
    }
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const complaints = checkTree(root)
  for (const complaint of complaints) console.error(complaint)
  process.exitCode = complaints.length > 0 ? 1 : 0
}
