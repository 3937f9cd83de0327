// What the compiler lets each layer know: core the bare language, a service no DOM, a window no Node.
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const run = promisify(execFile)

const ofNode = ['process', 'Buffer', 'require', 'module', '__dirname', 'global', 'setImmediate']
const ofPages = ['document', 'window', 'HTMLElement', 'XMLHttpRequest', 'customElements']
const ofBoth = ['setTimeout', 'setInterval', 'queueMicrotask', 'console', 'crypto', 'performance', 'fetch', 'navigator']
const everything = [...ofNode, ...ofPages, ...ofBoth, 'Temporal']
const unknownTo: [layer: string, names: string[]][] = [
  ['core', everything],
  ['contracts', everything],
  ['station', ofPages],
  ['main', ofPages],
  ['cli', ofPages],
  ['start', ofPages],
  // Electron's types bring Node's along, whatever is asked for.
  ['preload', ofPages],
  ['ui', ofNode],
  ['renderer', ofNode],
]

/** Compiles the layer as it is, with one more file that names every one of them on a line of its own. */
async function complaintsOf(layer: string, names: readonly string[]): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-types-'))
  try {
    fs.writeFileSync(path.join(folder, 'slip.ts'), names.map((name) => `export const a${name} = ${name}\n`).join(''))
    const config = {
      extends: path.join(root, 'src', layer, 'tsconfig.json'),
      compilerOptions: { typeRoots: ['@types', '.'].map((each) => path.join(root, 'node_modules', each)) },
      include: ['.', path.join(root, 'src', layer)],
    }
    fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
    const args = [tsc, '--noEmit', '--pretty', 'false', '-p', folder]
    return await run(process.execPath, args, { cwd: root }).then(
      ({ stdout }) => stdout,
      ({ stdout }) => stdout,
    )
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}

describe.each(unknownTo)('%s', (layer, names) => {
  it('does not compile where it names what it may not know', async () => {
    const complaints = (await complaintsOf(layer, names)).split('\n').filter((line) => line.includes('error'))
    for (const [line, name] of names.entries())
      expect(
        complaints.filter((each) => each.includes(`slip.ts(${line + 1},`)),
        name,
      ).toHaveLength(1)
  })
})
