// The command line as a real process, and stations whose keys it finds in the session's keychain.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import type { KeychainAccount } from '../../src/station/ports.ts'
import { sourceFolder } from './child-process.ts'
import { type Bench, FakeKeychain, newFolder, setUp, startDesk } from './fakes.ts'

/** Entries of the real keychain under a service name of their own. */
export class SessionKeychain extends FakeKeychain {
  readonly service: string
  constructor(service: string = `wardkey-test-${randomUUID()}`) {
    super()
    this.service = service
    const real = createKeytarKeychain(service)
    this.read = (account: KeychainAccount) => real.read(account)
    this.write = (account: KeychainAccount, value: string) => real.write(account, value)
    this.remove = (account: KeychainAccount) => real.remove(account)
  }
}

export interface CliRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliSettings {
  /** Added to this process's own; undefined takes a variable away. */
  readonly env?: Record<string, string | undefined>
  readonly nodeArgs?: readonly string[]
  /** Reads standard output instead of keeping it; returning false closes the pipe. */
  readonly onOutput?: (chunk: Buffer) => boolean
}

/** libsecret's library complains of itself where many processes ask one keyring at once; the answer is right all the same. */
const glibNoise = /\n?\(process:\d+\): GLib-[^\n]*CRITICAL[^\n]*\n/g

export function runCli(args: readonly string[], settings: CliSettings = {}): Promise<CliRun> {
  const entry = path.join(sourceFolder, 'src', 'cli', 'index.ts')
  const child = spawn(process.execPath, [...(settings.nodeArgs ?? []), entry, ...args], {
    env: { ...process.env, ...settings.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout: Buffer[] = []
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    if (!settings.onOutput) stdout.push(chunk)
    else if (!settings.onOutput(chunk)) child.stdout.destroy()
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) =>
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: stderr.replace(glibNoise, '') }),
    )
  })
}

/** A set-up station on disk, with its keys in the session's keychain and room for files beside it. */
export interface CliStation {
  readonly root: string
  readonly bench: Bench
  readonly keychain: SessionKeychain
  readonly setupKey: string
  /** The command line as the operator of this station runs it. */
  cli(...args: string[]): Promise<CliRun>
  cliWith(settings: CliSettings, ...args: string[]): Promise<CliRun>
}

export async function makeCliStation(): Promise<CliStation> {
  const root = newFolder()
  const keychain = new SessionKeychain()
  const bench = await startDesk({ folder: path.join(root, 'station'), keychain })
  const { setupKey } = await setUp(bench)
  await bench.desk.close()
  const own = { WARDKEY_DATA_DIR: bench.folder, WARDKEY_KEYCHAIN_SERVICE: keychain.service }
  const cliWith = (settings: CliSettings, ...args: string[]) =>
    runCli(args, { ...settings, env: { ...own, ...settings.env } })
  return { root, bench, keychain, setupKey, cliWith, cli: (...args) => cliWith({}, ...args) }
}
