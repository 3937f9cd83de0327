// An organisation begins: made with its first administrator by a one-time link, and open once their first code is right.
import type { z } from 'zod'
import type { setUpConfirmation, setUpRequest } from '../contracts/hub/desk.ts'
import { everyGroup } from '../contracts/hub/names.ts'
import type { Scope } from './database.ts'
import { confirmOffer, makeOffer } from './enrollment.ts'
import { addPerson } from './people.ts'
import type { HubParts } from './ports.ts'
import { hashOfSecret, newId } from './primitives.ts'

type MadeOffer = Awaited<ReturnType<typeof makeOffer>>
type SetUp = MadeOffer | { readonly ok: false; readonly reason: 'link-over' | 'slug-taken' | 'begun-otherwise' }
type Confirmed =
  | { readonly ok: true; readonly organisation: string }
  | {
      readonly ok: false
      readonly reason: 'link-over' | 'no-such-offer' | 'offer-ended' | 'wrong-code' | 'clock-wrong'
    }

/** Again, by the same link, until its first code was right: then the offer is made anew. */
export async function setUp(parts: HubParts, request: z.output<typeof setUpRequest>): Promise<SetUp> {
  const nowMs = parts.nowMs()
  const { slug, name } = request.organisation
  const begun = await parts.db.outside(async (all) => {
    const link = await all
      .selectFrom('setup_link')
      .selectAll()
      .where('hash', '=', hashOfSecret(request.token))
      .where('used_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!link) return 'link-over'
    if (link.organisation_id !== null) return { id: link.organisation_id, isNew: false }
    const id = newId()
    const added = await all
      .insertInto('organisation')
      .values({ id, slug, name, made_at: nowMs })
      .onConflict((clash) => clash.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return 'slug-taken'
    await all.updateTable('setup_link').set({ organisation_id: id }).where('id', '=', link.id).execute()
    return { id, isNew: true }
  })
  if (typeof begun === 'string') return { ok: false, reason: begun }
  return parts.db.within(begun.id, async (scope) => {
    const doer = { organisation: begun.id, actor: null, nowMs }
    const known = await scope.selectFrom('person').select(['id', 'staff_id']).executeTakeFirst()
    if (known && known.staff_id !== request.administrator.staffId) return { ok: false, reason: 'begun-otherwise' }
    // The first code was right, and the hub ended before it could say so: the link is no way in beside theirs.
    if (known && (await isEnrolled(scope))) return { ok: false, reason: 'link-over' }
    if (known) return makeOffer(parts, scope, doer, known.id)
    const person = { ...request.administrator, roles: ['administrator' as const], groups: [everyGroup as '*'] }
    const added = await addPerson(scope, doer, person)
    if (!added.ok) throw new Error('a new organisation has nobody of this staff ID')
    return makeOffer(parts, scope, doer, added.id)
  })
}

const isEnrolled = async (scope: Scope): Promise<boolean> =>
  (await scope.selectFrom('credential').select('id').limit(1).executeTakeFirst()) !== undefined

export async function confirmSetUp(
  parts: HubParts,
  { token, code }: z.output<typeof setUpConfirmation>,
): Promise<Confirmed> {
  const link = await parts.db.outside((all) =>
    all
      .selectFrom('setup_link')
      .innerJoin('organisation', 'organisation.id', 'setup_link.organisation_id')
      .select(['setup_link.id', 'organisation.id as organisation', 'organisation.slug'])
      .where('setup_link.hash', '=', hashOfSecret(token))
      .where('setup_link.used_at', 'is', null)
      .executeTakeFirst(),
  )
  if (!link) return { ok: false, reason: 'link-over' }
  const nowMs = parts.nowMs()
  const confirmed = await parts.db.within(link.organisation, async (scope) => {
    if (await isEnrolled(scope)) return { ok: false, reason: 'link-over' } as const
    const offer = await scope.selectFrom('offer').select('id').where('status', '=', 'open').executeTakeFirst()
    if (!offer) return { ok: false, reason: 'offer-ended' } as const
    return confirmOffer(parts, scope, { organisation: link.organisation, actor: null, nowMs }, offer.id, code)
  })
  if (!confirmed.ok) return confirmed
  await parts.db.outside((all) =>
    all.updateTable('setup_link').set({ used_at: nowMs }).where('id', '=', link.id).execute(),
  )
  return { ok: true, organisation: link.slug }
}
