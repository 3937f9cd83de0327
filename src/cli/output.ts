// What a command answers with, as lines for people or as one JSON object.

export interface Answer {
  /** The command found a problem: exit status 1. */
  readonly found: boolean
  /** Exit status, where it is neither of a found problem nor of none. */
  readonly status?: number
  readonly lines: readonly string[]
  /** null where the command has already written its own machine-readable lines. */
  readonly json: Readonly<Record<string, unknown>> | null
}

/** Used wrongly: exit status 2. */
export class UsageError extends Error {}

export function print(answer: Answer, json: boolean): void {
  if (json) {
    if (answer.json) process.stdout.write(`${JSON.stringify(answer.json)}\n`)
  } else if (answer.lines.length > 0) process.stdout.write(`${answer.lines.join('\n')}\n`)
}

export const problem = (line: string, json: Record<string, unknown>): Answer => ({
  found: true,
  lines: [line],
  json: { ok: false, ...json },
})

/** As fast as whoever reads it. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((drained) => process.stdout.once('drain', drained))
}
