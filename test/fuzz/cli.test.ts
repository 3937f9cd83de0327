// Any arguments at all for the command line: exit status 0, 1 or 2, and never a stack trace.
import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCli, SessionKeychain } from '../support/cli.ts'
import { newFolder, setUp, startDesk } from '../support/fakes.ts'
import { runsOf, seed, timeLimitMs } from './runs.ts'

// Named in the arguments as words, since the paths are known only once the station is there.
const places = ['STATION', 'EXPORT', 'CHECKPOINT', 'EMPTY_FOLDER', 'DATABASE', 'BROKEN_FOLDER', 'MISSING'] as const
const paths = new Map<string, string>()
const keychain = new SessionKeychain()
const folder = newFolder()

beforeAll(async () => {
  const station = path.join(folder, 'station')
  const bench = await startDesk({ keychain, folder: station })
  await setUp(bench)
  await bench.desk.close()
  const env = { WARDKEY_KEYCHAIN_SERVICE: keychain.service, WARDKEY_DATA_DIR: station }
  vi.stubEnv('WARDKEY_KEYCHAIN_SERVICE', keychain.service)
  vi.stubEnv('WARDKEY_DATA_DIR', station)
  for (const [place, args] of [
    ['EXPORT', ['audit', 'export']],
    ['CHECKPOINT', ['audit', 'checkpoint']],
  ] as const) {
    const { stdout } = await runCli(args, { env })
    paths.set(place, path.join(folder, place))
    fs.writeFileSync(path.join(folder, place), stdout)
  }
  for (const place of ['EMPTY_FOLDER', 'BROKEN_FOLDER']) {
    paths.set(place, path.join(folder, place))
    fs.mkdirSync(path.join(folder, place))
  }
  fs.writeFileSync(path.join(folder, 'BROKEN_FOLDER', 'station.db'), 'not a database '.repeat(1000))
  paths.set('STATION', station)
  paths.set('DATABASE', path.join(station, 'station.db'))
  paths.set('MISSING', path.join(folder, 'nothing', 'here'))
})
afterAll(() => {
  vi.unstubAllEnvs()
  fs.rmSync(folder, { recursive: true })
})
afterEach(() => vi.restoreAllMocks())

const place = fc.constantFrom<string>(...places)
/** What the operating system can hand over: any text without a NUL. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map((word) => word.replaceAll('\0', '')),
  fc.constantFrom(
    '',
    '-',
    '--',
    '---',
    '=',
    '--=',
    '-=',
    '\ud800',
    'A'.repeat(5000),
    '$(reboot)',
    '*',
    '../..',
    '-0',
    '1e9',
  ),
)
const value = fc.oneof({ weight: 3, arbitrary: place }, { weight: 1, arbitrary: text })
const optionName = fc.constantFrom(
  '--data',
  '--file',
  '--checkpoint',
  '--format',
  '--json',
  '--since',
  '-j',
  '--help',
  '-h',
  '-V',
)
const valued = fc.tuple(fc.constantFrom('--data', '--file', '--checkpoint'), value)
const option = fc.oneof(
  { weight: 2, arbitrary: fc.constant(['--json']) },
  { weight: 5, arbitrary: valued },
  { weight: 2, arbitrary: valued.map(([name, given]) => [`${name}=${given}`]) },
  { weight: 1, arbitrary: optionName.map((name) => [name]) },
  { weight: 1, arbitrary: fc.tuple(optionName, text) },
  { weight: 1, arbitrary: fc.constantFrom(['--format', 'jsonl'], ['--format', 'csv'], ['--format=JSONL']) },
)
const command = fc.constantFrom(
  ['audit', 'verify'],
  ['audit', 'verify'],
  ['audit', 'verify'],
  ['audit', 'checkpoint'],
  ['audit', 'export'],
  ['status'],
  ['audit'],
  ['help'],
  ['help', 'audit'],
  ['audit', 'help', 'verify'],
  [],
)
/** A command with options that it may or may not know, then now and then a word put in anywhere. */
const someArguments = fc
  .tuple(command, fc.array(option, { maxLength: 3 }), fc.option(fc.tuple(fc.nat(6), text), { freq: 3 }))
  .map(([words, options, stray]) => {
    const all: string[] = [...words, ...options.flat()]
    return stray ? all.toSpliced(stray[0], 0, stray[1]) : all
  })
const filledIn = (args: readonly string[]): string[] =>
  args.map((arg) =>
    arg.replace(/^(-[^=]*=)?([A-Z_]+)$/, (whole, name = '', word) =>
      paths.has(word) ? name + paths.get(word) : whole,
    ),
  )

/** The same file that a shell would start, in this process; whatever it throws, a shell would see as a stack trace. */
async function runHere(args: readonly string[]): Promise<{ status: unknown; stderr: string }> {
  let stderr = ''
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    stderr += chunk
    return true
  })
  vi.spyOn(console, 'error').mockImplementation((line) => {
    stderr += line
  })
  vi.resetModules()
  const before = { argv: process.argv, exitCode: process.exitCode }
  process.argv = [process.execPath, 'wardkey', ...args]
  try {
    await import('../../src/cli/index.ts')
    return { status: process.exitCode, stderr }
  } finally {
    process.argv = before.argv
    process.exitCode = before.exitCode
    vi.restoreAllMocks()
  }
}

const statuses = new Map<unknown, number>()
const count = (status: unknown) => void statuses.set(status, (statuses.get(status) ?? 0) + 1)

function expectPlain(status: unknown, stderr: string): void {
  expect(status).toBeOneOf([0, 1, 2])
  expect(stderr).not.toMatch(/^\s+at .+[:(]|node:internal|^\w*Error\b.*\n/m)
  count(status)
}

describe(`the command line's arguments (seed ${seed})`, () => {
  it(
    'end with 0, 1 or 2 and plain words, whatever they are',
    async () => {
      await fc.assert(
        fc.asyncProperty(someArguments, async (args) => {
          const { status, stderr } = await runHere(filledIn(args))
          expectPlain(status, stderr)
        }),
        runsOf('arguments'),
      )
      console.log(`exit statuses: ${[...statuses].map(([status, times]) => `${times} times ${status}`).join(', ')}`)
      expect(new Set(statuses.keys())).toEqual(new Set([0, 1, 2]))
    },
    timeLimitMs,
  )

  it(
    'do so in a process of its own too',
    async () => {
      await fc.assert(
        fc.asyncProperty(someArguments, async (args) => {
          const { status, stderr } = await runCli(filledIn(args))
          expectPlain(status, stderr)
        }),
        runsOf('processes'),
      )
    },
    timeLimitMs,
  )
})
