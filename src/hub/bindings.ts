// Boxes that stations open for their offers: a phone's part goes in, the station's welcome comes out, and then it is over.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { partsAtOnce } from '../contracts/hub/bindings.ts'
import { readPhonePart } from '../core/binding.ts'
import { announce, type Scope } from './database.ts'

/** Of one station: of more, the one that ends first goes. */
const boxesOfStation = 20
/** A second part ends the offer at its station; a third would tell nobody anything. */
const partsOfBox = 2
/** How long a phone may fetch its welcome. */
const welcomeLivesMs = 2 * 60_000

const noSuchBox = { ok: false, reason: 'no-such-box' } as const
type Done = { readonly ok: true } | { readonly ok: false; readonly reason: 'no-such-box' | 'not-a-part' | 'box-full' }

/** @param box its name, 32 bytes: the station made it of what only its offer's QR code says. */
export async function openBox(
  scope: Scope,
  organisation: string,
  station: string,
  { box, livesMs }: { readonly box: Buffer; readonly livesMs: number },
  nowMs: number,
): Promise<void> {
  await forgetBoxes(scope, nowMs)
  await sql`DELETE FROM binding_box WHERE id IN (SELECT id FROM binding_box WHERE station_number = ${station}
    ORDER BY expires_at DESC OFFSET ${boxesOfStation - 1})`.execute(scope)
  await scope
    .insertInto('binding_box')
    .values({ organisation_id: organisation, id: box, station_number: station, expires_at: nowMs + livesMs })
    .onConflict((clash) => clash.columns(['organisation_id', 'id']).doNothing())
    .execute()
}

/** The hub can't tell whose it is: what only the offer says is in what the phone signed, and the station looks for itself. */
export async function takePart(
  scope: Scope,
  organisation: string,
  sent: { readonly box: Buffer; readonly part: Buffer; readonly claim: Buffer },
  nowMs: number,
): Promise<Done> {
  if (!readPhonePart(sent.part)) return { ok: false, reason: 'not-a-part' }
  const box = await scope
    .selectFrom('binding_box')
    .innerJoin('station', 'station.number', 'binding_box.station_number')
    .select('binding_box.confirmed')
    .where('binding_box.id', '=', sent.box)
    .where('binding_box.expires_at', '>', nowMs)
    .where('station.status', '=', 'active')
    // One part after the other, or more would get in than there is room for.
    .forUpdate('binding_box')
    .executeTakeFirst()
  if (!box || box.confirmed) return noSuchBox
  const digest = digestOf(sent.part)
  const inside = await scope.selectFrom('binding_part').select('digest').where('box_id', '=', sent.box).execute()
  if (inside.some((each) => digest.equals(each.digest))) return { ok: true }
  if (inside.length >= partsOfBox) return { ok: false, reason: 'box-full' }
  await scope
    .insertInto('binding_part')
    .values({ organisation_id: organisation, box_id: sent.box, digest, body: sent.part, claim: sent.claim, at: nowMs })
    .execute()
  await announce(scope, organisation)
  return { ok: true }
}

/** In the order in which they came, each given out once. Base64url. */
export async function partsFor(scope: Scope, station: string, nowMs: number): Promise<string[]> {
  const rows = await scope
    .selectFrom('binding_part')
    .innerJoin('binding_box', 'binding_box.id', 'binding_part.box_id')
    .select(['binding_part.box_id', 'binding_part.digest', 'binding_part.body'])
    .where('binding_box.station_number', '=', station)
    .where('binding_box.expires_at', '>', nowMs)
    .where('binding_part.body', 'is not', null)
    .orderBy('binding_part.at')
    .limit(partsAtOnce)
    .forUpdate('binding_part')
    .execute()
  for (const { box_id, digest } of rows)
    await scope
      .updateTable('binding_part')
      .set({ body: null })
      .where('box_id', '=', box_id)
      .where('digest', '=', digest)
      .execute()
  return rows.map(({ body }) => Buffer.from(body ?? []).toString('base64url'))
}

/** For which stations a part is there. */
export async function stationsWithParts(scope: Scope, nowMs: number): Promise<Set<string>> {
  const rows = await scope
    .selectFrom('binding_part')
    .innerJoin('binding_box', 'binding_box.id', 'binding_part.box_id')
    .select('binding_box.station_number')
    .distinct()
    .where('binding_part.body', 'is not', null)
    .where('binding_box.expires_at', '>', nowMs)
    .execute()
  return new Set(rows.map(({ station_number }) => station_number))
}

/** From then on nobody puts anything into the box, and the one whose part it was can take it out for a while. */
export async function putWelcome(
  scope: Scope,
  station: string,
  { box, part, welcome }: { readonly box: Buffer; readonly part: Buffer; readonly welcome: Buffer },
  nowMs: number,
): Promise<Done> {
  const put = await scope
    .updateTable('binding_box')
    .set({ confirmed: part, welcome, expires_at: nowMs + welcomeLivesMs })
    .where('id', '=', box)
    .where('station_number', '=', station)
    .where('expires_at', '>', nowMs)
    .where('confirmed', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return put ? { ok: true } : noSuchBox
}

type Found =
  | { readonly ok: true; readonly fetched: boolean; readonly welcome: string | null }
  | { readonly ok: false; readonly reason: 'no-such-box' }

/** @param claim what the digest beside the part is of: another phone's asker, and a stranger, hear the same. */
export async function welcomeFor(
  scope: Scope,
  { box, claim }: { readonly box: Buffer; readonly claim: Buffer },
  nowMs: number,
): Promise<Found> {
  const row = await scope
    .selectFrom('binding_part')
    .innerJoin('binding_box', 'binding_box.id', 'binding_part.box_id')
    .select(['binding_part.body', 'binding_part.digest', 'binding_box.confirmed', 'binding_box.welcome'])
    .where('binding_box.id', '=', box)
    .where('binding_box.expires_at', '>', nowMs)
    .where('binding_part.claim', '=', digestOf(claim))
    .executeTakeFirst()
  if (!row || (row.confirmed && !Buffer.from(row.confirmed).equals(row.digest))) return noSuchBox
  return {
    ok: true,
    fetched: row.body === null,
    welcome: row.welcome && Buffer.from(row.welcome).toString('base64url'),
  }
}

/** With what lies in them. */
export async function forgetBoxes(scope: Scope, nowMs: number): Promise<void> {
  await scope.deleteFrom('binding_box').where('expires_at', '<=', nowMs).execute()
}

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
