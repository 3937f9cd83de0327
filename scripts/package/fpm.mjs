// A stand-in for fpm over dpkg-deb, for what electron-builder asks of it: one deb out of folders, files and two scripts.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const valued = {
  ...{ '-s': 'source', '-t': 'target', '-d': 'depends', '--deb-recommends': 'recommends', '--version': 'version' },
  ...{ '--architecture': 'architecture', '--after-install': 'postinst', '--after-remove': 'postrm', '--name': 'name' },
  ...{ '--description': 'description', '--package': 'package', '--maintainer': 'maintainer', '--vendor': 'vendor' },
  ...{ '--url': 'url', '--category': 'category', '--deb-priority': 'priority', '--license': 'license' },
  ...{ '--deb-compression': 'compression' },
}

/** @param {string[]} args fpm's. @returns {{told: Record<string, string[]>, paths: [from: string, to: string][]}} */
export function readArguments(args) {
  const told = {}
  const paths = []
  const rest = args.filter((arg) => arg !== '--force')
  while (rest.length > 0) {
    const word = rest.shift()
    const name = valued[word]
    if (name) told[name] = [...(told[name] ?? []), rest.shift()]
    else if (word.startsWith('-')) throw new Error(`this stand-in for fpm does not know ${word}`)
    else paths.push(word.split('='))
  }
  if (told.target?.[0] !== 'deb') throw new Error(`this stand-in for fpm makes deb alone, not ${told.target?.[0]}`)
  return { told, paths }
}

/** The control file, in Debian's form: a description's further lines begin with a space. */
export function writeControl(told, installedKib) {
  const one = (name) => told[name]?.at(-1) ?? ''
  const [synopsis = '', ...rest] = one('description').split('\n')
  const fields = [
    ['Package', one('name')],
    ['Version', one('version')],
    ['Architecture', one('architecture')],
    ['Maintainer', one('maintainer')],
    ['Installed-Size', `${installedKib}`],
    ['Depends', (told.depends ?? []).join(', ')],
    ['Recommends', (told.recommends ?? []).join(', ')],
    ['Section', one('category')],
    ['Priority', one('priority')],
    ['Homepage', one('url')],
    ['Description', [synopsis, ...rest.map((line) => ` ${line.trim() || '.'}`)].join('\n')],
  ]
  return `${fields.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join('\n')}\n`
}

function build(args) {
  const { told, paths } = readArguments(args)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-deb-'))
  try {
    for (const [from, to] of paths) place(from, path.join(folder, to))
    const kib = Number(execFileSync('du', ['-sk', '--apparent-size', folder], { encoding: 'utf8' }).split('\t')[0])
    const control = path.join(folder, 'DEBIAN')
    fs.mkdirSync(control, { mode: 0o755 })
    fs.writeFileSync(path.join(control, 'control'), writeControl(told, kib))
    for (const script of ['postinst', 'postrm']) {
      const file = told[script]?.[0]
      if (!file) continue
      fs.copyFileSync(file, path.join(control, script))
      fs.chmodSync(path.join(control, script), 0o755)
    }
    // Nobody but root may ever write what root installs.
    execFileSync('chmod', ['-R', 'u+rwX,go+rX,go-w', folder])
    const compression = { gz: 'gzip' }[told.compression?.[0]] ?? told.compression?.[0] ?? 'xz'
    const target = told.package?.[0] ?? ''
    execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '-z5', '--build', folder, target])
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** A folder's name that ends with / means what is in it. */
function place(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 })
  fs.cpSync(from, to, { recursive: true, verbatimSymlinks: true })
}

if (process.env.WARDKEY_FPM === '1') build(process.argv.slice(2))
