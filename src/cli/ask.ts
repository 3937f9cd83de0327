// Asks whoever runs a command: at a terminal with a prompt, else by the lines of standard input, one after the other.
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

let piped: AsyncIterator<string> | undefined

/** The next line of what is piped in; '' after the last. */
async function nextLine(): Promise<string> {
  piped ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  const { value, done } = await piped.next()
  return done ? '' : value
}

export async function ask(prompt: string): Promise<string> {
  if (!process.stdin.isTTY) return nextLine()
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await lines.question(prompt)
  } finally {
    lines.close()
  }
}

/** What is typed does not show. */
export async function askHidden(prompt: string): Promise<string> {
  if (!process.stdin.isTTY) return nextLine()
  process.stderr.write(prompt)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

export const isAtTerminal = (): boolean => process.stdin.isTTY === true
