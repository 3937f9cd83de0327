// The operator's command line as a real process, on the folder of a test's station.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { stationEnv } from './station-app.ts'
import { sameTime } from './station-time.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface CliResult {
  readonly status: number | null
  readonly text: string
  readonly json: Record<string, unknown>
}

export function runCli(folder: string, ...args: string[]): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'src/cli/index.ts'), ...args], {
      env: { ...stationEnv(folder), ...sameTime() },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    child.once('error', reject)
    child.once('close', (status) => {
      text = text.trim()
      resolve({ status, text, json: args.includes('--json') ? JSON.parse(text) : {} })
    })
  })
}
