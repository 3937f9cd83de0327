// The station joins an organisation's hub by a link that works once; from then on the hub knows it by its keys.
import { createPrivateKey, sign } from 'node:crypto'
import { joinText } from '../../contracts/hub/join.ts'
import { joinCode, organisationSlug } from '../../contracts/hub/names.ts'
import { isBusy, withoutWaiting } from '../database.ts'
import type { Recorder } from '../ledger.ts'
import type { Opened } from '../open-station.ts'
import { readStation, stationNumber, stationRow } from '../signing.ts'
import { parseHubUrl } from './http.ts'
import { firstProgress, linkRow, readLink, writeProgress } from './link.ts'
import type { HubPort } from './port.ts'

export interface JoinLink {
  readonly url: string
  readonly organisation: string
  readonly code: string
}
export type JoinRefusal =
  | 'not-a-link'
  | 'joined-before'
  | 'unreachable'
  | 'join-refused'
  | 'already-joined'
  | 'bad-answer'
export type JoinOutcome =
  | { readonly ok: true; readonly organisation: string; readonly group: string | null }
  | { readonly ok: false; readonly reason: JoinRefusal }

/** `https://HUB/v1/ORGANISATION/join#CODE`, as the hub makes it. null for anything else. */
export function parseJoinLink(text: string): JoinLink | null {
  const match = /^(\S+)\/v1\/([a-z0-9-]+)\/join#([A-Za-z2-7\s-]+)$/.exec(text.trim())
  if (!match) return null
  const url = parseHubUrl(match[1] ?? '')
  const organisation = organisationSlug.safeParse(match[2])
  const code = joinCode.safeParse(match[3])
  if (!url || !organisation.success || !code.success) return null
  return { url, organisation: organisation.data, code: code.data }
}

export interface Joining {
  readonly hub: HubPort
  readonly link: JoinLink
  readonly appVersion: string
  readonly nowMs: number
  /** A person's id; undefined at first run, where nobody is known yet. */
  readonly actor: string | undefined
  /** Who approved it beside them, where policy wants two. */
  readonly second?: string | undefined
}

/** What the station keeps of it is written in one transaction with its event, once the hub has said yes. */
export async function joinHub(
  { db, ledger, keys }: Pick<Opened, 'db' | 'ledger' | 'keys'>,
  { hub, link, appVersion, nowMs, actor, second }: Joining,
): Promise<JoinOutcome> {
  const station = readStation(ledger)
  if (!station || readLink(ledger)) return { ok: false, reason: 'joined-before' }
  const spki = [station.signing_public, station.agreement_public, station.sealing_public].map((key) =>
    Buffer.from(key).toString('base64'),
  )
  const place = { table: 'station', row: stationRow, person: '', kind: 'signing' }
  const key = createPrivateKey({ key: keys.open(station.signing_secret, place), format: 'der', type: 'pkcs8' })
  const [signingKey = '', agreementKey = '', sealingKey = ''] = spki
  const answer = await hub.join(link.url, link.organisation, {
    code: link.code,
    name: station.name,
    location: station.location,
    signingKey,
    agreementKey,
    sealingKey,
    appVersion,
    signature: sign(null, Buffer.from(joinText(link.code, spki)), key).toString('base64'),
  })
  if (!answer.ok) return { ok: false, reason: refusalOf(answer.reason) }
  if (answer.station !== stationNumber(station.signing_public)) return { ok: false, reason: 'bad-answer' }
  const keep = (recorder: Recorder) => {
    const current = readStation(recorder)
    if (!current) throw new Error('a station that is open has its row')
    const { id: _, event_number: __, ...content } = current
    recorder.put('station', stationRow, { ...content, station_group: answer.group ?? content.station_group })
    putLink(recorder, link.url, answer, nowMs)
    const details = { name: answer.organisation.name, url: link.url }
    recorder.event({ type: 'hub-joined', actor, details })
    writeProgress(db, keys, firstProgress(answer.token))
  }
  const isKept = await onceFree(() =>
    withoutWaiting(db, () =>
      ledger.withSecond(second, () =>
        ledger.record((recorder) => {
          // By another process, while this one asked.
          if (readLink(recorder)) return false
          keep(recorder)
          return true
        }),
      ),
    ),
  )
  if (!isKept) return { ok: false, reason: 'joined-before' }
  return { ok: true, organisation: answer.organisation.name, group: answer.group }
}

/** Much longer than a file of people takes to be imported. By the same link the hub says it again, should it not do. */
const patienceMs = 60_000
const againMs = 100

/** Another process writes just now: what the hub gave must not be lost for that. Throws what is still so after a minute. */
async function onceFree<R>(work: () => R): Promise<R> {
  const fromMs = performance.now()
  for (;;)
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || performance.now() - fromMs > patienceMs) throw error
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
}

function putLink(
  recorder: Recorder,
  url: string,
  answer: { readonly organisation: { id: string; slug: string; name: string }; readonly hubKey: string },
  nowMs: number,
): void {
  recorder.put('hub_link', linkRow, {
    url,
    organisation_id: answer.organisation.id,
    organisation_slug: answer.organisation.slug,
    organisation_name: answer.organisation.name,
    hub_key: Buffer.from(answer.hubKey, 'base64'),
    closed: null,
    confirmed_at_ms: nowMs,
    confirmed_running_ms: null,
    boot: null,
  })
}

const refusalOf = (reason: string): JoinRefusal =>
  reason === 'unreachable' || reason === 'join-refused' || reason === 'already-joined'
    ? reason
    : reason === 'not-signed-in'
      ? 'join-refused'
      : 'bad-answer'
