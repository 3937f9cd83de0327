// hub retention, hub holds: how long the hub keeps what events say, and what stays whatever that is.
import { done } from '../contracts/hub/desk.ts'
import { holdMade, holdRequest, holdsAnswer, retentionAnswer, retentionRequest } from '../contracts/hub/retention.ts'
import { atHub, type HubUser } from './hub-client.ts'
import { findPerson, good, told } from './hub-desk.ts'
import { type Answer, UsageError } from './output.ts'

const inWords = (days: number | null) =>
  days === null ? 'What events say is kept for ever.' : `What events say is kept for ${days} days.`

export const showRetention = (user: HubUser): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', '/retention', retentionAnswer), ({ days }) => good([inWords(days)], { days })),
  )

/** @param text a number of days, or `off`. */
export const setRetention = (user: HubUser, text: string, reason: string | undefined): Promise<Answer> => {
  const body = retentionRequest.safeParse({ days: text === 'off' ? null : Number(text), reason })
  if (!body.success) throw new UsageError('say how many days (30 or more) or off, and why: --reason TEXT')
  return atHub(user, async (asks) =>
    told(await asks('POST', '/retention', retentionAnswer, body.data), ({ days }) => good([inWords(days)], { days })),
  )
}

const day = (ms: number | null) => (ms === null ? '-' : new Date(ms).toISOString())

export const showHolds = (user: HubUser): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', '/holds', holdsAnswer), ({ holds }) =>
      good(
        holds.length === 0
          ? ['Nothing is held.']
          : holds.map(
              (each) =>
                `${each.id}  ${each.personId ?? 'everybody'}  from ${day(each.fromMs)}  to ${day(each.toMs)}  ${each.reason}`,
            ),
        { holds },
      ),
    ),
  )

export interface Wanted {
  readonly person?: string | undefined
  /** A day or a time, as Date reads one. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly reason?: string | undefined
}

export const setHold = (user: HubUser, { person, from, to, reason }: Wanted): Promise<Answer> => {
  const time = (text: string | undefined) => (text === undefined ? null : Date.parse(text))
  return atHub(user, async (asks) => {
    const found = person === undefined ? null : await findPerson(asks, person)
    if (found && !found.ok) return found.answer
    const wanted = { personId: found?.value.id ?? null, fromMs: time(from), toMs: time(to), reason }
    const body = holdRequest.safeParse(wanted)
    if (!body.success) throw new UsageError('times as 2026-03-01 or 2026-03-01T08:00:00Z, and why: --reason TEXT')
    return told(await asks('POST', '/holds', holdMade, body.data), ({ id }) => good([`Held: ${id}`], { id }))
  })
}

export const liftHold = (user: HubUser, id: string, reason: string): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('POST', `/holds/${encodeURIComponent(id)}/lift`, done, { reason }), () =>
      good(['Lifted.'], { id }),
    ),
  )
