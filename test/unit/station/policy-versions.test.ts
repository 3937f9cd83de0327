// Versions of the policy: every one kept, one transaction and one event a change, and none that locks everybody out.
import { describe, expect, it } from 'vitest'
import { defaultPolicy, defaultSettings, type PolicyDocument, policyDocument } from '../../../src/contracts/policy.ts'
import { DamageError } from '../../../src/station/keys.ts'
import { readPolicy, settingsFor, throttleNow } from '../../../src/station/policy.ts'
import { policyFacts } from '../../../src/station/policy-facts.ts'
import { listVersions, readVersion, setPolicy, versionInForce } from '../../../src/station/policy-versions.ts'
import { contentsOf, personIn, putPolicy, type Store, setUpStore } from '../support/store.ts'

const totp = (personId: string, digits = 6) => ({
  person_id: personId,
  kind: 'totp' as const,
  status: 'active' as const,
  parameters: JSON.stringify({ algorithm: 'SHA1', digits, periodSeconds: 30 }),
  secret: null,
  last_step: -1,
})

function begin() {
  const store = setUpStore()
  putPolicy(store)
  const ada = personIn(store, 'A1001', 'Ada Kern', 'administrator')
  store.ledger.record((recorder) => {
    recorder.put('credential', 'c', totp(ada.id))
    recorder.event({ type: 'offer-confirmed' })
  })
  return { ...store, ada }
}
const idle = (idleMs: number): PolicyDocument => policyDocument.parse({ settings: { idleMs } })
const set = ({ ledger, clock }: Store, document: PolicyDocument, actor?: string, after: number | null = null) =>
  ledger.record((recorder) => setPolicy(recorder, document, { actor, reason: 'a test', after, nowMs: clock.nowMs() }))
const lastEvent = ({ db }: Store) =>
  JSON.parse(db.prepare('SELECT body FROM event ORDER BY number DESC LIMIT 1').pluck().get() as string)

describe('setting a policy', () => {
  it('keeps every version, the first one too, with who, when and why', () => {
    const store = begin()
    expect(listVersions(store.ledger, 0)).toMatchObject({ total: 1, versions: [{ number: 1, who: null, reason: '' }] })
    for (const seconds of [60, 90]) {
      store.clock.pass(1000)
      expect(set(store, idle(seconds * 1000), store.ada.id)).toMatchObject({ ok: true })
    }
    const { versions, total } = listVersions(store.ledger, 0)
    expect(total).toBe(3)
    expect(versions).toMatchObject([
      { number: 3, atMs: store.clock.nowMs(), who: 'Ada Kern', reason: 'a test' },
      { number: 2, atMs: store.clock.nowMs() - 1000, who: 'Ada Kern' },
      { number: 1, who: null, reason: '' },
    ])
    const kept = [1, 2, 3].map((number) => readVersion(store.ledger, number)?.document.settings.idleMs)
    expect(kept).toEqual([defaultSettings.idleMs, 60_000, 90_000])
    expect(readPolicy(store.ledger)).toEqual(idle(90_000))
    expect(readVersion(store.ledger, 4)).toBeNull()
  })

  it('is one event with both numbers, what changed and why', () => {
    const store = begin()
    const before = store.ledger.frontier().size
    set(store, idle(60_000), store.ada.id)
    expect(store.ledger.frontier().size).toBe(before + 1)
    expect(lastEvent(store)).toMatchObject({
      type: 'policy-changed',
      actor: store.ada.id,
      reason: 'a test',
      details: { before: 1, after: 2, changes: 'idleMs 300000 to 60000' },
    })
    expect(Object.keys(lastEvent(store).rows).sort()).toEqual([
      'policy/current',
      'policy_version/1',
      'policy_version/2',
    ])
  })

  it.each<[string, (store: ReturnType<typeof begin>) => unknown, object]>([
    ['the same again', (store) => set(store, defaultPolicy), { ok: false, reason: 'nothing-changed' }],
    [
      'one made from a version that is no longer in force',
      (store) => set(store, idle(60_000), undefined, 7),
      { ok: false, reason: 'policy-moved-on' },
    ],
  ])('%s changes nothing', (_, attempt, answer) => {
    const store = begin()
    const before = contentsOf(store.db)
    expect(attempt(store)).toMatchObject(answer)
    expect(contentsOf(store.db)).toEqual(before)
  })

  it('that locks the last administrator out is refused: with a PIN that too many tries suspended, not without any', () => {
    const store = begin()
    const withPins = policyDocument.parse({ settings: { factors: 'code-and-pin' } })
    store.ledger.record((recorder) => {
      recorder.put('credential', 'p', { ...totp(store.ada.id), kind: 'pin', status: 'suspended' })
      recorder.event({ type: 'credential-suspended' })
    })
    const before = contentsOf(store.db)
    const refused = { ok: false, reason: 'policy-problems', problems: [{ code: 'locks-out-administrators' }] }
    expect(set(store, withPins)).toMatchObject(refused)
    expect(contentsOf(store.db)).toEqual(before)
    store.ledger.record((recorder) => {
      recorder.put('credential', 'p', { ...totp(store.ada.id), kind: 'pin', status: 'ended' })
      recorder.event({ type: 'credential-ended' })
    })
    expect(set(store, withPins)).toMatchObject({ ok: true })
  })

  it('is written as two who change it at once never undo each other', () => {
    const store = begin()
    expect(set(store, idle(60_000), undefined, 1)).toEqual({ ok: true, version: 2 })
    expect(set(store, idle(90_000), undefined, 1)).toEqual({ ok: false, reason: 'policy-moved-on' })
    expect(set(store, idle(90_000), undefined, 2)).toEqual({ ok: true, version: 3 })
  })
})

