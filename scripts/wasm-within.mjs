// For the build of the window: WebAssembly is carried in the worker that runs it, so that no page needs leave to fetch.
import fs from 'node:fs'
import { createRequire } from 'node:module'

const own = /^\0within:(.+\.wasm)$/

export const wasmWithin = {
  name: 'wasm-within',
  enforce: 'pre',
  /** @param {string} source */
  resolveId: (source) => (source.endsWith('.wasm?url') ? `\0within:${source.slice(0, -'?url'.length)}` : null),
  /** @param {string} id */
  load(id) {
    const [, name] = own.exec(id) ?? []
    if (name === undefined) return null
    const file = createRequire(import.meta.url).resolve(name)
    return `export default 'data:application/wasm;base64,${fs.readFileSync(file, 'base64')}'`
  },
}
