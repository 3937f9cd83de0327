// The check of layers, fed with sources that break each rule, and with ones that only look as if they did.
import { describe, expect, it } from 'vitest'
import { findFaults, layers } from '../../../scripts/test/layers.mjs'

const dependencies = ['zod', 'better-sqlite3', 'otpauth', 'electron-log', '@noble/hashes', 'commander', 'react']
const faults = (file: string, source: string): string[] => findFaults(file, source, dependencies)
const files: Record<string, string> = {
  core: 'src/core/x.ts',
  contracts: 'src/contracts/x.ts',
  station: 'src/station/x.ts',
  main: 'src/main/x.ts',
  cli: 'src/cli/x.ts',
  start: 'src/start/x.ts',
  preload: 'src/preload/x.ts',
  ui: 'src/ui/x.tsx',
  renderer: 'src/renderer/x.tsx',
}

describe('what a layer may import', () => {
  const good: [layer: string, source: string][] = [
    ['core', "import { HOTP } from 'otpauth/bare'"],
    ['core', "import { sha256 } from '@noble/hashes/sha2.js'"],
    ['core', "import type { PolicyDocument } from '../contracts/policy.ts'"],
    ['core', "export type { PolicyDocument } from '../contracts/policy.ts'"],
    ['core', "let policy: import('../contracts/policy.ts').PolicyDocument"],
    ['core', "import { toBase32 } from './base32.ts'"],
    ['contracts', "import { z } from 'zod'"],
    ['contracts', "import type { Frontier } from '../core/tree.ts'"],
    ['station', "import fs from 'node:fs'\nimport Database from 'better-sqlite3'"],
    ['station', "import { auditEvent } from '../contracts/event.ts'\nimport { stepAt } from '../core/otp.ts'"],
    ['station', "const library = await import('zod')"],
    ['main', "import { app } from 'electron'\nimport log from 'electron-log/main.js'"],
    ['main', "import { createDesk } from '../station/create-desk.ts'"],
    ['cli', "import { Command } from 'commander'\nimport { openStation } from '../station/open-station.ts'"],
    ['preload', "import { ipcRenderer } from 'electron'\nimport type { Bridge } from '../contracts/ipc.ts'"],
    ['ui', "import { useState } from 'react'\nimport type { QrSymbol } from '../contracts/screen.ts'"],
    ['renderer', "import { Said } from '../ui/Said.tsx'\nimport { createRoot } from 'react-dom/client'"],
    ['renderer', "import './styles/base.css'\nimport { equalText } from '../core/otp.ts'"],
  ]
  it.each(good)('%s: %s', (layer, source) => expect(faults(files[layer] as string, source)).toEqual([]))
})

