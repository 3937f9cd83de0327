// The package on this very computer: installed by dpkg, started by an ordinary account, set up, unlocked and locked by real keys, and taken away again.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { familyOf } from '../support/account.ts'
import {
  press,
  rendererOf,
  StationAccount,
  seeQr,
  shownQr,
  standsStill,
  type,
  until,
} from '../support/installed-station.ts'
import { Phone } from '../support/phone.ts'

const made = path.resolve(import.meta.dirname, '../../out/package/made')
const [deb = ''] = fs.readdirSync(made).filter((name) => name.endsWith('.deb'))
const isRoot = process.getuid?.() === 0
const login = /^HTTPS:\/\/WARDKEY\.INVALID\/#/
const dpkg = (...args: string[]) => spawnSync('dpkg', args, { encoding: 'utf8', timeout: 240_000 })

/** dpkg is root's. */
describe.runIf(isRoot)('the installed station', () => {
  let account: StationAccount
  let station: ReturnType<StationAccount['start']>
  let phone: Phone
  const status = () =>
    JSON.parse(account.command('status', '--json').out) as { name: string; people: number; signedIn: boolean }
  const folder = () => path.join(account.home, '.config/Wardkey')

  beforeAll(async () => {
    const { status, stderr } = dpkg('--install', path.join(made, deb))
    expect(status, stderr).toBe(0)
    account = new StationAccount()
    await account.openKeyring()
  }, 300_000)
  afterAll(async () => {
    station?.end()
    await station?.ended
    dpkg('--purge', 'wardkey')
    await account?.remove()
  }, 120_000)

  it('is started by an ordinary account, sandbox on', async () => {
    station = account.start()
    await until(
      'a renderer',
      () => familyOf(station.pid).find(({ commandLine }) => /--type=renderer/.test(commandLine)) ?? null,
    )
    for (const { commandLine, status } of familyOf(station.pid)) {
      expect(commandLine).not.toContain('--no-sandbox')
      expect(status.Uid?.split('\t')).not.toContain('0')
      if (commandLine.includes('--type=renderer'))
        expect(status).toMatchObject({ Seccomp: '2', NoNewPrivs: '1', CapEff: '0'.repeat(16) })
    }
  }, 120_000)

  it('covers the whole display', async () => {
    const id = await until('the window', () => {
      const { stdout } = spawnSync('xdotool', ['search', '--onlyvisible', '--name', '^Wardkey$'], { encoding: 'utf8' })
      return stdout.trim().split('\n')[0] || null
    })
    const place = execFileSync('xdotool', ['getwindowgeometry', id], { encoding: 'utf8' })
    expect(place).toContain('Position: 0,0 ')
    expect(place).toContain('Geometry: 1920x1080')
    execFileSync('xdotool', ['windowfocus', id])
  }, 120_000)

  it('enrolls its first administrator', async () => {
    await standsStill()
    // From the last thing on the page backwards: what comes before the form is no part of this.
    press('shift+Tab', 'shift+Tab')
    press('shift+Tab', 'shift+Tab', 'shift+Tab', 'shift+Tab')
    for (const [index, text] of ['Ward 7, bay 3', 'Level 2', 'Ada Kern', 'A1001'].entries()) {
      if (index > 0) press('Tab')
      type(text)
    }
    press('Return')
    phone = Phone.fromUri(await seeQr(/^otpauth:/))
    type(await phone.nextCode())
    await until('the recovery codes', () => (shownQr() === null ? true : null))
    await standsStill()
    press('Tab', 'space', 'Tab', 'space')
    await seeQr(login)
    expect(status()).toMatchObject({ name: 'Ward 7, bay 3', people: 1, signedIn: false })
  }, 240_000)

  it('is unlocked by a code, and locked by its key', async () => {
    type('A1001')
    press('Tab')
    type(await phone.nextCode())
    await until('an open session', () => status().signedIn || null)
    await until('no login QR code', () => (shownQr() === null ? true : null))
    press('ctrl+l')
    await seeQr(login)
    expect(status().signedIn).toBe(false)
  }, 240_000)

  it('has the command line within: headless, its exit status kept, of its own folder', () => {
    expect(account.command('audit', 'verify')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^complete and unchanged/),
    })
    expect(account.command('doctor').out).toContain('a station runs on this folder')
    expect(account.command('status', '--data', '/nowhere')).toMatchObject({ status: 1 })
    expect(account.command('no-such-command')).toMatchObject({ status: 2 })
    // As root, who has neither this keyring nor a window.
    expect(spawnSync('/usr/bin/wardkey', ['--help'], { encoding: 'utf8' })).toMatchObject({ status: 0 })
    expect(spawnSync('/usr/bin/wardkey', [], { encoding: 'utf8' })).toMatchObject({ status: 2 })
  }, 120_000)

  it('takes no switch that would open it to others', () => {
    for (const word of [
      '--remote-debugging-port=9333',
      '--remote-debugging-pipe',
      '--no-sandbox',
      '--user-data-dir=/tmp/x',
      '--inspect=9334',
    ]) {
      const { status, err } = account.command(word)
      expect({ word, status }).toEqual({ word, status: 2 })
      expect(err).not.toMatch(/DevTools listening|Debugger listening/)
    }
  }, 120_000)

  it('comes back locked when its page is killed', async () => {
    press('ctrl+l')
    const renderer = () => rendererOf(station.pid)
    const before = await until('a renderer', renderer)
    type('A1001')
    press('Tab')
    type(await phone.nextCode())
    await until('an open session', () => status().signedIn || null)
    process.kill(before, 'SIGKILL')
    await until('another renderer', () => (renderer() ?? before) !== before || null)
    await seeQr(login)
    expect(status().signedIn).toBe(false)
  }, 240_000)

  it('ends when the system asks, and keeps its data when the package goes', async () => {
    station.end()
    await station.ended
    const kept = fs.readdirSync(folder())
    expect(kept).toContain('station.db')
    const { status, stderr } = dpkg('--purge', 'wardkey')
    expect({ status, stderr }).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('the data of stations was not deleted'),
    })
    expect(fs.readdirSync(folder())).toEqual(kept)
    for (const gone of ['/opt/Wardkey', '/usr/bin/wardkey', '/lib/systemd/system/wardkey-kiosk.service'])
      expect(fs.existsSync(gone)).toBe(false)
  }, 240_000)
})
