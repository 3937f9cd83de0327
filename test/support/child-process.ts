// A TypeScript program as a child process, under the Node that runs the tests.
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import readline from 'node:readline'

export const sourceFolder = path.resolve(import.meta.dirname, '../..')

export interface Child {
  readonly process: ChildProcess
  /** Lines of its standard output, as they come. */
  onLine(listener: (line: string) => void): void
  /** Writes one line to its standard input. */
  send(line: string): void
  /** After its last line; the exit status, null where a signal ended it. */
  readonly ended: Promise<number | null>
  /** What it wrote to standard error. */
  complaints(): string
}

/** @param program a file beside this one. */
export function startChild(program: string, args: readonly string[]): Child {
  const file = path.join(import.meta.dirname, program)
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const listeners: ((line: string) => void)[] = []
  const lines = readline.createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    for (const listener of listeners) listener(line)
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const read = new Promise((resolve) => lines.once('close', resolve))
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    process: child,
    onLine: (listener) => void listeners.push(listener),
    send: (line) => void child.stdin.write(`${line}\n`),
    ended: Promise.all([closed, read]).then(([status]) => status),
    complaints: () => complaints,
  }
}
