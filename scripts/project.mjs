// Where things are: the tree, its caches, the Node that runs the product, the folder a command was called from.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
export const modules = path.join(root, 'node_modules')

/** Goes with node_modules: what is here is rebuilt after every `npm ci`. */
export const localCache = path.join(modules, '.cache', 'wardkey')

/** The person's own cache: what took minutes to fetch or build serves every clone. */
export const userCache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'wardkey')

/** Node 24, which runs the TypeScript sources as they are; the machine's own Node only has to run these scripts. */
export const node =
  process.platform === 'win32' ? path.join(modules, 'node', 'bin', 'node.exe') : path.join(modules, '.bin', 'node')

/** npm changes to the project's folder, so a relative path typed elsewhere has to be read from where npm was called. */
export const calledFrom = process.env.INIT_CWD && samePath(process.cwd(), root) ? process.env.INIT_CWD : process.cwd()

export function readPackage(folder) {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
}

function samePath(a, b) {
  return fs.realpathSync(a) === fs.realpathSync(b)
}
