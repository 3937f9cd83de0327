// Runs what needs no window in each engine that the product has: Node for the command line, Electron's for the station.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { build } from 'vite'
import type { Result } from './result.ts'

const entry = path.join(import.meta.dirname, 'engine.ts')

export function benchInNode(folder: string): Promise<Result[]> {
  return run(process.execPath, [entry, path.join(folder, 'node')], {})
}

/** @param folder has to be inside the project, so that the bundle finds the native modules. */
export async function benchInElectron(electron: string, folder: string): Promise<Result[]> {
  const bundle = path.join(folder, 'engine.mjs')
  // Its Node is too old to take the types off by itself.
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.18',
      rollupOptions: { external: ['better-sqlite3', 'keytar'], output: { entryFileNames: path.basename(bundle) } },
    },
  })
  return run(electron, [bundle, path.join(folder, 'electron')], { ELECTRON_RUN_AS_NODE: '1' })
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Result[]> {
  fs.mkdirSync(args[1] as string, { recursive: true })
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    child.once('error', reject)
    child.once('close', (status) => {
      if (status === 0) resolve(JSON.parse(text) as Result[])
      else reject(new Error(`the benchmarks in ${path.basename(program)} ended with ${status}`))
    })
  })
}
