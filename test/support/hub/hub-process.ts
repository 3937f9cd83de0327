// The hub as a real process on its embedded database, as `npm run hub` starts it.
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../..')
const startsWithinMs = 60_000

export interface HubProcess {
  readonly url: string
  readonly setupLink: string
  /** Everything that it printed. */
  output(): string
  stop(): Promise<number | null>
}

export async function startHubProcess(env: Record<string, string> = {}): Promise<HubProcess> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-hub-'))
  const child = spawn(process.execPath, [path.join(root, 'src/hub/index.ts')], {
    env: { PATH: process.env.PATH ?? '', WARDKEY_HUB_DATA_DIR: folder, WARDKEY_HUB_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = await printed(child, () => /^wardkey hub: at (\S+)$/m.exec(text)?.[1])
  const setupLink = await printed(child, () => /^ {2}(\S+\/set-up#\S+)$/m.exec(text)?.[1])
  return {
    url,
    setupLink,
    output: () => text,
    async stop() {
      child.kill('SIGTERM')
      const status = await ended
      fs.rmSync(folder, { recursive: true, force: true })
      return status
    },
  }
}

async function printed(child: ChildProcess, find: () => string | undefined): Promise<string> {
  for (let waitedMs = 0; waitedMs < startsWithinMs; waitedMs += 50) {
    const found = find()
    if (found) return found
    if (child.exitCode !== null) throw new Error('the hub ended before it was there')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error('the hub did not start')
}
