// What comes up: events held to the log that is kept of their station, one after the other, and countersigned.
import { createPublicKey, sign, verify } from 'node:crypto'
import { sql } from 'kysely'
import { readEvent } from '../contracts/event-form.ts'
import type { HubAlertKind } from '../contracts/hub/desk.ts'
import { type EventsAnswer, eventsAtMost } from '../contracts/hub/up.ts'
import { parseNote } from '../core/checkpoint.ts'
import { cosignatureBytes, cosignedText } from '../core/cosignature.ts'
import { orderProblem } from '../core/log-order.ts'
import { noteKeyId, signaturesBy } from '../core/signed-note.ts'
import { appendLeaf, type Frontier, leafHash, treeRoot } from '../core/tree.ts'
import { raiseAlert } from './alerts.ts'
import type { Scope } from './database.ts'
import { hearFrom } from './hearsay.ts'
import type { Organisation } from './organisations.ts'
import type { HubParts } from './ports.ts'
import { sameBytes, sha256 } from './primitives.ts'

type IngestProblem = 'fork' | 'gap' | 'tampered' | 'bad-checkpoint'
/** `kept`: how many of a batch were new. */
export type Ingested =
  | (EventsAnswer & { readonly kept: number })
  | { readonly ok: false; readonly reason: IngestProblem; readonly number: number; readonly acknowledged: number }

/** How the log of one station stands here. */
interface KeptLog {
  readonly frontier: Frontier
  /** Of its last event, base64; undefined before the first. */
  readonly leaf: string | undefined
  readonly signingKey: Buffer
  /** The newest, signed by both; null before the first. */
  readonly checkpoint: string | null
}

/**
 * Stored once, however often it is sent: by (station, number). What was stored is compared, and another event for a number
 * is a fork. Nothing of a batch is kept unless all of it fits, up to a checkpoint that the station signed for just that.
 */
export async function takeEvents(
  parts: HubParts,
  scope: Scope,
  organisation: Organisation,
  number: string,
  sent: { readonly events: readonly string[]; readonly checkpoint: string },
): Promise<Ingested> {
  const nowMs = parts.nowMs()
  const log = await readLog(scope, number)
  const refuse = async (reason: IngestProblem, at: number, details: string): Promise<Ingested> => {
    const kind: HubAlertKind = reason === 'bad-checkpoint' ? 'tampered' : reason
    await raiseAlert(scope, organisation.id, { kind, station: number, details }, nowMs)
    return { ok: false, reason, number: at, acknowledged: log.frontier.size }
  }
  const first = readEvent(sent.events[0] ?? '')
  if (!first) return refuse('tampered', log.frontier.size + 1, 'an event that is none')
  if (first.number > log.frontier.size + 1)
    return refuse(
      'gap',
      log.frontier.size + 1,
      `event ${log.frontier.size + 1} is missing before event ${first.number}`,
    )
  const leaves = await leavesFrom(scope, number, first.number, log.frontier.size)
  let { frontier, leaf } = log
  const fresh: FreshEvent[] = []
  for (const [index, body] of sent.events.entries()) {
    const at = first.number + index
    const hash = Buffer.from(leafHash(Buffer.from(body), sha256))
    const before = leaves.get(at)
    if (before) {
      if (!sameBytes(before, hash)) return refuse('fork', at, `event ${at} was another one before`)
      continue
    }
    const problem = orderProblem(readEvent(body), { number: at, station: number, previous: leaf })
    if (problem === 'changed' && fresh.length === 0)
      return refuse('fork', at, `event ${at} does not follow what is kept`)
    if (problem) return refuse('tampered', at, `event ${at}: ${problem}`)
    frontier = appendLeaf(frontier, hash, sha256)
    leaf = hash.toString('base64')
    fresh.push({ number: at, body, leaf: hash })
  }
  if (fresh.length === 0) return { ok: true, acknowledged: frontier.size, checkpoint: log.checkpoint ?? '', kept: 0 }
  const opened = openCheckpoint(sent.checkpoint, number, log.signingKey)
  const root = Buffer.from(treeRoot(frontier, sha256)).toString('base64')
  if (!opened) return refuse('bad-checkpoint', frontier.size, 'a checkpoint that the station did not sign')
  if (opened.checkpoint.size !== frontier.size || opened.checkpoint.root !== root)
    return refuse('fork', frontier.size, `the checkpoint at ${opened.checkpoint.size} is of another log`)
  const checkpoint = countersigned(parts, organisation, sent.checkpoint, opened.text, nowMs)
  await keepEvents(scope, organisation.id, number, fresh, nowMs)
  const kept = {
    log_size: frontier.size,
    log_hashes: Buffer.concat(frontier.hashes),
    log_leaf: Buffer.from(leaf ?? '', 'base64'),
    checkpoint,
  }
  await scope.updateTable('station').set(kept).where('number', '=', number).execute()
  const doer = { organisation: organisation.id, actor: null, station: number, nowMs }
  await hearFrom(
    scope,
    doer,
    number,
    fresh.map(({ body }) => body),
  )
  return { ok: true, acknowledged: frontier.size, checkpoint, kept: fresh.length }
}