describe('what a layer may not import', () => {
  const bad: [layer: string, source: string, said: string][] = [
    ['core', "import fs from 'node:fs'", 'imports node:fs'],
    ['core', "import fs from 'fs'", 'imports fs'],
    ['core', "import { createHmac } from 'node:crypto'", 'imports node:crypto'],
    ['core', "import type { KeyObject } from 'node:crypto'", 'imports node:crypto'],
    ['core', "import { TOTP } from 'otpauth'", 'imports otpauth;'],
    ['core', "import { z } from 'zod'", 'imports zod'],
    ['core', "import { app } from 'electron'", 'imports electron'],
    ['core', "import { defaultPolicy } from '../contracts/policy.ts'", 'for more than its types'],
    ['core', "import { type PolicyDocument } from '../contracts/policy.ts'", 'for more than its types'],
    ['core', "export * from '../contracts/policy.ts'", 'for more than its types'],
    ['core', "export { defaultPolicy } from '../contracts/policy.ts'", 'for more than its types'],
    ['core', "const x = await import('../contracts/policy.ts')", 'for more than its types'],
    ['core', "import { hmac } from '../station/primitives.ts'", 'of station'],
    ['core', "import type { Clock } from '../station/ports.ts'", 'of station'],
    ['core', "type Clock = import('../station/ports.ts').Clock", 'of station'],
    ['contracts', "import { stepAt } from '../core/otp.ts'", 'for more than its types'],
    ['contracts', "import fs from 'node:fs'", 'imports node:fs'],
    ['contracts', "import type { Clock } from '../station/ports.ts'", 'of station'],
    ['station', "import { app } from 'electron'", 'imports electron'],
    ['station', "import type { BrowserWindow } from 'electron'", 'imports electron'],
    ['station', "import log from 'electron-log/node.js'", 'imports electron-log/node.js'],
    ['station', "import React from 'react'", 'imports react'],
    ['station', "import { redact } from '../main/redaction.ts'", 'of main'],
    ['station', "import esbuild from 'esbuild'", 'imports esbuild'],
    ['station', "import fs from 'fs'", 'imports fs'],
    ['main', "import { Said } from '../ui/Said.tsx'", 'of ui'],
    ['main', "import '../cli/index.ts'", 'of cli'],
    ['start', "import '../station/open-station.ts'", 'of station'],
    ['main', "import React from 'react'", 'imports react'],
    ['cli', "import { app } from 'electron'", 'imports electron'],
    ['cli', "import { readEnvironment } from '../main/environment.ts'", 'of main'],
    ['preload', "import { commandChannel } from '../contracts/ipc.ts'", 'for more than its types'],
    ['preload', "import { z } from 'zod'", 'imports zod'],
    ['preload', "import fs from 'node:fs'", 'imports node:fs'],
    ['ui', "import { ask } from '../renderer/state/bridge.ts'", 'of renderer'],
    ['renderer', "import { ipcRenderer } from 'electron'", 'imports electron'],
    ['renderer', "import fs from 'node:fs'", 'imports node:fs'],
    ['renderer', "import type { Desk } from '../station/desk.ts'", 'of station'],
    ['renderer', "import { commands } from '../contracts/ipc.ts'", 'for more than its types'],
    ['renderer', "import '../phone/App.tsx'", 'of phone'],
    ['renderer', "import '../console/App.tsx'", 'of console'],
    ['renderer', "import Database from 'better-sqlite3'", 'imports better-sqlite3'],
  ]
  it.each(bad)('%s: %s', (layer, source, said) => {
    const [first, ...more] = faults(files[layer] as string, `// a line\n${source}\n`)
    expect(more).toEqual([])
    expect(first).toContain(said)
    // Names the file, the line and the rule.
    expect(first).toMatch(new RegExp(`^${files[layer]}:2: .*; ${layer} may import `))
  })
})

describe('a way around', () => {
  it.each([
    ['a folder and back', "import '../core/../station/keys.ts'"],
    ['out of src', "import '../../test/support/fakes.ts'"],
    ['into node_modules', "import '../../node_modules/electron/index.js'"],
    ['an absolute path', "import '/srv/station/keys.ts'"],
    ['a file URL', "import 'file:///station/keys.ts'"],
    ['a data URL', "import 'data:text/javascript,0'"],
    ['an alias', "import '#station/keys.ts'"],
    ['a bundler’s suffix', "import '../station/keys.ts?raw'"],
    ['a worker’s suffix', "import keys from '../station/keys.ts?worker'"],
    ['a template', 'await import(`../station/keys.ts`)'],
    ['a name made at run time', `const name = 'keys'\nawait import(\`../station/\${name}.ts\`)`],
    ['a sum of texts', "await import('../station/' + 'keys.ts')"],
    ['require', "require('../station/keys.ts')"],
    ['import as require', "import keys = require('../station/keys.ts')"],
    ['a require of its own making', "module.createRequire(import.meta.url)('node:fs')"],
    ['a built-in by name', "process.getBuiltinModule('fs')"],
    ['a glob', "import.meta.glob('../station/*.ts')"],
    ['an eager glob', "import.meta['globEager']('../station/*.ts')"],
    ['a worker', "new Worker(new URL('../station/keys.ts', import.meta.url))"],
    ['a reference to types', '/// <reference types="node" />'],
    ['a reference to a lib', '/// <reference lib="dom" />'],
    ['a reference to a file', '/// <reference path="../station/keys.ts" />'],
    ['a comment that asks to be let off', "// @ts-ignore biome-ignore layers-ignore\nimport '../station/keys.ts'"],
    ['a comment in the middle', "import /* from './fine.ts' */ '../station/keys.ts'"],
    ['two on a line', "import './x.ts'; import '../station/keys.ts'"],
    ['a branch never taken', "if (false) await import('../station/keys.ts')"],
    ['a nested function', "const f = () => () => { void import('../station/keys.ts') }"],
    ['a default value', "function f(keys = import('../station/keys.ts')) { return keys }"],
    ['a type deep within', "type T = { a: Array<import('../station/keys.ts').StationKeys> }"],
    ['typeof', "type T = typeof import('../station/keys.ts')"],
  ])('is seen: %s', (_, source) => {
    expect(faults('src/renderer/x.ts', source)).not.toEqual([])
    expect(faults('src/core/x.ts', source)).not.toEqual([])
  })

  it.each([
    ['a comment', "// import '../station/keys.ts'\n/* await import('electron') */"],
    ['a text', 'const text = "import fs from \'node:fs\'"'],
    ['a template', "const text = `require('electron')`"],
    ['a regular expression', "const match = /import 'electron'/"],
    ['a method of that name', "const loader = { require: (x: string) => x }\nloader.require('electron')"],
    ['a property of that name', 'const made = { import: 1 }.import'],
  ])('is not seen where there is none: %s', (_, source) => {
    expect(faults('src/core/x.ts', source)).toEqual([])
  })
})

