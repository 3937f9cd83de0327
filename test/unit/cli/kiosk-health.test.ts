// doctor --kiosk on a system laid out by hand: our own files close each way, and without one it is told as open.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lookAtKiosk } from '../../../src/cli/kiosk-health.ts'

const ours = path.resolve(import.meta.dirname, '../../../resources/kiosk/linux')
let root = ''

const put = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  fs.writeFileSync(path.join(root, file), text)
}
const link = (file: string, to: string) => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  fs.symlinkSync(to, path.join(root, file))
}
const own = (name: string) => fs.readFileSync(path.join(ours, name), 'utf8')
const open = () => lookAtKiosk(root).flatMap(({ name, state }) => (state === 'stop' ? [name] : []))
/** Whose files are root's only where root runs this. */
const isRoot = process.getuid?.() === 0
const all = ['vt', 'logins', 'sysrq', 'reboot', 'session', 'program']

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-kiosk-'))
})
afterEach(() => fs.rmSync(root, { recursive: true }))

const close = {
  vt: () => put('etc/X11/xorg.conf.d/90-wardkey-kiosk.conf', own('xorg-kiosk.conf')),
  logins: () => put('etc/systemd/logind.conf.d/90-wardkey-kiosk.conf', own('logind-kiosk.conf')),
  sysrq: () => put('proc/sys/kernel/sysrq', '0\n'),
  reboot: () => link('etc/systemd/system/ctrl-alt-del.target', '/dev/null'),
  session: () =>
    link(
      'etc/systemd/system/graphical.target.wants/wardkey-kiosk.service',
      '/lib/systemd/system/wardkey-kiosk.service',
    ),
  program: () => {
    for (const part of ['wardkey', 'resources/app.asar']) put(`opt/Wardkey/${part}`, '')
  },
}

it('a bare system closes nothing, and each finding says what would', () => {
  expect(open()).toEqual(all)
  for (const { next } of lookAtKiosk(root)) expect(next).toMatch(/install|systemctl/)
})

it.each(Object.entries(close).filter(([name]) => isRoot || name !== 'program'))(
  '%s is closed by its file, and by it alone',
  (name, mend) => {
    mend()
    expect(open()).toEqual(all.filter((each) => each !== name))
  },
)

describe('what only looks closed', () => {
  it('an X server that is told one of the two', () => {
    put('etc/X11/xorg.conf.d/a.conf', 'Section "ServerFlags"\n Option "DontVTSwitch" "true"\nEndSection')
    expect(open()).toContain('vt')
  })

  it('an option that is off, or commented out', () => {
    put('etc/X11/xorg.conf.d/a.conf', own('xorg-kiosk.conf').replaceAll('"true"', '"off"'))
    expect(open()).toContain('vt')
    put('etc/X11/xorg.conf.d/a.conf', own('xorg-kiosk.conf').replaceAll(' Option', ' # Option'))
    expect(open()).toContain('vt')
  })

  it('a later file that takes it back', () => {
    close.logins()
    put('etc/systemd/logind.conf.d/99-other.conf', '[Login]\nReserveVT=6\n')
    expect(open()).toContain('logins')
  })

  it.runIf(isRoot)('a program that its group may write', () => {
    close.program()
    fs.chmodSync(path.join(root, 'opt/Wardkey/resources/app.asar'), 0o664)
    expect(open()).toContain('program')
  })
})

it('the unit is one that systemd takes', () => {
  const unit = path.join(root, 'wardkey-kiosk.service')
  // The programs that it names are the package's and X's, which this computer need not have.
  fs.writeFileSync(unit, own('wardkey-kiosk.service').replace(/^ExecStart=.*$/m, 'ExecStart=/bin/true'))
  expect(
    execFileSync('systemd-analyze', ['verify', unit], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
  ).toBe('')
  fs.appendFileSync(unit, '\n[Service]\nRestart=sometimes\n')
  expect(() =>
    execFileSync('sh', ['-c', `systemd-analyze verify ${unit} 2>&1 | grep -q sometimes && exit 9`], { stdio: 'pipe' }),
  ).toThrow()
})
