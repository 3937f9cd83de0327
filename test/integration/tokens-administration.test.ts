// IT's provisioning tokens as Administration lists and revokes them, and as the log names them.

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeAll, codeNow, eventsOf } from '../support/attack-station.ts'
import { adds, dayMs, doesNotWork, good, make, newTokenWard, type TokenWard, tryToken } from '../support/tokens.ts'

let station: TokenWard
beforeEach(async () => {
  station = await newTokenWard()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))
const reason = 'a test of tokens'

describe('in Administration', () => {
  it('tokens are listed with what became of them, and revoked with a fresh code and a reason', async () => {
    const { text, id } = good(await make(station, 'hr', ['people.add', 'offers.create']))
    await tryToken(station, text, 'people.add', adds('N3000'))
    const madeAtMs = station.ward.clock.nowMs()
    const { handlers } = station.ward.desk
    expect(await handlers.listTokens({})).toEqual({
      ok: true,
      tokens: [
        {
          ...{ id, name: 'hr', scopes: ['people.add', 'offers.create'], madeBy: 'Ada Kern', state: 'works' },
          ...{ madeAtMs, expiresAtMs: madeAtMs + 30 * dayMs, lastUsedAtMs: madeAtMs },
        },
      ],
    })
    for (let time = 0; time < 2; time++) {
      station.ward.clock.pass(3 * 60_000)
      await handlers.reportActivity({})
    }
    expect(await handlers.revokeToken({ tokenId: id, reason })).toEqual({ ok: false, reason: 'step-up-needed' })
    expect(await tryToken(station, text, 'people.add', adds('N3001'))).toMatchObject({ ok: true })
    expect(await handlers.stepUp({ code: codeNow(station.ward, station.ward.setupKey) })).toEqual({ ok: true })
    expect(await handlers.revokeToken({ tokenId: id, reason })).toEqual({ ok: true })
    expect(await tryToken(station, text, 'people.add', adds('N3002'))).toEqual(doesNotWork)
    expect(await handlers.revokeToken({ tokenId: id, reason })).toEqual({ ok: false, reason: 'no-such-token' })
    expect(eventsOf(station.ward, 'token-revoked')).toMatchObject([
      { actor: station.ada, reason, details: { token: 'hr' } },
    ])
    expect(await handlers.listTokens({})).toMatchObject({ tokens: [{ state: 'revoked' }] })
  })

  it('the log names the token, and is looked through by its name', async () => {
    const { text, id } = good(await make(station, 'hr-import', ['people.add']))
    await tryToken(station, text, 'people.add', adds('N3000'))
    const filter = { group: null, person: 'hr-imp', outcome: null, fromMs: null, toMs: null }
    const named = { id, displayName: 'hr-import', staffId: null, token: true }
    expect(await station.ward.desk.handlers.readLog({ filter, before: null })).toMatchObject({
      people: [named],
      events: [
        { type: 'person-added', actor: named },
        { type: 'token-used', actor: named },
      ],
    })
  })
})