describe('core has neither clock nor chance', () => {
  it.each([
    'const now = Date.now()',
    "const now = Date['now']()",
    'const now = Date?.now()',
    'const { now } = Date',
    'const D = Date',
    'const now = new Date()',
    'const now = new Date',
    'const given: number[] = []\nconst now = new Date(...(given as [number]))',
    'const now = Date()',
    'const when = [1].map(Date)',
    'const now = (Date as { now(): number }).now()',
    'const now = globalThis.Date.now()',
    "const now = globalThis['Da' + 'te'].now()",
    'const chance = Math.random()',
    "const chance = Math['random']()",
    "const chance = Math['ran' + 'dom']()",
    'const { random } = Math',
    'const M = Math',
    'const words = { Math }',
    'const now = new Intl.DateTimeFormat().format()',
    'const now = Temporal.Now.instant()',
    'const key = crypto.getRandomValues(new Uint8Array(8))',
    'const now = performance.now()',
    "const now = eval('Date.now()')",
    "const now = new Function('return Date.now()')()",
    "const now = [].constructor.constructor('return Date.now()')()",
    "const now = (() => {})['constructor']('return Date.now()')()",
    '// @ts-ignore biome-ignore lint: it is fine\nconst now = Date.now()',
  ])('so this is found: %s', (source) => {
    const [first] = faults('src/core/x.ts', source)
    expect(first).toMatch(/^src\/core\/x\.ts:\d+: .*; core is given its time and its randomness$/)
  })

  it.each([
    'const noon = new Date(0)',
    'const noon = new Date(1000 * 60)',
    'const start = Date.UTC(2026, 0, 5)',
    "const start = Date.parse('2026-01-05')",
    'function isDate(value: unknown): value is Date { return value instanceof Date }',
    'function hour(when: Date): number { return when.getUTCHours() }',
    'const most = Math.max(1, Math.floor(2.5), Math.PI)',
    'const rule = { now: 1, Date: 2, random: 3 }\nconst sum = rule.now + rule.random + rule.Date',
    "const text = 'Date.now() and Math.random()' // Date.now()",
    'interface Clock { Date: number; Math(): number }',
  ])('and this is not: %s', (source) => expect(faults('src/core/x.ts', source)).toEqual([]))

  it('while a station may have both', () => {
    expect(faults('src/station/x.ts', 'const now = Date.now() + Math.random()')).toEqual([])
  })
})

describe('a file', () => {
  it('has to be in a layer that the table names', () => {
    expect(faults('src/utils/x.ts', '')[0]).toContain('is in no layer')
    expect(faults('src/x.ts', '')[0]).toContain('is in no layer')
  })

  it('that can’t be read is a complaint, not a pass', () => {
    expect(() => faults('src/core/x.ts', 'import {')).toThrow(SyntaxError)
  })

  it('of every kind is read: TSX, and a module in plain JavaScript', () => {
    expect(faults('src/renderer/x.tsx', "import fs from 'node:fs'\nexport const A = () => <a>import</a>")).toHaveLength(
      1,
    )
    expect(faults('src/core/x.mjs', "import fs from 'node:fs'")).toHaveLength(1)
  })
})

it('has a row for each part of the product', () => {
  expect(Object.keys(layers).sort()).toEqual(
    [
      'cli',
      'console',
      'contracts',
      'core',
      'hub',
      'main',
      'phone',
      'preload',
      'renderer',
      'start',
      'station',
      'ui',
    ].sort(),
  )
})
