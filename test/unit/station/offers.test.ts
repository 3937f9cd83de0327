// Offers: sealed from the start, single use, and a credential only once a first code proves them.
import fs from 'node:fs'
import path from 'node:path'
import { HOTP, Secret, TOTP, URI } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../../../src/contracts/policy.ts'
import { enrollmentUri } from '../../../src/core/enrollment-uri.ts'
import { DamageError } from '../../../src/station/keys.ts'
import { confirmOffer, endOffer, makeOffer, type OfferEnd, totpParameters } from '../../../src/station/offers.ts'
import { must, openStore, personIn, putPolicy } from '../support/store.ts'

const recovery = { salt: 'AAAA', tags: ['AAAA'] }
const minute = 60_000

function begin() {
  const store = openStore()
  putPolicy(store)
  const person = personIn(store, 'A1001', 'Ada Kern')
  const make = () =>
    store.ledger.record((recorder) =>
      makeOffer(recorder, store.keys, person, store.clock.nowMs() + 5 * minute, undefined),
    )
  const confirm = (id: string, code: string) =>
    store.ledger.record((recorder) => confirmOffer(recorder, store.keys, id, code, store.clock.nowMs(), 1, recovery))
  const codeAt = (setupKey: string, steps = 0) =>
    HOTP.generate({
      secret: Secret.fromBase32(setupKey),
      counter: Math.floor(store.clock.nowMs() / 30_000) + steps,
    })
  const offer = (id: string) => must(store.ledger.get('offer', id))
  const credentials = (kind: string) => store.ledger.find('credential', 'kind = ? ORDER BY event_number', kind)
  const lastEvent = () =>
    JSON.parse(store.db.prepare('SELECT body FROM event ORDER BY number DESC LIMIT 1').pluck().get() as string)
  return { ...store, person, make, confirm, codeAt, offer, credentials, lastEvent }
}

describe('an offer', () => {
  it('has a secret of 160 bits of its own', () => {
    const { make } = begin()
    const keys = Array.from({ length: 20 }, () => make().setupKey)
    expect(new Set(keys).size).toBe(20)
    for (const key of keys) expect(key).toMatch(/^[A-Z2-7]{32}$/)
  })

  it('keeps it sealed: no file in the folder holds it in any form', () => {
    const { make, folder, db } = begin()
    const { setupKey } = make()
    const bytes = Buffer.from(Secret.fromBase32(setupKey).bytes)
    db.pragma('wal_checkpoint(FULL)')
    const files = fs.readdirSync(folder)
    expect(files).toContain('station.db')
    for (const file of files) {
      const content = fs.readFileSync(path.join(folder, file))
      for (const form of [bytes, setupKey, bytes.toString('hex'), bytes.toString('base64')])
        expect(content.includes(form), file).toBe(false)
    }
  })

  it('ends the one before it of the same person, with its secret erased', () => {
    const { make, offer, confirm, codeAt } = begin()
    const first = make()
    make()
    expect(offer(first.id)).toMatchObject({ status: 'ended', secret: null })
    expect(confirm(first.id, codeAt(first.setupKey))).toEqual({ ok: false, reason: 'not-now' })
  })

  it('leaves another person’s open', () => {
    const store = begin()
    const first = store.make()
    const bola = personIn(store, 'N2044')
    store.ledger.record((recorder) => makeOffer(recorder, store.keys, bola, 1, store.person.id))
    expect(store.offer(first.id).status).toBe('open')
    expect(store.lastEvent()).toMatchObject({ type: 'offer-made', person: bola.id, actor: store.person.id })
  })

  it.each<OfferEnd>(['expired', 'abandoned', 'replaced', 'too-many-tries', 'station-stopped', 'withdrawn'])(
    'that is %s leaves nothing that works',
    (reason) => {
      const { make, offer, confirm, codeAt, ledger, lastEvent } = begin()
      const { id, setupKey } = make()
      ledger.record((recorder) => endOffer(recorder, offer(id), reason))
      expect(offer(id)).toMatchObject({ status: 'ended', secret: null })
      expect(lastEvent()).toMatchObject({ type: 'offer-ended', offer: id, reason })
      expect(confirm(id, codeAt(setupKey))).toEqual({ ok: false, reason: 'not-now' })
    },
  )
})