describe('what the check knows of the station', () => {
  it('is who of the administrators can prove what, each kind once', () => {
    const store = begin()
    const phones = { provesPhone: false, provesSigned: false, provesVerified: false }
    expect(policyFacts(store.ledger).keepers).toEqual([
      { roles: ['administrator'], provesCode: true, provesPin: true, ...phones },
    ])
    const more = personIn(store, 'A1002', 'Another', 'administrator')
    personIn(store, 'N1', 'Nurse')
    expect(policyFacts(store.ledger).keepers).toHaveLength(2)
    store.ledger.record((recorder) => {
      recorder.put('credential', 'd', totp(more.id, 8))
      recorder.event({ type: 'offer-confirmed' })
    })
    expect(policyFacts(store.ledger)).toMatchObject({ longestCode: 8, group: null, keepers: [{ provesCode: true }] })
    store.ledger.record((recorder) => {
      const { id, event_number: _, ...content } = more
      recorder.put('person', id, { ...content, status: 'suspended' })
      recorder.put('credential', 'c', { ...totp(store.ada.id), status: 'suspended' })
      recorder.event({ type: 'person-status-changed' })
    })
    expect(policyFacts(store.ledger).keepers).toEqual([
      { roles: ['administrator'], provesCode: false, provesPin: true, ...phones },
    ])
    const key = Buffer.alloc(33, 2).toString('base64')
    const keys = { form: 'keys', signingKey: key, agreementKey: key, passkey: { id: key, key } }
    for (const [id, parameters, proves] of [
      ['e', { form: 'typed' }, { ...phones, provesPhone: true }],
      ['f', { ...keys, passkey: null }, { ...phones, provesPhone: true, provesSigned: true }],
      ['g', keys, { provesPhone: true, provesSigned: true, provesVerified: true }],
    ] as const) {
      store.ledger.record((recorder) => {
        const row = { ...totp(store.ada.id), kind: 'phone' as const, parameters: JSON.stringify(parameters) }
        recorder.put('credential', id, row)
        recorder.event({ type: 'offer-confirmed' })
      })
      expect(policyFacts(store.ledger).keepers).toMatchObject([proves])
    }
  })
})

describe('what is read', () => {
  it('is the settings alone of version 0.1, and a first change keeps them', () => {
    const store = begin()
    store.ledger.record((recorder) => {
      recorder.put('policy', 'current', { document: '{"idleMs":120000}' })
      recorder.event({ type: 'policy-changed' })
    })
    expect(readPolicy(store.ledger)).toEqual(idle(120_000))
    expect(set(store, idle(60_000))).toEqual({ ok: true, version: 2 })
    expect(readVersion(store.ledger, 1)?.document).toEqual(idle(120_000))
  })

  it('is never a row that is not the newest version', () => {
    const store = begin()
    set(store, idle(60_000))
    store.ledger.record((recorder) => {
      recorder.put('policy', 'current', { document: JSON.stringify(idle(90_000)) })
      recorder.event({ type: 'policy-changed' })
    })
    expect(() => versionInForce(store.ledger)).toThrow(DamageError)
  })

  it('is read anew when it changes, and no policy at all is damage', () => {
    const store = begin()
    const now = () => settingsFor(store.ledger, ['staff'], store.clock.nowMs()).idleMs
    expect(now()).toBe(300_000)
    set(store, idle(60_000))
    expect(now()).toBe(60_000)
    expect(() => readPolicy(setUpStore().ledger)).toThrow('data-edited: policy/current')
  })

  it('slows by the station’s group and time', () => {
    const store = begin()
    const rules = [
      { name: 'ICU', when: { groups: ['ICU'] }, set: { throttleClosesAfter: 5 } },
      { name: 'Always', when: {}, set: { throttleSuspendsAt: 50 } },
    ]
    set(store, policyDocument.parse({ rules }))
    expect(throttleNow(store.ledger, store.clock.nowMs())).toMatchObject({ closesEvery: 10, suspendsAt: 50 })
    store.ledger.record((recorder) => {
      const { id, event_number: _, ...content } = store.station
      recorder.put('station', id, { ...content, station_group: 'ICU' })
      recorder.event({ type: 'station-set-up' })
    })
    expect(throttleNow(store.ledger, store.clock.nowMs())).toMatchObject({ closesEvery: 5, suspendsAt: 50 })
  })
})
