// A data folder that an operator made beforehand, open to other accounts: the station keeps them out before it writes.
import fs from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { begin, closeAll } from '../support/attack-station.ts'
import { newFolder, setUp } from '../support/fakes.ts'

afterAll(() => closeAll(true))
const rights = (folder: string) => fs.statSync(folder).mode & 0o777

describe.skipIf(process.platform === 'win32')('a data folder', () => {
  it.each([0o755, 0o770, 0o707])('with rights %o is closed to others', async (mode) => {
    const folder = newFolder()
    fs.chmodSync(folder, mode)
    const bench = await begin({ folder })
    expect(rights(folder)).toBe(0o700)
    await setUp(bench)
    expect(bench.desk.screen().kind).toBe('locked')
  })

  it('that was made read-only stays so, and is named', async () => {
    const folder = newFolder()
    fs.chmodSync(folder, 0o500)
    await begin({ folder })
    expect(rights(folder)).toBe(0o500)
    fs.chmodSync(folder, 0o700)
  })
})
