// What is no good backup, or no place for one, is refused by its own reason, and leaves the place as it was.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBackup } from '../../src/station/backup.ts'
import { openStation } from '../../src/station/open-station.ts'
import { restoreBackup } from '../../src/station/restore.ts'
import { closeAll, newWard, type Ward } from '../support/attack-station.ts'
import { backUp, editManifest, partsOf, passphrase, restoreTo, rewrite } from '../support/backups.ts'
import { FakeKeychain, newFolder } from '../support/fakes.ts'

let root = ''
let made = ''
let file = ''
let ward: Ward
let count = 0
const place = () => path.join(root, `place-${count++}`)
beforeAll(async () => {
  root = newFolder()
  made = path.join(root, 'made.age')
  ward = await newWard()
  await closeAll()
  await backUp(ward, made)
  // The same inside, under a passphrase that takes less time to try.
  file = await rewrite(made, (plain) => plain)
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  fs.rmSync(root, { recursive: true, force: true })
})

async function expectRefused(bad: string, reason: string, word = passphrase): Promise<void> {
  const folder = place()
  const { answer, keychain } = await restoreTo(folder, bad, ward.clock, word)
  expect(answer).toEqual({ ok: false, reason })
  expect(fs.existsSync(folder)).toBe(false)
  expect(keychain.entries.size).toBe(0)
}
const withBytes = (name: string, edit: (bytes: Buffer) => Buffer): string => {
  const bad = path.join(root, name)
  fs.writeFileSync(bad, edit(fs.readFileSync(file)))
  return bad
}
const changed = (at: (length: number) => number) => (bytes: Buffer) => {
  const place = at(bytes.length)
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
  return bytes
}

describe('a backup', { timeout: 60_000 }, () => {
  it('is not opened by another passphrase', () => expectRefused(file, 'wrong-passphrase', `${passphrase}.`))

  it('that was cut is damaged, wherever the cut is', async () => {
    const { length } = fs.readFileSync(file)
    const cuts = [length - 1, length - 16, Math.floor(length / 2), 64 * 1024 + 300]
    for (const [i, at] of cuts.entries())
      await expectRefused(
        withBytes(`cut-${i}.age`, (bytes) => bytes.subarray(0, at)),
        'damaged',
      )
  })

  it('with one bit changed in what is inside is damaged', async () => {
    for (const [i, at] of [(n: number) => n - 1, (n: number) => Math.floor(n / 2), () => 300].entries())
      await expectRefused(withBytes(`bit-${i}.age`, changed(at)), 'damaged')
  })

  it('with more after its end is damaged', () =>
    expectRefused(
      withBytes('longer.age', (bytes) => Buffer.concat([bytes, Buffer.from('more')])),
      'damaged',
    ))

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('age-encryption.org/v2\nhello\n')],
    ['random bytes', Buffer.alloc(4096, 7)],
  ])('that is %s is none', (name, bytes) => {
    const bad = path.join(root, `${name}.age`)
    fs.writeFileSync(bad, bytes)
    return expectRefused(bad, 'not-a-backup')
  })

  it('that is something else under the right passphrase is none', async () => {
    await expectRefused(await rewrite(file, () => Buffer.from('my holiday pictures\n')), 'not-a-backup')
    await expectRefused(await rewrite(file, () => Buffer.alloc(100_000, 65)), 'not-a-backup')
    const other = editManifest((manifest) => ({ ...manifest, format: 'wardkey-backup/2' }))
    await expectRefused(await rewrite(file, other), 'other-version')
    const newer = editManifest((manifest) => ({ ...manifest, schemaVersion: 1000 }))
    await expectRefused(await rewrite(file, newer), 'newer-version')
  })

  it('whose parts do not belong together is damaged, however well it is encrypted', async () => {
    const otherKey = editManifest((manifest) => ({ ...manifest, rootKey: Buffer.alloc(32, 9).toString('base64') }))
    await expectRefused(await rewrite(file, otherKey), 'damaged')
    const otherNote = editManifest((manifest) => ({ ...manifest, checkpoint: 'nobody signed this' }))
    await expectRefused(await rewrite(file, otherNote), 'damaged')
    const shorter = (plain: Buffer) => plain.subarray(0, -4096)
    await expectRefused(await rewrite(file, shorter), 'damaged')
  })

  it('with a role given by hand is damaged', async () => {
    const find = '["administrator"]'
    const edit = (plain: Buffer) => {
      const at = plain.indexOf(find)
      expect(at).toBeGreaterThan(0)
      plain.write('["administratox"]', at)
      return plain
    }
    const { answer } = await restoreTo(place(), await rewrite(file, edit), ward.clock)
    expect(answer).toMatchObject({ ok: false, reason: 'damaged' })
  })
})

