// A ward whose administrator makes tokens, which another process then uses, as the command line does.
import type { TokenScope } from '../../src/contracts/tokens.ts'
import { ClockFloor } from '../../src/station/clock-floor.ts'
import type { Recorder } from '../../src/station/ledger.ts'
import type { Opened } from '../../src/station/open-station.ts'
import { addPerson as add } from '../../src/station/people.ts'
import { type TokenAnswer, useToken } from '../../src/station/token-use.ts'
import { type MadeToken, makeToken } from '../../src/station/tokens.ts'
import { addPerson, beside, eventsOf, newWard, read, signIn, staffId, type Ward } from './attack-station.ts'

export const dayMs = 24 * 60 * 60_000
export const doesNotWork = { ok: false, reason: 'no-such-token' }
type Beside = Parameters<typeof beside>[0]

export interface TokenWard {
  readonly ward: Ward
  /** Two administrators, by their ids; the first is signed in. */
  readonly ada: string
  readonly second: string
}

/** With a nurse, too. */
export async function newTokenWard(): Promise<TokenWard> {
  const ward = await newWard()
  await signIn(ward)
  const second = await addPerson(ward, 'A1002', ['administrator'])
  await addPerson(ward, 'N2044')
  return { ward, second, ada: read<string>(ward, 'SELECT id FROM person WHERE staff_id = ?', staffId)[0] ?? '' }
}

export async function within<R>(station: Beside, work: (opened: Opened) => R): Promise<R> {
  let answer: { value: R } | null = null
  await beside(station, (opened) => {
    answer = { value: work(opened) }
  })
  if (!answer) throw new Error('nothing was done')
  return (answer as { value: R }).value
}

export const make = (station: TokenWard, name: string, scopes: TokenScope[], actor = station.ada): Promise<MadeToken> =>
  within(station.ward, ({ ledger, keys }) =>
    ledger.record((recorder) =>
      makeToken(recorder, keys, { name, scopes, days: 30, actor }, station.ward.clock.nowMs()),
    ),
  )

/** One that was made. */
export const good = (made: MadeToken) => {
  if (!made.ok) throw new Error(made.reason)
  return made
}

type Work<R> = (recorder: Recorder, actor: string) => R
export const tryToken = <R>(
  { ward }: Pick<TokenWard, 'ward'>,
  text: string,
  scope: TokenScope,
  work: Work<R>,
  more: { readonly station?: Beside; readonly second?: string } = {},
): Promise<TokenAnswer<R>> =>
  within(more.station ?? ward, ({ db, ledger, keys }) => {
    const parts = { db, ledger, keys, clock: ward.clock, floor: new ClockFloor(ward.clock) }
    return useToken(parts, text, { scope, name: scope, second: more.second, work })
  })

export const adds =
  (who: string, roles: Parameters<typeof add>[1]['roles'] = ['staff']): Work<string | null> =>
  (recorder, actor) =>
    add(recorder, { staffId: who, displayName: `Person ${who}`, roles }, actor)

export const refusals = ({ ward }: TokenWard) => eventsOf(ward, 'token-refused').map((event) => event.reason)
