// Where the kiosk puts what somebody saves: one folder, and never over what is there.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'

vi.mock('electron', () => ({ app: {}, dialog: {} }))

it('a name that is taken gets a number, and the folder is the account’s alone', async () => {
  const { placeExport } = await import('../../../src/main/files.ts')
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-exports-'))
  const names = Array.from({ length: 3 }, () => {
    const file = placeExport(data, 'wardkey-log.jsonl')
    fs.writeFileSync(file, '')
    return path.relative(data, file)
  })
  expect(names).toEqual(['exports/wardkey-log.jsonl', 'exports/wardkey-log-2.jsonl', 'exports/wardkey-log-3.jsonl'])
  expect(fs.statSync(path.join(data, 'exports')).mode & 0o777).toBe(0o700)
  fs.rmSync(data, { recursive: true })
})