it('an offer that an administrator withdraws names them', () => {
  const { make, offer, ledger, person, lastEvent } = begin()
  const { id } = make()
  ledger.record((recorder) => endOffer(recorder, offer(id), 'withdrawn', person.id))
  expect(lastEvent()).toMatchObject({ type: 'offer-ended', reason: 'withdrawn', actor: person.id })
})

describe('a first code', () => {
  it('makes the credential, sealed to its own place, with the step it used up', () => {
    const { make, confirm, codeAt, credentials, offer, keys, clock, person, lastEvent } = begin()
    const { id, setupKey } = make()
    expect(confirm(id, codeAt(setupKey))).toMatchObject({ ok: true, personId: person.id })
    const [credential] = credentials('totp')
    expect(credential).toMatchObject({ status: 'active', last_step: Math.floor(clock.nowMs() / 30_000) })
    const place = { table: 'credential', row: must(credential).id, person: person.id, kind: 'totp' }
    expect(keys.open(must(credential?.secret), place)).toEqual(Buffer.from(Secret.fromBase32(setupKey).bytes))
    expect(offer(id)).toMatchObject({ status: 'confirmed', secret: null })
    expect(credentials('recovery')).toMatchObject([{ status: 'pending' }])
    expect(lastEvent()).toMatchObject({ type: 'offer-confirmed', credential: credential?.id, outcome: 'accepted' })
  })

  it('works once: the offer is spent', () => {
    const { make, confirm, codeAt, clock } = begin()
    const { id, setupKey } = make()
    expect(confirm(id, codeAt(setupKey)).ok).toBe(true)
    expect(confirm(id, codeAt(setupKey))).toEqual({ ok: false, reason: 'not-now' })
    clock.pass(minute)
    expect(confirm(id, codeAt(setupKey))).toEqual({ ok: false, reason: 'not-now' })
  })

  it('may be that of the step before', () => {
    const { make, confirm, codeAt } = begin()
    const { id, setupKey } = make()
    expect(confirm(id, codeAt(setupKey, -1)).ok).toBe(true)
  })

  it('ends the credential from before, with its secret erased, and its codes that nobody acknowledged', () => {
    const { make, confirm, codeAt, credentials } = begin()
    for (let time = 0; time < 2; time++) {
      const { id, setupKey } = make()
      expect(confirm(id, codeAt(setupKey)).ok).toBe(true)
    }
    const statuses = (kind: string) => credentials(kind).map(({ status, secret }) => [status, secret !== null])
    expect(statuses('totp').toSorted()).toEqual([
      ['active', true],
      ['ended', false],
    ])
    expect(statuses('recovery').toSorted()).toEqual([
      ['ended', false],
      ['pending', true],
    ])
  })

  it('comes in time: to the millisecond', () => {
    const { make, confirm, codeAt, clock, offer } = begin()
    const one = make()
    clock.pass(5 * minute - 1)
    expect(confirm(one.id, codeAt(one.setupKey)).ok).toBe(true)
    const two = make()
    clock.pass(5 * minute)
    expect(confirm(two.id, codeAt(two.setupKey))).toEqual({ ok: false, reason: 'expired' })
    expect(offer(two.id)).toMatchObject({ status: 'ended', secret: null })
  })
})

describe('a wrong first code', () => {
  it('is counted, and the fifth ends the offer', () => {
    const { make, confirm, codeAt, offer, credentials, lastEvent } = begin()
    const { id, setupKey } = make()
    const wrong = codeAt(setupKey).replace(/./g, (digit) => String((Number(digit) + 1) % 10))
    for (let tried = 1; tried < 5; tried++) {
      expect(confirm(id, wrong)).toEqual({ ok: false, reason: 'wrong-code' })
      expect(offer(id)).toMatchObject({ status: 'open', tries: tried })
    }
    expect(confirm(id, wrong)).toEqual({ ok: false, reason: 'too-many-tries' })
    expect(offer(id)).toMatchObject({ status: 'ended', secret: null })
    expect(lastEvent()).toMatchObject({ type: 'offer-ended', reason: 'too-many-tries' })
    expect(confirm(id, codeAt(setupKey))).toEqual({ ok: false, reason: 'not-now' })
    expect(credentials('totp')).toEqual([])
  })

  it('far from the current step names the clock, and counts as well', () => {
    const { make, confirm, codeAt, offer } = begin()
    const { id, setupKey } = make()
    expect(confirm(id, codeAt(setupKey, 10))).toEqual({ ok: false, reason: 'clock-wrong' })
    expect(offer(id).tries).toBe(1)
  })

  it('is never in the log', () => {
    const { make, confirm, db } = begin()
    confirm(make().id, '918273')
    expect((db.prepare('SELECT body FROM event').pluck().all() as string[]).join()).not.toContain('918273')
  })
})

