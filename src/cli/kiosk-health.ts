// doctor --kiosk: which ways out of the station's window this Linux really closes, and which file closes one that is open.
import fs from 'node:fs'
import path from 'node:path'
import type { Looked } from './doctor-words.ts'

const files = '/opt/Wardkey/resources/kiosk/linux'
const install = (name: string, to: string) => `install -D -m 644 ${files}/${name} ${to}`

interface Way {
  readonly name: string
  /** Said of a way that is closed, and of one that is open. */
  readonly closed: string
  readonly open: string
  readonly mend: string
  isClosed(root: string): boolean
}

const ways: readonly Way[] = [
  {
    name: 'vt',
    closed: 'the X server ignores Ctrl+Alt+F1 to F12 and Ctrl+Alt+Backspace',
    open: 'Ctrl+Alt+F1 to F12 or Ctrl+Alt+Backspace lead out of the X server',
    mend: install('xorg-kiosk.conf', '/etc/X11/xorg.conf.d/90-wardkey-kiosk.conf'),
    isClosed: (root) => ['DontVTSwitch', 'DontZap'].every((option) => isXorgOptionSet(root, option)),
  },
  {
    name: 'logins',
    closed: 'no login prompt waits behind another virtual terminal, and the power key does nothing',
    open: 'another virtual terminal may offer a login, or a key may turn the computer off',
    mend: install('logind-kiosk.conf', '/etc/systemd/logind.conf.d/90-wardkey-kiosk.conf'),
    isClosed: (root) => {
      const set = settings(root, 'etc/systemd/logind.conf.d')
      return set.get('NAutoVTs') === '0' && set.get('ReserveVT') === '0' && set.get('HandlePowerKey') === 'ignore'
    },
  },
  {
    name: 'sysrq',
    closed: "the kernel's own keys (Alt+SysRq) do nothing",
    open: "the kernel's own keys (Alt+SysRq) can end programs and restart the computer",
    mend: `${install('sysctl-kiosk.conf', '/etc/sysctl.d/90-wardkey-kiosk.conf')}, then sysctl --system`,
    isClosed: (root) => read(path.join(root, 'proc/sys/kernel/sysrq')).trim() === '0',
  },
  {
    name: 'reboot',
    closed: 'Ctrl+Alt+Del does not restart the computer',
    open: 'Ctrl+Alt+Del restarts the computer from a text console',
    mend: 'systemctl mask ctrl-alt-del.target',
    isClosed: (root) => linkOf(path.join(root, 'etc/systemd/system/ctrl-alt-del.target')) === '/dev/null',
  },
  {
    name: 'session',
    closed: 'the station is the session of the first screen, and comes back when it ends',
    open: 'nothing starts the station as the session of the first screen, or starts it again',
    mend: 'systemctl enable wardkey-kiosk.service',
    isClosed: (root) =>
      linkOf(path.join(root, 'etc/systemd/system/graphical.target.wants/wardkey-kiosk.service')) !== null,
  },
  {
    name: 'program',
    closed: 'the program belongs to root, and nobody else may change it',
    open: 'the program is not installed, or somebody besides root may change it',
    mend: 'install the package; chown -R root:root /opt/Wardkey; chmod -R go-w /opt/Wardkey',
    isClosed: (root) =>
      ['', 'wardkey', 'resources', 'resources/app.asar'].every((part) => isRoots(path.join(root, 'opt/Wardkey', part))),
  },
]

/** What no setting of this computer closes, said each time so that nobody takes a clean list for all of it. */
export const beyond =
  'the plug, the power switch, a boot from another disk and a keyboard that was put between are for locks and firmware'

/** @param root of the system that is looked at. */
export const lookAtKiosk = (root = '/'): Looked[] =>
  ways.map(({ name, closed, open, mend, isClosed }) =>
    isClosed(root)
      ? { name, state: 'good', said: closed, next: null }
      : { name, state: 'stop', said: open, next: mend },
  )

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    // Not there, or not ours to read: nothing that it says counts.
    return ''
  }
}

function linkOf(file: string): string | null {
  try {
    return fs.readlinkSync(file)
  } catch {
    // No link of that name.
    return null
  }
}

function listConfigurations(folder: string): string[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.conf'))
    .toSorted()
    .map((name) => read(path.join(folder, name)))
}

/** The last file wins, as for systemd. */
function settings(root: string, folder: string): Map<string, string> {
  const lines = listConfigurations(path.join(root, folder)).flatMap((text) => text.split('\n'))
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
      return name !== undefined && value !== undefined ? [[name, value]] : []
    }),
  )
}

/** As xorg.conf(5) reads it: case and quotes aside, and a bare option counts as true. */
function isXorgOptionSet(root: string, option: string): boolean {
  const texts = [
    read(path.join(root, 'etc/X11/xorg.conf')),
    ...listConfigurations(path.join(root, 'etc/X11/xorg.conf.d')),
  ]
  const line = new RegExp(`^\\s*Option\\s+"${option}"(?:\\s+"(\\w+)")?`, 'im')
  return texts.some((text) => {
    const found = line.exec(text)
    return found !== null && /^(1|on|true|yes)$/i.test(found[1] ?? 'true')
  })
}

function isRoots(file: string): boolean {
  const status = fs.lstatSync(file, { throwIfNoEntry: false })
  return status !== undefined && status.uid === 0 && (status.mode & 0o022) === 0
}
