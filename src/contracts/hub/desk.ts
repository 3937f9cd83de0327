// What administrators of an organisation do at the hub: the bodies of its HTTP interface.
import { z } from 'zod'
import { displayName, oneTimeCode, reasonText, staffId, stationLabel } from '../fields.ts'
import { policyDocument } from '../policy.ts'
import { role } from '../roles.ts'
import { everyGroup, groupName, organisationSlug, secretText, stationNumber, timeMs } from './names.ts'

const ok = z.strictObject({ ok: z.literal(true) })
export const done = ok

/** Its setup key and URI leave the hub once, to whoever made it. */
export const madeOffer = z.strictObject({
  ok: z.literal(true),
  offerId: z.uuid(),
  personId: z.uuid(),
  uri: z.string().max(500),
  setupKey: z.string().max(200),
  expiresAtMs: timeMs,
})
export const confirmation = z.strictObject({ code: oneTimeCode })

export const setUpRequest = z.strictObject({
  /** From the link that the hub printed at its first start. */
  token: secretText,
  organisation: z.strictObject({ slug: organisationSlug, name: stationLabel }),
  administrator: z.strictObject({ staffId, displayName }),
})
export const setUpConfirmation = z.strictObject({ token: secretText, code: oneTimeCode })

export const signInRequest = z.strictObject({ staffId, code: oneTimeCode })
export const signedIn = z.strictObject({
  ok: z.literal(true),
  organisation: organisationSlug,
  token: secretText,
  expiresAtMs: timeMs,
})

export const groups = z.array(z.union([z.literal(everyGroup), groupName])).max(50)
export const newHubPerson = z.strictObject({
  staffId,
  displayName,
  roles: z.array(role).min(1).max(4),
  groups: groups.default([everyGroup]),
})
export const personStatus = z.strictObject({ status: z.enum(['active', 'suspended', 'left']), reason: reasonText })
export const reasoned = z.strictObject({ reason: reasonText })

const page = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) })

/** `find`: the one person of this staff ID. `only`: those who are active and have nothing to prove themselves by. */
export const peopleQuery = page.extend({
  after: staffId.optional(),
  find: staffId.optional(),
  only: z.literal('unenrolled').optional(),
})
export const stationsQuery = page.extend({ after: stationNumber.optional() })
export const phonesQuery = page.extend({ after: z.uuid().optional() })
export const alertsQuery = page.extend({ after: z.uuid().optional() })

export const personView = z.strictObject({
  id: z.uuid(),
  staffId: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  groups: z.array(z.string()),
  status: z.enum(['active', 'suspended', 'left']),
  credentials: z.array(z.strictObject({ id: z.uuid(), kind: z.string(), status: z.string() })),
})
export type PersonView = z.infer<typeof personView>
export const peoplePage = z.strictObject({
  ok: z.literal(true),
  people: z.array(personView),
  next: z.string().nullable(),
})

/** Bound at a station for somebody who may do more than sign in: no other station has it before an administrator's word. */
export const waitingPhone = z.strictObject({
  id: z.uuid(),
  staffId: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  station: z.strictObject({ number: stationNumber, name: z.string(), location: z.string() }),
})
export const waitingPhones = z.strictObject({
  ok: z.literal(true),
  phones: z.array(waitingPhone),
  next: z.string().nullable(),
})

export const joinCodeRequest = z.strictObject({ group: groupName.nullable().default(null) })
export const joinCodeMade = z.strictObject({
  ok: z.literal(true),
  code: z.string(),
  link: z.string().max(500),
  expiresAtMs: timeMs,
})

export const stationView = z.strictObject({
  number: stationNumber,
  name: z.string(),
  location: z.string(),
  group: z.string().nullable(),
  status: z.enum(['active', 'suspended', 'held', 'removed']),
  /** As many events of its log are kept, each held to the ones before. */
  events: z.number().int().nonnegative(),
  lastSeenAtMs: timeMs.nullable(),
  /** Its clock less the hub's, as it was last seen. */
  clockOffsetMs: z.number().int().nullable(),
  cursor: z.number().int().nonnegative(),
  appVersion: z.string(),
})
export type StationView = z.infer<typeof stationView>
export const stationsPage = z.strictObject({
  ok: z.literal(true),
  stations: z.array(stationView),
  next: z.string().nullable(),
})
export const stationChange = z.strictObject({
  name: stationLabel.optional(),
  location: stationLabel.optional(),
  group: groupName.nullable().optional(),
  status: z.enum(['active', 'suspended', 'removed']).optional(),
  reason: reasonText,
})

export const hubAlertKind = z.enum([
  'fork',
  'rollback',
  'gap',
  'copied-station',
  'silent',
  'tampered',
  'staff-id-taken',
  'same-code-twice',
  'many-failures',
  'phone-waits',
  'phone-conflict',
])
export type HubAlertKind = z.infer<typeof hubAlertKind>
export const alertView = z.strictObject({
  id: z.uuid(),
  kind: hubAlertKind,
  station: z.string().nullable(),
  details: z.string(),
  atMs: timeMs,
  acknowledgedAtMs: timeMs.nullable(),
})
export const alertsPage = z.strictObject({
  ok: z.literal(true),
  alerts: z.array(alertView),
  next: z.string().nullable(),
})

export const policyRequest = z.strictObject({ document: policyDocument, reason: reasonText })
export const policyAnswer = z.strictObject({
  ok: z.literal(true),
  number: z.number().int().nonnegative(),
  document: policyDocument,
})
