// An ordinary account with a home, a copy of the built app and access to the display: under root one is made and taken away again.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import electron from 'electron'

const root = path.resolve(import.meta.dirname, '../..')
const run = (command: string, args: readonly string[], input = ''): Buffer =>
  execFileSync(command, args, { input, stdio: ['pipe', 'pipe', 'pipe'] })

export interface Account {
  readonly home: string
  /** Words before a command, which let it run as this account. */
  readonly as: readonly string[]
  /** What the account may read: the app, the Electron that runs it, its SQLite binding. */
  readonly app: string
  readonly electron: string
  readonly env: Readonly<Record<string, string>>
  /** A new folder of its own in its home. */
  newFolder(name: string): string
  remove(): void
}

export function openAccount(): Account {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-account-'))
  const binary = process.env.WARDKEY_ELECTRON || (electron as unknown as string)
  const binding = process.env.WARDKEY_SQLITE_BINDING
  const newFolder = (name: string): string => {
    const folder = path.join(home, name)
    fs.mkdirSync(folder, { mode: 0o700 })
    return folder
  }
  if (process.getuid?.() !== 0)
    return {
      home,
      as: ['env', `HOME=${home}`],
      app: root,
      electron: binary,
      env: {},
      newFolder,
      remove: () => fs.rmSync(home, { recursive: true, force: true }),
    }
  const name = `wardkey-${randomBytes(4).toString('hex')}`
  run('useradd', ['--no-create-home', '--home-dir', home, '--user-group', '--shell', '/bin/sh', name])
  const own = (file: string) => void run('chown', ['-R', `${name}:${name}`, file])
  const env: Record<string, string> = { HOME: home, XAUTHORITY: path.join(home, 'display') }
  fs.writeFileSync(env.XAUTHORITY ?? '', '')
  // Copied, since the tree and the caches may lie where only root gets to.
  const copy = (from: string, to: string) => {
    fs.cpSync(fs.realpathSync(from), path.join(home, to), { recursive: true })
    return path.join(home, to)
  }
  for (const part of ['package.json', 'out', 'node_modules/better-sqlite3', 'node_modules/keytar'])
    copy(path.join(root, part), path.join('app', part))
  const dist = copy(path.dirname(binary), 'electron')
  if (binding) env.WARDKEY_SQLITE_BINDING = copy(binding, 'sqlite.node')
  // The display's cookie, and nothing else of root's.
  const cookie = execFileSync('xauth', ['extract', '-', process.env.DISPLAY ?? ''])
  execFileSync('xauth', ['-q', '-f', env.XAUTHORITY ?? '', 'merge', '-'], { input: cookie })
  own(home)
  const id = (what: string) => run('id', [what, name]).toString().trim()
  const change = ['setpriv', '--reuid', id('-u'), '--regid', id('-g'), '--clear-groups', '--reset-env', 'env']
  const words = { PATH: process.env.PATH, DISPLAY: process.env.DISPLAY, ...env }
  return {
    home,
    as: [...change, ...Object.entries(words).map(([variable, value]) => `${variable}=${value}`)],
    app: path.join(home, 'app'),
    electron: path.join(dist, path.basename(binary)),
    env,
    newFolder: (name) => {
      const folder = newFolder(name)
      own(folder)
      return folder
    },
    remove: () => {
      run('userdel', [name])
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}

export interface AccountStation {
  readonly page: Page
  readonly pid: number
  close(): Promise<void>
}

/** The built app as this account starts it: with Chromium's sandbox, and driven through DevTools' port. */
export async function launchAs(account: Account, env: Readonly<Record<string, string>>): Promise<AccountStation> {
  const [command = '', ...args] = [...account.as, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)]
  const switches = ['--password-store=gnome-libsecret', '--remote-debugging-port=0']
  const child = spawn(command, [...args, account.electron, ...switches, account.app], {
    cwd: account.home,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let complaints = ''
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      complaints += chunk
      const found = /DevTools listening on (ws:\S+)/.exec(complaints)
      if (found?.[1]) resolve(found[1])
    })
    child.once('close', (status) => reject(new Error(`Electron ended with ${status}:\n${complaints}`)))
  })
  const browser: Browser = await chromium.connectOverCDP(endpoint)
  const [context] = browser.contexts()
  if (!context) throw new Error('Electron shows no window')
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  return {
    page,
    pid: child.pid ?? 0,
    close: async () => {
      await page.close()
      await gone
    },
  }
}

/** What the kernel says of a process and of all that came from it. */
export interface ProcessFacts {
  readonly commandLine: string
  readonly status: Readonly<Record<string, string>>
}

export function familyOf(pid: number): ProcessFacts[] {
  const all = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const facts = new Map(all.flatMap((name) => readProcess(Number(name))))
  const family = [pid]
  for (const member of family)
    for (const [child, { status }] of facts) if (status.PPid === `${member}`) family.push(child)
  return family.flatMap((member) => facts.get(member) ?? [])
}

function readProcess(pid: number): [number, ProcessFacts][] {
  try {
    const lines = fs.readFileSync(`/proc/${pid}/status`, 'utf8').split('\n')
    const status = Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2)))
    // Chromium's zygote gives its children one with spaces.
    const commandLine = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return [[pid, { commandLine, status }]]
  } catch {
    // It has ended since it was listed.
    return []
  }
}
