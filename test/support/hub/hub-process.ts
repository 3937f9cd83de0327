// The hub as a real process: on the sources as `npm run hub` starts it, or wherever it was built to.
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../..')
const startsWithinMs = 60_000

export interface HubProcess {
  readonly url: string
  /** null where somebody is set up already. */
  readonly setupLink: string | null
  readonly pid: number
  /** Everything that it printed. */
  output(): string
  kill(): Promise<void>
  stop(): Promise<number | null>
}
export interface HubPlace {
  /** Its program, where that is not the sources. */
  readonly program?: string
  /** Its data; a new folder, gone with it, where none is named. */
  readonly folder?: string
}

export async function startHubProcess(env: Record<string, string> = {}, place: HubPlace = {}): Promise<HubProcess> {
  const folder = place.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-hub-'))
  const child = spawn(process.execPath, [place.program ?? path.join(root, 'src/hub/index.ts')], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', WARDKEY_HUB_DATA_DIR: folder, WARDKEY_HUB_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const clear = () => {
    if (place.folder === undefined) fs.rmSync(folder, { recursive: true, force: true })
  }
  // The link is printed after the address, and only where nobody is set up; `ready` is printed last.
  await printed(
    child,
    () => /^wardkey hub: ready$/m.test(text),
    () => text,
  )
  return {
    url: /^wardkey hub: at (\S+)$/m.exec(text)?.[1] ?? '',
    setupLink: /^ {2}(\S+\/set-up#\S+)$/m.exec(text)?.[1] ?? null,
    pid: child.pid ?? 0,
    output: () => text,
    async kill() {
      child.kill('SIGKILL')
      await ended
      clear()
    },
    async stop() {
      child.kill('SIGTERM')
      const status = await ended
      clear()
      return status
    },
  }
}

async function printed(child: ChildProcess, isThere: () => boolean, text: () => string): Promise<void> {
  for (let waitedMs = 0; waitedMs < startsWithinMs; waitedMs += 50) {
    if (isThere()) return
    if (child.exitCode !== null) throw new Error(`the hub ended before it was there: ${text()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error('the hub did not start')
}
