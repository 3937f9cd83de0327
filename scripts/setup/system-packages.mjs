// The libraries and tools that come from the operating system: found, installed by root, or asked for in one line.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { userCache } from '../project.mjs'
import { runQuietly } from '../run-quietly.mjs'
import { Obstacle, say } from '../speak.mjs'
import { readStamp, writeStamp } from './content-hash.mjs'

// "a|b" is one package under two names: newer Debian and Ubuntu renamed those whose time_t grew to 64 bits.
const packages = {
  base: 'ca-certificates dbus-x11 g++ gnome-keyring libsecret-1-dev make pkg-config python3 unzip',
  window:
    'libasound2|libasound2t64 libatk-bridge2.0-0|libatk-bridge2.0-0t64 libgbm1 libgtk-3-0|libgtk-3-0t64 libnotify4 libnss3 xauth xvfb',
  test: 'age chromium ffmpeg libsecret-tools oathtool openssl postgresql-15|postgresql-17 sqlite3 xdotool zbar-tools',
}

/** @param {('base' | 'window' | 'test')[]} groups what the command at hand needs. */
export async function installSystemPackages(groups) {
  if (process.platform !== 'linux') return
  const wanted = groups.flatMap((group) => packages[group].split(' '))
  if (!fs.existsSync('/usr/bin/dpkg-query')) return describeNeeds(wanted)
  const missing = findMissing(wanted)
  if (missing.length === 0) return
  if (process.getuid() !== 0) {
    const names = missing.map(chooseName).join(' ')
    throw new Obstacle(`Debian packages are missing. Run:\n  sudo apt-get install -y ${names}`)
  }
  say(`installing Debian packages: ${missing.map((names) => names.split('|')[0]).join(' ')}`)
  await runApt(['update'])
  await runApt(['install', '-y', '--no-install-recommends', ...missing.map(chooseName)])
}

function findMissing(wanted) {
  const names = wanted.flatMap((entry) => entry.split('|'))
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a format of dpkg-query, not of JavaScript
  const format = '${Package} ${Status}\n'
  // Its exit status is 1 as soon as one name is unknown, so only what it prints counts.
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', format, ...names], {
    encoding: 'utf8',
  })
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' ok installed'))
      .map((line) => line.split(' ')[0]),
  )
  return wanted.filter((entry) => !entry.split('|').some((name) => installed.has(name)))
}

function chooseName(entry) {
  const names = entry.split('|')
  const known = (name) => execFileSync('apt-cache', ['pkgnames', name], { encoding: 'utf8' }).split('\n').includes(name)
  // The new name first: where it exists, the old one is only an alias, and apt may refuse to choose.
  return names.reverse().find(known) ?? entry.split('|')[0]
}

async function runApt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { ok, output } = await runQuietly('apt-get', args, { env })
  if (!ok) throw new Obstacle(`apt-get ${args.join(' ')} failed:\n${output}`)
}

function describeNeeds(wanted) {
  const names = wanted.map((entry) => entry.split('|')[0]).join(' ')
  const said = path.join(userCache, 'system-packages.stamp')
  if (readStamp(said) === names) return
  say(`this Linux has no apt; Wardkey needs what Debian calls: ${names}`)
  writeStamp(said, names)
}