/** What is kept from a number on, up to the log's end. */
async function leavesFrom(scope: Scope, number: string, from: number, size: number): Promise<Map<number, Buffer>> {
  if (from > size) return new Map()
  const known = await scope
    .selectFrom('event')
    .select(['number', 'leaf'])
    .where('station_number', '=', number)
    .where('number', '>=', from)
    .where('number', '<', from + eventsAtMost)
    .execute()
  return new Map(known.map((row) => [Number(row.number), Buffer.from(row.leaf)]))
}

/** SHA-256. */
const leafBytes = 32

interface FreshEvent {
  readonly number: number
  readonly body: string
  readonly leaf: Buffer
}

/** In one statement, the bodies as one text and the leaves as one row of bytes: what each value costs adds up. */
async function keepEvents(
  scope: Scope,
  organisation: string,
  station: string,
  events: readonly FreshEvent[],
  nowMs: number,
): Promise<void> {
  const before = (events[0]?.number ?? 1) - 1
  const bodies = JSON.stringify(events.map(({ body }) => body))
  const leaves = Buffer.concat(events.map(({ leaf }) => leaf))
  await sql`INSERT INTO event (organisation_id, station_number, number, body, leaf, received_at)
    SELECT ${organisation}::uuid, ${station}, ${before}::bigint + place, body,
      substring(${leaves}::bytea FROM ((place - 1) * ${leafBytes}::bigint + 1)::int FOR ${leafBytes}::int), ${nowMs}::bigint
    FROM json_array_elements_text(${bodies}::json) WITH ORDINALITY AS new (body, place)`.execute(scope)
}

/** A station's own head that is shorter than what is kept of its log, or of another log: it fell back. */
export async function holdToHead(
  parts: HubParts,
  scope: Scope,
  organisation: Organisation,
  number: string,
  note: string,
): Promise<void> {
  const { frontier, signingKey } = await readLog(scope, number)
  const opened = openCheckpoint(note, number, signingKey)
  const alert = (kind: HubAlertKind, details: string) =>
    raiseAlert(scope, organisation.id, { kind, station: number, details }, parts.nowMs())
  if (!opened) return alert('tampered', 'a checkpoint that the station did not sign')
  const { size, root } = opened.checkpoint
  if (size < frontier.size) return alert('rollback', `its log has ${size} events, and ${frontier.size} are kept here`)
  if (size === frontier.size && root !== Buffer.from(treeRoot(frontier, sha256)).toString('base64'))
    return alert('fork', `its log of ${size} events is another one than is kept here`)
}

async function readLog(scope: Scope, number: string): Promise<KeptLog> {
  const row = await scope
    .selectFrom('station')
    .select(['signing_key', 'log_size', 'log_hashes', 'log_leaf', 'checkpoint'])
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const hashes = Buffer.from(row.log_hashes)
  const size = Number(row.log_size)
  return {
    frontier: {
      size,
      hashes: Array.from({ length: hashes.length / 32 }, (_, at) => hashes.subarray(at * 32, at * 32 + 32)),
    },
    leaf: row.log_leaf ? Buffer.from(row.log_leaf).toString('base64') : undefined,
    signingKey: Buffer.from(row.signing_key),
    checkpoint: row.checkpoint,
  }
}

/** Of this station's log, whatever organisation it says, and signed by its own key; else null. */
function openCheckpoint(note: string, number: string, signingKey: Buffer) {
  const parsed = parseNote(note)
  if (!parsed || !/^wardkey\/[a-z0-9-]{1,40}\/[0-9a-f]{16}$/.test(parsed.checkpoint.origin)) return null
  if (!parsed.checkpoint.origin.endsWith(`/${number}`)) return null
  const key = createPublicKey({ key: signingKey, format: 'der', type: 'spki' })
  const by = { name: parsed.checkpoint.origin, kind: 'ed25519', rawKey: signingKey.subarray(-32) } as const
  const good = signaturesBy(parsed, by, sha256, (text) => Buffer.from(text, 'base64')).some((signature) =>
    verify(null, Buffer.from(parsed.text), key, signature),
  )
  return good ? parsed : null
}

/** The note with the hub's cosignature below the station's signature. */
function countersigned(
  { keys }: HubParts,
  { id, slug }: Organisation,
  note: string,
  text: string,
  nowMs: number,
): string {
  const { key, raw } = keys.signing(id)
  const name = cosigner(slug)
  const atSeconds = Math.floor(nowMs / 1000)
  const signature = sign(null, Buffer.from(cosignedText(text, atSeconds)), key)
  const bytes = Buffer.concat([noteKeyId(name, 'cosignature', raw, sha256), cosignatureBytes(atSeconds, signature)])
  return `${note}\u2014 ${name} ${bytes.toString('base64')}\n`
}

/** The name under which an organisation's hub signs what it has seen of logs. */
export const cosigner = (slug: string): string => `wardkey/${slug}/hub`
