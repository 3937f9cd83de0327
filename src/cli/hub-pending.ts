// What was begun and done at the hub, from the command line: offers, codes to join with, actions, and who may how much.
import { done } from '../contracts/hub/desk.ts'
import * as pending from '../contracts/hub/pending.ts'
import { atHub, type HubUser } from './hub-client.ts'
import { findPerson, good, queryOf, told } from './hub-desk.ts'
import { type Answer, UsageError } from './output.ts'

interface Page {
  readonly after?: string | undefined
  readonly all?: boolean | undefined
}
const time = (ms: number): string => new Date(ms).toISOString()
const pageOf = ({ after, all }: Page): string => queryOf({ after, only: all ? 'all' : undefined })
const more = (next: string | null): string[] => (next ? [`more: --after ${next}`] : [])
const orNone = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? lines : ['None.'])

export const listOffers = (user: HubUser, page: Page): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', `/offers${pageOf(page)}`, pending.offersPage), ({ offers, next }) => {
      const lines = offers.map(
        ({ id, staffId, displayName, status, expiresAtMs }) =>
          `${id}  ${staffId}  ${displayName}  ${status}  until ${time(expiresAtMs)}`,
      )
      return good([...orNone(lines), ...more(next)], { offers, next })
    }),
  )

export const listJoinCodes = (user: HubUser, page: Page): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', `/join-codes${pageOf(page)}`, pending.joinCodesPage), ({ joinCodes, next }) => {
      const lines = joinCodes.map(
        ({ id, group, status, madeBy, expiresAtMs }) =>
          `${id}  ${group ?? '-'}  ${status}  by ${madeBy}  until ${time(expiresAtMs)}`,
      )
      return good([...orNone(lines), ...more(next)], { joinCodes, next })
    }),
  )

export const withdrawPending = (
  user: HubUser,
  what: 'offers' | 'join-codes',
  id: string,
  reason: string,
): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('POST', `/${what}/${encodeURIComponent(id)}/withdraw`, done, { reason }), () =>
      good(['Withdrawn: whoever has it can do nothing with it.'], { id }),
    ),
  )

export function purgePending(user: HubUser, days: string, reason: string): Promise<Answer> {
  const body = pending.purgeRequest.safeParse({ days: Number(days), reason })
  if (!body.success) throw new UsageError('say how many days, from 0 to 3650, and why')
  return atHub(user, async (asks) =>
    told(await asks('POST', '/purge', pending.purged, body.data), ({ offers, joinCodes }) =>
      good([`Purged ${offers} offers and ${joinCodes} codes to join with.`], { offers, joinCodes }),
    ),
  )
}

export const listActions = (user: HubUser, after: string | undefined): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', `/actions${queryOf({ after })}`, pending.actionsPage), ({ actions, next }) => {
      const lines = actions.map(
        ({ atMs, type, actor, details }) =>
          `${time(atMs)}  ${type}  ${actor?.staffId ?? '-'}  ${JSON.stringify(details)}`,
      )
      return good([...orNone(lines), ...more(next)], { actions, next })
    }),
  )

export function changeAccess(user: HubUser, staffId: string, change: unknown): Promise<Answer> {
  const body = pending.accessChange.safeParse(change)
  if (!body.success) throw new UsageError(`${body.error.issues[0]?.path.join('.')} is not as it should be`)
  if (!body.data.roles && !body.data.groups) throw new UsageError('say which --role or which --groups')
  return atHub(user, async (asks) => {
    const person = await findPerson(asks, staffId)
    if (!person.ok) return person.answer
    const { id } = person.value
    return told(await asks('POST', `/people/${id}/access`, pending.accessChanged, body.data), ({ phonesWaiting }) =>
      good(
        [
          `${staffId}: changed. Stations that are online have it within a second.`,
          ...(phonesWaiting > 0 ? [`Phones to be let in again: ${phonesWaiting} (hub phones list).`] : []),
        ],
        { id, phonesWaiting },
      ),
    )
  })
}
