// The check of layers over a whole tree, run as `npm test` runs it.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkTree } from '../../../scripts/test/layers.mjs'
import { chooseSteps } from '../../../scripts/test/steps.mjs'

const root = path.resolve(import.meta.dirname, '../../..')
let tree: string
beforeAll(() => {
  tree = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-layers-'))
  fs.cpSync(path.join(root, 'src'), path.join(tree, 'src'), { recursive: true })
  fs.cpSync(path.join(root, 'scripts'), path.join(tree, 'scripts'), { recursive: true })
  fs.copyFileSync(path.join(root, 'package.json'), path.join(tree, 'package.json'))
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'))
})
afterAll(() => fs.rmSync(tree, { recursive: true }))

const runCheck = () =>
  spawnSync(process.execPath, [path.join(tree, 'scripts/test/layers.mjs')], { cwd: tree, encoding: 'utf8' })

it('finds nothing in this tree', () => expect(checkTree(root)).toEqual([]))

it('passes by its exit status, and says nothing', () => {
  expect(runCheck()).toMatchObject({ status: 0, stdout: '', stderr: '' })
})

it('fails by its exit status, and names file, line and rule, for a file deep down that nobody imports', () => {
  const folder = path.join(tree, 'src/core/deep/down')
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'unused.ts'), "\nimport fs from 'node:fs'\n")
  fs.writeFileSync(path.join(folder, 'broken.ts'), 'import {')
  const { status, stderr } = runCheck()
  expect(status).toBe(1)
  expect(stderr).toContain('src/core/deep/down/unused.ts:2: imports node:fs; core may import ')
  expect(stderr).toContain('src/core/deep/down/broken.ts: ')
})

it('is a step of `npm test` and of `npm test -- check`, and of nothing less', () => {
  const names = (asked: string[]) => chooseSteps(asked).map(([name]: [string, unknown]) => name)
  expect(names([])).toContain('layers')
  expect(names(['check'])).toContain('layers')
  expect(names(['unit'])).not.toContain('layers')
})
