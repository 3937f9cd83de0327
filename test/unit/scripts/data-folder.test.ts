// A data folder that can't be one: said in plain words before any window, and not by a stack.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-data-'))
  fs.writeFileSync(path.join(folder, 'file'), 'notes')
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

/** A session as `npm start` opens it; `opened` once a window could follow. */
const script = `
import { openSession } from './scripts/session/session.mjs'
import { runScript } from './scripts/speak.mjs'
await runScript(async () => {
  const session = await openSession({ keyring: 'own' })
  console.log('opened')
  await session.close()
})`
const open = (dataFolder: string) =>
  spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, WARDKEY_DATA_DIR: dataFolder },
  })

it.each([
  ['a file', 'file', 'there is a file of that name'],
  ['something inside a file', 'file/station', 'a part of its path is a file'],
])('%s ends the command with an error', (_, name, reason) => {
  const dataFolder = path.join(folder, name)
  const { status, stdout, stderr } = open(dataFolder)
  expect(stderr).toBe(`wardkey: ${dataFolder} can't be a folder: ${reason}. See WARDKEY_DATA_DIR\n`)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(fs.readFileSync(path.join(folder, 'file'), 'utf8')).toBe('notes')
})

it.skipIf(process.platform !== 'linux')('a file where the keyring of the folder would be ends it, too', () => {
  const dataFolder = path.join(folder, 'station')
  fs.mkdirSync(dataFolder)
  fs.writeFileSync(path.join(dataFolder, 'keyring'), '')
  const { status, stdout, stderr } = open(dataFolder)
  expect(stderr).toContain(`${path.join(dataFolder, 'keyring')} can't be a folder: there is a file of that name`)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
})