describe('a place for a restore', { timeout: 60_000 }, () => {
  it('that holds anything is left alone', async () => {
    const folder = place()
    fs.mkdirSync(folder)
    fs.writeFileSync(path.join(folder, 'mine.txt'), 'mine')
    const { answer } = await restoreTo(folder, file, ward.clock)
    expect(answer).toEqual({ ok: false, reason: 'not-empty' })
    expect(fs.readdirSync(folder)).toEqual(['mine.txt'])
  })

  it.each(['root-key', 'checkpoint'] as const)('whose keychain holds another %s is refused', async (account) => {
    const keychain = new FakeKeychain()
    await keychain.write(account, 'of another station')
    const folder = place()
    const answer = await restoreBackup(partsOf({ folder, keychain, clock: ward.clock }), file, passphrase)
    expect(answer).toEqual({ ok: false, reason: 'keychain-in-use' })
    expect([...keychain.entries]).toEqual([[account, 'of another station']])
    expect(fs.existsSync(folder)).toBe(false)
  })

  it.each(['root-key', 'checkpoint'] as const)(
    'whose keychain fails at the %s ends with nothing restored',
    async (at) => {
      const keychain = new FakeKeychain()
      const write = keychain.write
      keychain.write = async (account, value) => {
        if (account === at) throw new Error('gone')
        await write(account, value)
      }
      const folder = place()
      await expect(restoreBackup(partsOf({ folder, keychain, clock: ward.clock }), file, passphrase)).rejects.toThrow(
        'gone',
      )
      expect(keychain.entries.size).toBe(0)
      expect(fs.existsSync(folder)).toBe(false)
    },
  )
})

describe('making a backup', { timeout: 60_000 }, () => {
  const attempt = async (target: string, word = passphrase, watch?: Parameters<typeof makeBackup>[4]) => {
    const result = await openStation(partsOf(ward))
    if (result.kind !== 'opened') throw new Error('closed')
    try {
      return await makeBackup(partsOf(ward), result.opened.station, target, word, watch)
    } finally {
      result.opened.db.close()
    }
  }
  const leftovers = () => fs.readdirSync(ward.folder).filter((name) => name.endsWith('.tmp'))

  it.each(['short', 'eleven char', 'aaaaaaaaaaaaaaaa', 'abcdefghijklmnop'])('refuses %j', async (word) => {
    const target = path.join(root, 'weak.age')
    expect(await attempt(target, word)).toEqual({ ok: false, reason: 'weak-passphrase' })
    expect(fs.existsSync(target)).toBe(false)
  })

  it('where no file can be written says so, and leaves nothing', async () => {
    expect(await attempt(path.join(root, 'no', 'such', 'folder.age'))).toEqual({ ok: false, reason: 'not-writable' })
    expect(leftovers()).toEqual([])
  })

  it('that is stopped leaves nothing', async () => {
    const target = path.join(root, 'stopped.age')
    let asked = 0
    const watch = { progress: () => {}, stopped: () => ++asked > 1 }
    expect(await attempt(target, passphrase, watch)).toEqual({ ok: false, reason: 'stopped' })
    expect(fs.readdirSync(root).filter((name) => name.startsWith('stopped'))).toEqual([])
    expect(leftovers()).toEqual([])
  })

  it('holds no secret outside its encryption', () => {
    const bytes = fs.readFileSync(made)
    const rootKey = ward.keychain.entries.get('root-key') ?? ''
    expect(rootKey).not.toBe('')
    for (const secret of [rootKey, 'wardkey-backup', 'SQLite format 3', 'Ada Kern'])
      expect(bytes.includes(secret), secret).toBe(false)
    expect(bytes.includes(Buffer.from(rootKey, 'base64'))).toBe(false)
    expect(fs.statSync(made).mode & 0o777).toBe(0o600)
  })
})
