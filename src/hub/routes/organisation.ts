// What every route of an organisation begins with: which one it is, and who asks.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { organisationSlug } from '../../contracts/hub/names.ts'
import type { Role } from '../../contracts/roles.ts'
import { type Holder, holderOf } from '../access.ts'
import type { Scope } from '../database.ts'
import { findOrganisation, type Organisation } from '../organisations.ts'
import type { Doer } from '../people.ts'
import type { HubParts } from '../ports.ts'

/** Carried to the error handler's place: an answer that is no success. */
export class Refused extends Error {
  readonly statusCode: number
  readonly reason: string
  constructor(statusCode: number, reason: string) {
    super(reason)
    this.name = 'Refused'
    this.statusCode = statusCode
    this.reason = reason
  }
}

interface Words {
  readonly statusCode: number
  readonly reason: string
}

/** @param unknown how an organisation that isn't there answers: in the words of one where whoever asks is nobody. */
export async function organisationOf(
  parts: HubParts,
  request: FastifyRequest,
  unknown: Words = { statusCode: 401, reason: 'not-signed-in' },
): Promise<Organisation> {
  const slug = organisationSlug.safeParse((request.params as { organisation?: string }).organisation)
  const found = slug.success ? await findOrganisation(parts.db, slug.data) : null
  if (!found) throw new Refused(unknown.statusCode, unknown.reason)
  return found
}

export interface Signed extends Doer {
  readonly actor: string
  readonly holder: Holder
}

/** In one transaction: whoever asks still may, and what they ask for is done. */
export async function asHolder<R>(
  parts: HubParts,
  request: FastifyRequest,
  roles: readonly Role[],
  work: (scope: Scope, doer: Signed, organisation: Organisation) => Promise<R>,
): Promise<R> {
  const organisation = await organisationOf(parts, request)
  return parts.db.within(organisation.id, async (scope) => {
    const holder = await holderOf(parts, scope, tokenOf(request))
    if (!holder) throw new Refused(401, 'not-signed-in')
    if (!holder.roles.some((role) => roles.includes(role))) throw new Refused(403, 'not-allowed')
    const doer = { organisation: organisation.id, actor: holder.personId, nowMs: parts.nowMs(), holder }
    return work(scope, doer, organisation)
  })
}

export const tokenOf = (request: FastifyRequest): string =>
  /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1] ?? ''

/** Sends what a service said: a refusal as 409, or as what its reason stands for. */
export function answer<R extends { readonly ok: boolean }>(reply: FastifyReply, said: R): FastifyReply {
  if (said.ok) return reply.send(said)
  const { reason } = said as unknown as { reason: string }
  return reply.code(statusOf(reason)).send(said)
}

function statusOf(reason: string): number {
  if (reason.startsWith('no-such-')) return 404
  if (reason === 'not-allowed') return 403
  return reason === 'throttled' ? 429 : 409
}
