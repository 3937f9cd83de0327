// What administrators do at the hub from the command line: set it up, people, stations, alerts, policy.
import fs from 'node:fs'
import QRCode from 'qrcode'
import { z } from 'zod'
import * as desk from '../contracts/hub/desk.ts'
import { parseJson } from '../contracts/json.ts'
import { parseHubUrl } from '../station/hub/http.ts'
import { ask, isAtTerminal } from './ask.ts'
import { type Ask, asker, atHub, type HubUser, placeOf, signInAt, type Told } from './hub-client.ts'
import { type Answer, problem, UsageError } from './output.ts'

export const good = (lines: readonly string[], json: Record<string, unknown>): Answer => ({
  found: false,
  lines,
  json: { ok: true, ...json },
})
export const told = <T>(answer: Told<T>, work: (value: T) => Answer): Answer =>
  answer.ok ? work(answer.value) : answer.answer

/** Of what is given; as it stands in an address. */
export function queryOf(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return given.length > 0 ? `?${new URLSearchParams(Object.fromEntries(given))}` : ''
}

interface Beginning {
  readonly slug: string
  readonly name: string
  readonly staffId: string
  readonly displayName: string
}

/** @param link `https://HUB/set-up#SECRET`, as the hub printed it. */
export async function setUpHub(link: string, beginning: Beginning): Promise<Answer> {
  const match = /^(\S+)\/set-up#([A-Za-z0-9_-]{43})$/.exec(link.trim())
  const url = parseHubUrl(match?.[1] ?? '')
  if (!match || !url) throw new UsageError('that is no set-up link: https://HUB/set-up#…, as the hub printed it')
  const { slug, name, staffId, displayName } = beginning
  const body = desk.setUpRequest.safeParse({
    token: match[2],
    organisation: { slug, name },
    administrator: { staffId, displayName },
  })
  if (!body.success) throw new UsageError(`${body.error.issues[0]?.path.join('.')} is not as it should be`)
  const asks = asker({ url, path: '/v1' }, null)
  const offer = await asks('POST', '/set-up', desk.madeOffer, body.data)
  if (!offer.ok) return offer.answer
  await showOffer(offer.value)
  for (;;) {
    const code = await ask('Code from the phone: ')
    const answer = await asks('POST', '/set-up/confirm', z.object({ ok: z.literal(true) }), { token: match[2], code })
    if (answer.ok) break
    if (!isAtTerminal() || answer.answer.json?.problem !== 'wrong-code') return answer.answer
    process.stderr.write(`${answer.answer.lines[0]}\n`)
  }
  const place = `${url}/v1/${slug}`
  return good([`${name} is set up. Its address for every command: --hub ${place}`], { hub: place })
}

/** To the terminal alone, never to standard output: what is piped on must not hold it. */
async function showOffer({ uri, setupKey }: { readonly uri: string; readonly setupKey: string }): Promise<void> {
  const picture = await QRCode.toString(uri, { type: 'terminal', small: true })
  process.stderr.write(`${picture}\nSetup key: ${setupKey}\n`)
}

export async function signInCommand(user: HubUser): Promise<Answer> {
  return told(await signInAt(placeOf(user.hub), user), ({ token, expiresAtMs }) =>
    good([token], { token, expiresAtMs }),
  )
}

export const listHubPeople = (user: HubUser, query: Record<string, string | undefined>): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', `/people${queryOf(query)}`, desk.peoplePage), (page) =>
      good(
        [
          ...page.people.map(
            (each) =>
              `${each.staffId}  ${each.displayName}  ${each.roles.join(' ')}  ${each.status}  ${each.groups.join(', ')}`,
          ),
          ...(page.next ? [`more: --after ${page.next}`] : []),
        ],
        { people: page.people, next: page.next },
      ),
    ),
  )

export const addHubPerson = (user: HubUser, person: unknown): Promise<Answer> => {
  const body = desk.newHubPerson.safeParse(person)
  if (!body.success) throw new UsageError(`${body.error.issues[0]?.path.join('.')} is not as it should be`)
  return atHub(user, async (asks) =>
    told(await asks('POST', '/people', z.object({ id: z.uuid() }), body.data), ({ id }) =>
      good([`Added ${body.data.staffId}.`], { id }),
    ),
  )
}

export const enrollHubPerson = (user: HubUser, staffId: string): Promise<Answer> =>
  atHub(user, async (asks) => {
    const person = await findPerson(asks, staffId)
    if (!person.ok) return person.answer
    return told(await enrollPerson(asks, person.value.id), ({ credentialId }) =>
      good([`${staffId} is enrolled.`], { credentialId }),
    )
  })

const enrolled = z.object({ credentialId: z.uuid() })

/** The offer and its first code, in one go: the person stands beside it with their phone. */
export async function enrollPerson(asks: Ask, id: string): Promise<Told<z.output<typeof enrolled>>> {
  const offer = await asks('POST', `/people/${id}/offers`, desk.madeOffer, {})
  if (!offer.ok) return offer
  await showOffer(offer.value)
  const code = await ask('Code from the phone: ')
  return asks('POST', `/offers/${offer.value.offerId}/confirm`, enrolled, { code })
}