describe('an offer that somebody edited', () => {
  it('is not confirmed: another’s sealed secret opens nothing', () => {
    const store = begin()
    const own = store.make()
    const bola = personIn(store, 'N2044')
    const theirs = store.ledger.record((recorder) => makeOffer(recorder, store.keys, bola, 2 ** 50, undefined))
    const { id, event_number: _, ...content } = store.offer(own.id)
    // With every HMAC right, as only we could write it: the seal alone holds.
    store.ledger.record((recorder) => {
      recorder.put('offer', id, { ...content, secret: store.offer(theirs.id).secret })
      recorder.event({ type: 'forged' })
    })
    expect(() => store.confirm(own.id, store.codeAt(theirs.setupKey))).toThrow(DamageError)
  })

  it.each([
    '',
    '{}',
    '{"algorithm":"MD5","digits":6,"periodSeconds":30}',
    '{"algorithm":"SHA1","digits":4,"periodSeconds":30}',
    '{"algorithm":"SHA1","digits":6,"periodSeconds":0}',
    '{"algorithm":"SHA1","digits":6,"periodSeconds":30,"x":1}',
  ])('has no parameters: %j', (text) => expect(() => totpParameters(text, 'offer/x')).toThrow('data-edited: offer/x'))
})

describe('the enrollment code', () => {
  it('is the one form that every authenticator app reads', () => {
    expect(enrollmentUri('A1001', 'JBSWY3DPEHPK3PXP')).toBe(
      'otpauth://totp/Wardkey:A1001?secret=JBSWY3DPEHPK3PXP&issuer=Wardkey&algorithm=SHA1&digits=6&period=30',
    )
  })

  it('says what policy wants of new ones', () => {
    const totp = { algorithm: 'SHA512', digits: 8, periodSeconds: 60 } as const
    const parsed = URI.parse(enrollmentUri('A1001', 'JBSWY3DPEHPK3PXP', totp))
    expect(parsed).toMatchObject({ algorithm: 'SHA512', digits: 8, period: 60 })
  })

  it('is made and confirmed by the policy of the moment it was made', () => {
    const store = begin()
    const totp = { algorithm: 'SHA256', digits: 8, periodSeconds: 60 } as const
    putPolicy(store, { ...defaultPolicy, totp })
    const made = store.make()
    const app = URI.parse(made.uri) as TOTP
    expect(app).toMatchObject({ algorithm: 'SHA256', digits: 8, period: 60 })
    putPolicy(store)
    expect(store.confirm(made.id, app.generate({ timestamp: store.clock.nowMs() }))).toMatchObject({ ok: true })
    expect(JSON.parse(must(store.credentials('totp')[0]).parameters)).toEqual(totp)
  })

  it.each(['A1001', 'N-20.44_B', 'MÜLLER', '李', 'ÇAĞRI'])('is read back by an independent parser: %s', (staffId) => {
    const uri = enrollmentUri(staffId, 'JBSWY3DPEHPK3PXP')
    expect(uri).toMatch(/^[!-~]+$/)
    const parsed = URI.parse(uri)
    expect(parsed).toBeInstanceOf(TOTP)
    expect(parsed).toMatchObject({ issuer: 'Wardkey', label: staffId, algorithm: 'SHA1', digits: 6, period: 30 })
    expect(parsed.secret.base32).toBe('JBSWY3DPEHPK3PXP')
  })
})
