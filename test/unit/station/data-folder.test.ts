// The data folder: what keeps it from being written is named, and a look at it leaves nothing behind.
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { folderFailure, freeBytes, probeFolder } from '../../../src/station/data-folder.ts'
import { newFolder } from '../../support/fakes.ts'

const folders: string[] = []
const temporaryFolder = () => {
  const folder = newFolder()
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

describe('the data folder', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['SQLITE_FULL', 'disk-full'],
    ['EACCES', 'data-readonly'],
    ['EPERM', 'data-readonly'],
    ['EROFS', 'data-readonly'],
    ['SQLITE_READONLY_DIRECTORY', 'data-readonly'],
    ['SQLITE_IOERR_WRITE', null],
    ['ENOENT', null],
    ['', null],
  ])('%s is %s', (code, failure) => expect(folderFailure(Object.assign(new Error(), { code }))).toBe(failure))

  it('is probed without a trace', () => {
    const folder = temporaryFolder()
    expect(probeFolder(folder)).toBeNull()
    expect(fs.readdirSync(folder)).toEqual([])
  })

  it('that is gone is an error, not a full disk', () => {
    expect(() => probeFolder(path.join(temporaryFolder(), 'gone'))).toThrow(/ENOENT/)
  })

  it('says how much room is left', () => {
    expect(freeBytes(temporaryFolder())).toBeGreaterThan(0)
  })
})
