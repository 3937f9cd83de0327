// The station as its package installs it, started by an account made for the test on the session's display, driven by real keys and read off the pixels.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { familyOf } from './account.ts'
import { PrivateBus } from './keyring.ts'
import { zbarArgs } from './zbar.ts'

const patienceMs = 60_000
const display = () => process.env.DISPLAY ?? ''

export interface CommandResult {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

export class StationAccount {
  readonly home = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-installed-'))
  readonly #name = `wardkey-${randomBytes(4).toString('hex')}`
  readonly #as: string[]
  #bus: PrivateBus | null = null

  constructor() {
    const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8' }).trim()
    run('useradd', '--no-create-home', '--home-dir', this.home, '--user-group', '--shell', '/bin/sh', this.#name)
    const cookie = path.join(this.home, 'display')
    fs.writeFileSync(cookie, '')
    const told = execFileSync('xauth', ['extract', '-', display()])
    execFileSync('xauth', ['-q', '-f', cookie, 'merge', '-'], { input: told })
    fs.mkdirSync(path.join(this.home, 'bus'), { mode: 0o700 })
    run('chown', '-R', `${this.#name}:${this.#name}`, this.home)
    const id = (what: string) => run('id', what, this.#name)
    // Nothing of root's environment: only what a login of that account would have.
    this.#as = [
      'setpriv',
      '--reuid',
      id('-u'),
      '--regid',
      id('-g'),
      '--clear-groups',
      '--reset-env',
      'env',
      '-C',
      this.home,
    ]
    this.#as.push('PATH=/usr/bin:/bin', `HOME=${this.home}`, `DISPLAY=${display()}`, `XAUTHORITY=${cookie}`)
  }

  /** Its own keyring, on a bus of its own. */
  async openKeyring(): Promise<void> {
    this.#bus = await PrivateBus.open(this.#as, path.join(this.home, 'bus'))
    await this.#bus.startKeyring()
  }

  /** Runs `wardkey` with words; without, see start. */
  command(...args: string[]): CommandResult {
    const [command = '', ...rest] = [...this.#session(), '/usr/bin/wardkey', ...args]
    const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8', timeout: patienceMs })
    return { status, out: stdout.trim(), err: stderr }
  }

  start(): { pid: number; ended: Promise<number | null>; end(): void } {
    const [command = '', ...rest] = [...this.#session(), '/usr/bin/wardkey']
    const child = spawn(command, rest, { stdio: 'ignore' })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    return { pid: child.pid ?? 0, ended, end: () => void child.kill('SIGTERM') }
  }

  async remove(): Promise<void> {
    await this.#bus?.close()
    execFileSync('userdel', [this.#name])
    fs.rmSync(this.home, { recursive: true, force: true })
  }

  #session(): string[] {
    return [...this.#as, ...Object.entries(this.#bus?.env ?? {}).map(([name, value]) => `${name}=${value}`)]
  }
}

/** What stands on the display. */
export const picture = (): Buffer =>
  execFileSync(
    'ffmpeg',
    ['-v', 'error', '-f', 'x11grab', '-i', display(), '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', '-'],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  )

/** The QR code that is on the display, or null. */
export function shownQr(): string | null {
  const { stdout } = spawnSync('zbarimg', [...zbarArgs, '-'], { input: picture(), encoding: 'utf8' })
  return stdout.trim() || null
}

export async function seeQr(like: RegExp): Promise<string> {
  return until(`a QR code like ${like}`, () => {
    const text = shownQr()
    return text !== null && like.test(text) ? text : null
  })
}

/** @returns what is first not null. */
export async function until<T>(what: string, look: () => T | null): Promise<T> {
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const seen = look()
    if (seen !== null) return seen
    await delay(300)
  }
  throw new Error(`not seen within ${patienceMs / 1000} s: ${what}`)
}

export const press = (...keys: string[]): void => void execFileSync('xdotool', ['key', '--delay', '40', ...keys])
export const type = (text: string): void => void execFileSync('xdotool', ['type', '--delay', '40', text])

/** Two pictures a second apart show the same: what was on its way is there. */
export async function standsStill(): Promise<void> {
  let before = picture()
  await until('a screen that stands still', () => {
    execFileSync('sleep', ['1'])
    const now = picture()
    const still = now.equals(before)
    before = now
    return still || null
  })
}

/** The process of the station's page, by the kernel. */
export function rendererOf(pid: number): number | null {
  const found = familyOf(pid).find(({ commandLine }) => commandLine.includes('--type=renderer'))
  return found ? Number(found.status.Pid) : null
}
