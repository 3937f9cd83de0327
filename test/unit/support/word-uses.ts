// Where the window's source asks for words: each key, and the values handed over with it.
import fs from 'node:fs'
import path from 'node:path'
import { parseSource, walk } from '../../../scripts/test/imports.mjs'

const root = path.resolve(import.meta.dirname, '../../..')

export interface Use {
  readonly where: string
  /** With a star for each part that only shows at run time; null where it is no text at all. */
  readonly key: string | null
  readonly given: readonly string[] | null
}
interface Node {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

function keysOf(node: Node): (string | null)[] {
  if (node.type === 'Literal') return [String(node.value)]
  if (node.type === 'ConditionalExpression')
    return [...keysOf(node.consequent as Node), ...keysOf(node.alternate as Node)]
  if (node.type !== 'TemplateLiteral') return [null]
  return [(node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('*')]
}

/** Names of the values that a call hands over; null where that can't be seen. */
function givenTo(options: Node | undefined): string[] | null {
  if (!options) return []
  if (options.type !== 'ObjectExpression') return null
  return (options.properties as { key?: { name: string } }[]).map(({ key }) => key?.name ?? '')
}

function usesIn(file: string): Use[] {
  const { program, lineAt } = parseSource(file, fs.readFileSync(path.join(root, file), 'utf8'))
  const uses: Use[] = []
  walk(program, (node: Node) => {
    const callee = node.callee as { type: string; name: string } | undefined
    if (node.type !== 'CallExpression' || callee?.type !== 'Identifier' || callee.name !== 't') return
    const [first, options] = node.arguments as Node[]
    for (const key of first ? keysOf(first) : [null])
      uses.push({ where: `${file}:${lineAt(node.start)}`, key, given: givenTo(options) })
  })
  return uses
}

export const uses: Use[] = ['src/renderer', 'src/ui']
  .flatMap((folder) => fs.readdirSync(path.join(root, folder), { recursive: true }).map((file) => `${folder}/${file}`))
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap(usesIn)
