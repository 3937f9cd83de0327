import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { screenState } from '../../src/contracts/screen.ts'
import { administrator, type Bench, codeOf, setUp, startDesk } from '../support/fakes.ts'

const open: Bench[] = []
async function begin(parts: Partial<Bench> = {}): Promise<Bench> {
  const bench = await startDesk(parts)
  open.push(bench)
  return bench
}
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.desk.close()
})
const kind = (bench: Bench) => screenState.parse(bench.desk.screen()).kind
const { staffId } = administrator

describe('first run', () => {
  it('leads to a locked station, and the code that proved the phone does not unlock', async () => {
    const bench = await begin()
    expect(kind(bench)).toBe('first-run')
    const { setupKey } = await setUp(bench)
    expect(bench.desk.screen()).toMatchObject({ kind: 'locked', notice: 'wait-for-next-code' })
    const code = codeOf(setupKey, bench.clock.nowMs())
    expect(await bench.desk.handlers.submitCode({ staffId, code })).toEqual({ ok: false, reason: 'already-used' })
    bench.clock.pass(30_000)
    const next = codeOf(setupKey, bench.clock.nowMs())
    expect(await bench.desk.handlers.submitCode({ staffId, code: next })).toMatchObject({ ok: true })
    expect(kind(bench)).toBe('session')
  })

  it('starts over after a quit before the first code, and the old offer is worthless', async () => {
    const first = await begin()
    const facts = { name: 'Ward 7', location: 'L2', administratorName: 'Ada', administratorStaffId: staffId }
    const offered = await first.desk.handlers.setUpStation(facts)
    if (!offered.ok) throw new Error('no offer')
    await first.desk.close()
    const again = await begin({ folder: first.folder, keychain: first.keychain, clock: first.clock })
    expect(again.desk.screen()).toMatchObject({ kind: 'first-run', name: 'Ward 7', administratorStaffId: staffId })
    const code = codeOf(offered.secret.setupKey, first.clock.nowMs())
    expect(await again.desk.handlers.confirmOffer({ code })).toMatchObject({ ok: false, reason: 'not-now' })
    expect(await again.desk.handlers.setUpStation(facts)).toMatchObject({ ok: true })
    expect(await again.desk.handlers.confirmOffer({ code })).toMatchObject({ ok: false, reason: 'wrong-code' })
  })
})

describe('login', () => {
  it('accepts a step once, also after a restart', async () => {
    const bench = await begin()
    const { setupKey } = await setUp(bench)
    bench.clock.pass(60_000)
    const code = codeOf(setupKey, bench.clock.nowMs())
    expect(await bench.desk.handlers.submitCode({ staffId, code })).toMatchObject({ ok: true })
    await bench.desk.close()
    const again = await begin({ folder: bench.folder, keychain: bench.keychain, clock: bench.clock })
    expect(kind(again)).toBe('locked')
    expect(await again.desk.handlers.submitCode({ staffId, code })).toEqual({ ok: false, reason: 'already-used' })
  })

  it('never unlocks far from the current step, and names the clock', async () => {
    const bench = await begin()
    const { setupKey } = await setUp(bench)
    bench.clock.pass(60 * 60_000)
    const early = codeOf(setupKey, bench.clock.nowMs() + 10 * 30_000)
    expect(await bench.desk.handlers.submitCode({ staffId, code: early })).toEqual({ ok: false, reason: 'clock-wrong' })
  })

  it('slows down from the third failure and closes at the tenth, known or not', async () => {
    const bench = await begin()
    const { setupKey } = await setUp(bench)
    for (const id of [staffId, 'NOBODY']) {
      const waits: unknown[] = []
      for (let failure = 1; failure <= 10; failure++) {
        bench.clock.pass(11 * 60_000)
        const answer = await bench.desk.handlers.submitCode({ staffId: id, code: '00000000' })
        expect(answer).toEqual({ ok: false, reason: 'wrong-code' })
        const next = await bench.desk.handlers.submitCode({ staffId: id, code: '11111111' })
        waits.push(next.ok ? null : next.reason)
        if (failure < 3) failure++
      }
      expect(waits.at(-1)).toBe('throttled')
    }
    bench.clock.pass(29 * 60_000)
    const code = codeOf(setupKey, bench.clock.nowMs())
    expect(await bench.desk.handlers.submitCode({ staffId, code })).toMatchObject({ ok: true })
  })

  it('takes each recovery code once', async () => {
    const bench = await begin()
    const { recoveryCodes } = await setUp(bench)
    const code = (recoveryCodes[0] ?? '').replaceAll('-', '')
    expect(await bench.desk.handlers.submitRecoveryCode({ staffId, code })).toMatchObject({ ok: true })
    expect(bench.desk.screen()).toMatchObject({ kind: 'session', recoveryCodesLeft: 9, method: 'recovery' })
    await bench.desk.handlers.lockNow({})
    expect(await bench.desk.handlers.submitRecoveryCode({ staffId, code })).toEqual({ ok: false, reason: 'wrong-code' })
  })
})