export const changeHubPerson = (
  user: HubUser,
  staffId: string,
  status: desk.PersonView['status'],
  reason: string,
): Promise<Answer> =>
  atHub(user, async (asks) => {
    const person = await findPerson(asks, staffId)
    if (!person.ok) return person.answer
    return told(await asks('POST', `/people/${person.value.id}/status`, desk.done, { status, reason }), () =>
      good([`${staffId}: ${status}. Stations that are online have it within a second.`], {
        id: person.value.id,
        status,
      }),
    )
  })

export const revokeAtHub = (user: HubUser, credential: string, reason: string): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('POST', `/credentials/${encodeURIComponent(credential)}/revoke`, desk.done, { reason }), () =>
      good(['Revoked. Stations that are online have it within a second.'], { credential }),
    ),
  )

export const reinstateAtHub = (user: HubUser, credential: string, reason: string): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('POST', `/credentials/${encodeURIComponent(credential)}/reinstate`, desk.done, { reason }), () =>
      good(['It works again.'], { credential }),
    ),
  )

export const listHubPhones = (user: HubUser, after: string | undefined): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', `/phones${after ? `?after=${after}` : ''}`, desk.waitingPhones), ({ phones, next }) => ({
      found: phones.length > 0,
      lines: [
        ...(phones.length === 0 ? ['No phone waits to be let in.'] : []),
        ...phones.map(
          ({ id, staffId, displayName, roles, station }) =>
            `${id}  ${staffId}  ${displayName}  ${roles.join(' ')}  bound at ${station.name}, ${station.location} (${station.number})`,
        ),
        ...(next ? [`more: --after ${next}`] : []),
      ],
      json: { ok: phones.length === 0, phones, next },
    })),
  )

const settled = {
  approve: 'Let in. Stations that are online have it within a second.',
  refuse: 'Refused. It goes on at the station that bound it, until it is revoked.',
} as const

export const settleHubPhone = (
  user: HubUser,
  id: string,
  word: keyof typeof settled,
  reason: string,
): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('POST', `/phones/${encodeURIComponent(id)}/${word}`, desk.done, { reason }), () =>
      good([settled[word]], { credential: id }),
    ),
  )

export const makeHubJoinLink = (user: HubUser, group: string | undefined): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('POST', '/join-codes', desk.joinCodeMade, { group: group ?? null }), (made) =>
      good([made.link, `good until ${new Date(made.expiresAtMs).toISOString()}, once`], { ...made }),
    ),
  )

export const listHubStations = (user: HubUser, after: string | undefined): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', `/stations${after ? `?after=${after}` : ''}`, desk.stationsPage), ({ stations, next }) =>
      good(
        [
          ...stations.map(
            (each) =>
              `${each.number}  ${each.name}, ${each.location}  ${each.group ?? '-'}  ${each.status}  ${each.events} events  seen ${each.lastSeenAtMs === null ? 'never' : new Date(each.lastSeenAtMs).toISOString()}`,
          ),
          ...(next ? [`more: --after ${next}`] : []),
        ],
        { stations, next },
      ),
    ),
  )

export const changeHubStation = (user: HubUser, number: string, change: unknown): Promise<Answer> => {
  const body = desk.stationChange.safeParse(change)
  if (!body.success) throw new UsageError(`${body.error.issues[0]?.path.join('.')} is not as it should be`)
  return atHub(user, async (asks) =>
    told(await asks('POST', `/stations/${encodeURIComponent(number)}`, desk.done, body.data), () =>
      good([`Station ${number}: changed.`], { number }),
    ),
  )
}

export const listHubAlerts = (user: HubUser): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', '/alerts', desk.alertsPage), ({ alerts, next }) => {
      const open = alerts.filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null)
      const lines = open.map(
        (each) =>
          `${each.id}  ${new Date(each.atMs).toISOString()}  ${each.kind}  ${each.station ?? ''}  ${each.details}`,
      )
      return {
        found: open.length > 0,
        lines: lines.length > 0 ? lines : ['Nothing to look at.'],
        json: { ok: open.length === 0, alerts, next },
      }
    }),
  )

export const acknowledgeHubAlert = (user: HubUser, id: string): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('POST', `/alerts/${encodeURIComponent(id)}/acknowledge`, desk.done, {}), () =>
      good(['Acknowledged.'], { id }),
    ),
  )

export const setHubPolicy = (user: HubUser, file: string, reason: string): Promise<Answer> => {
  if (!fs.existsSync(file)) throw new UsageError(`${file}: no such file`)
  const body = desk.policyRequest.safeParse({ document: parseJson(fs.readFileSync(file, 'utf8')), reason })
  if (!body.success)
    return Promise.resolve(
      problem(`${file}: ${body.error.issues[0]?.path.join('.')}: ${body.error.issues[0]?.message}`, {
        problem: 'not-a-policy',
      }),
    )
  return atHub(user, async (asks) =>
    told(await asks('POST', '/policy', desk.policyAnswer, body.data), ({ number }) =>
      good([`Version ${number} is in force at every station that has it.`], { number }),
    ),
  )
}

export async function findPerson(asks: Ask, staffId: string): Promise<Told<desk.PersonView>> {
  const wanted = staffId.trim().normalize('NFC').toUpperCase()
  const page = await asks('GET', `/people?find=${encodeURIComponent(wanted)}`, desk.peoplePage)
  if (!page.ok) return page
  const [person] = page.value.people
  if (person) return { ok: true, value: person }
  return { ok: false, answer: problem('There is nobody of that staff ID.', { problem: 'no-such-person' }) }
}
