// A keychain that answers late: what it says no longer counts for a station that has closed since.
import fs from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { databaseFile } from '../../src/station/database.ts'
import { type KeychainAccount, KeychainError } from '../../src/station/ports.ts'
import { administrator, type Bench, codeOf, FakeKeychain, newFolder, setUp, startDesk } from '../support/fakes.ts'

/** Its writes wait, when told to, until they are let go or refused. */
class HeldKeychain extends FakeKeychain {
  holds = false
  readonly waiting: { resolve: () => void; reject: (error: Error) => void }[] = []
  override write = async (account: KeychainAccount, value: string) => {
    if (this.holds) await new Promise<void>((resolve, reject) => this.waiting.push({ resolve, reject }))
    this.entries.set(account, value)
  }
}

let bench: Bench
const keychain = () => bench.keychain as HeldKeychain
afterEach(async () => {
  keychain().holds = false
  for (const { resolve } of keychain().waiting.splice(0)) resolve()
  await bench.desk.close()
  fs.rmSync(bench.folder, { recursive: true })
})

const { staffId } = administrator
async function begin(): Promise<() => Promise<unknown>> {
  bench = await startDesk({ keychain: new HeldKeychain(), folder: newFolder() })
  const { setupKey } = await setUp(bench)
  return async () => {
    bench.clock.pass(30_000)
    return bench.desk.handlers.submitCode({ staffId, code: codeOf(setupKey, bench.clock.nowMs()) })
  }
}

function edit(sql: string): void {
  const db = new Database(databaseFile(bench.folder))
  db.exec(sql)
  db.close()
}
const damage = () => edit("UPDATE policy SET document = document || ' '")
const mend = () => edit('UPDATE policy SET document = rtrim(document)')

describe('a keychain that takes its time over a checkpoint', () => {
  it('does not hide what closed the station meanwhile', async () => {
    const signIn = await begin()
    keychain().holds = true
    for (let sessions = 0; sessions < 2; sessions++) {
      expect(await signIn()).toMatchObject({ ok: true })
      await bench.desk.handlers.lockNow({})
    }
    await expect.poll(() => keychain().waiting).toHaveLength(1)
    damage()
    expect(await signIn()).toEqual({ ok: false, reason: 'not-now' })
    expect(bench.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-edited' })
    keychain().holds = false
    for (const { resolve } of keychain().waiting.splice(0)) resolve()
    await nextTurn()
    expect(bench.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-edited' })
  })

  it('and fails at last does not close the station that was started since', async () => {
    const signIn = await begin()
    keychain().holds = true
    expect(await signIn()).toMatchObject({ ok: true })
    await bench.desk.handlers.lockNow({})
    await expect.poll(() => keychain().waiting).toHaveLength(1)
    damage()
    expect(await signIn()).toEqual({ ok: false, reason: 'not-now' })
    mend()
    keychain().holds = false
    await bench.desk.handlers.retryStart({})
    expect(bench.desk.screen()).toMatchObject({ kind: 'locked' })
    for (const { reject } of keychain().waiting.splice(0)) reject(new KeychainError('keychain-locked'))
    await nextTurn()
    expect(bench.desk.screen()).toMatchObject({ kind: 'locked' })
    expect(await signIn()).toMatchObject({ ok: true })
  })

  it('and fails while a station is set up is named, and the set-up can be done again', async () => {
    bench = await startDesk({ keychain: new HeldKeychain(), folder: newFolder() })
    keychain().holds = true
    const ended = setUp(bench)
    await expect.poll(() => keychain().waiting).toHaveLength(1)
    keychain().waiting.shift()?.resolve()
    await expect.poll(() => keychain().waiting).toHaveLength(1)
    keychain().waiting.shift()?.reject(new KeychainError('keychain-locked'))
    await expect(ended).rejects.toThrow('not-now')
    expect(bench.desk.screen()).toMatchObject({ kind: 'failed', code: 'keychain-locked' })
    keychain().holds = false
    await bench.desk.handlers.retryStart({})
    await setUp(bench)
    expect(bench.desk.screen()).toMatchObject({ kind: 'locked' })
  })
})