describe('people', () => {
  it('are added and enrolled by an administrator, and by nobody else', async () => {
    const bench = await begin()
    const { setupKey } = await setUp(bench)
    const { handlers } = bench.desk
    const bola = { displayName: 'Bola Adeyemi', staffId: 'N2044', roles: ['staff' as const] }
    expect(await handlers.addPerson(bola)).toEqual({ ok: false, reason: 'not-allowed' })
    bench.clock.pass(30_000)
    await handlers.submitCode({ staffId, code: codeOf(setupKey, bench.clock.nowMs()) })
    const added = await handlers.addPerson(bola)
    if (!added.ok) throw new Error(added.reason)
    expect(await handlers.addPerson(bola)).toEqual({ ok: false, reason: 'staff-id-taken' })
    const offered = await handlers.makeOffer({ personId: added.personId })
    if (!offered.ok) throw new Error(offered.reason)
    const first = codeOf(offered.secret.setupKey, bench.clock.nowMs())
    expect(await handlers.confirmOffer({ code: first })).toMatchObject({ ok: true })
    expect(await handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    expect(await handlers.listPeople({ search: 'bola', page: 0 })).toMatchObject({
      total: 1,
      people: [{ enrolled: true }],
    })
    await handlers.lockNow({})
    bench.clock.pass(30_000)
    const code = codeOf(offered.secret.setupKey, bench.clock.nowMs())
    expect(await handlers.submitCode({ staffId: 'N2044', code })).toMatchObject({ ok: true })
    expect(await handlers.listPeople({ search: '', page: 0 })).toEqual({ ok: false, reason: 'not-allowed' })
  })
})

describe('fail closed', () => {
  const edits: [string, string, string][] = [
    ['a role', 'UPDATE person SET roles = \'["administrator","staff"]\'', 'data-edited'],
    ['an accepted step', 'UPDATE credential SET last_step = 0', 'data-edited'],
    ['an event', `UPDATE event SET body = replace(body, '"number":3', '"number":4') WHERE number = 3`, 'log-changed'],
    ['a removed last event', 'DELETE FROM event WHERE number = (SELECT max(number) FROM event)', 'log-cut'],
    ['the future', 'PRAGMA user_version = 99', 'data-newer'],
    ['the key check', "UPDATE station SET key_check = x'00'", 'key-changed'],
  ]
  it.each(edits)('after an edit of %s', async (_what, sql, code) => {
    const bench = await begin()
    await setUp(bench)
    await bench.desk.close()
    const db = new Database(path.join(bench.folder, 'station.db'))
    db.exec(sql)
    db.close()
    const again = await begin({ folder: bench.folder, keychain: bench.keychain, clock: bench.clock })
    await expect.poll(() => again.desk.screen()).toMatchObject({ kind: 'failed', code })
    const answer = await again.desk.handlers.submitCode({ staffId, code: '123456' })
    expect(answer).toEqual({ ok: false, reason: 'not-now' })
  })

  it('while another process has the folder', async () => {
    const bench = await begin()
    const second = await begin({ folder: bench.folder, keychain: bench.keychain })
    expect(second.desk.screen()).toMatchObject({ kind: 'failed', code: 'second-instance' })
  })

  it('where the keychain lost or changed its key', async () => {
    const bench = await begin()
    await setUp(bench)
    await bench.desk.close()
    bench.keychain.entries.set('root-key', Buffer.alloc(32).toString('base64'))
    expect((await begin({ folder: bench.folder, keychain: bench.keychain })).desk.screen()).toMatchObject({
      code: 'key-changed',
    })
  })

  it('raises no alarm where a crash came between commit and keychain', async () => {
    const bench = await begin()
    await setUp(bench)
    const old = bench.keychain.entries.get('checkpoint')
    await bench.desk.close()
    if (old) bench.keychain.entries.set('checkpoint', old)
    const again = await begin({ folder: bench.folder, keychain: bench.keychain, clock: bench.clock })
    await expect.poll(() => again.desk.screen()).toMatchObject({ kind: 'locked', log: { state: 'complete' } })
  })
})
