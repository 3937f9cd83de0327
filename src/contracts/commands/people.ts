// Commands of Administration about people and what they prove who they are by.
import { z } from 'zod'
import { displayName, reasonText, staffId } from '../fields.ts'
import { importedPerson, importProblem, personStatus } from '../people-import.ts'
import { role } from '../roles.ts'
import { administrationRefusals, command, done, nothing, refused } from './answers.ts'
import { bindingOffered } from './binding.ts'
import { offered } from './enrollment.ts'

export const personRow = z.strictObject({
  id: z.uuid(),
  staffId: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  status: personStatus,
  /** An authenticator app of theirs works here. */
  enrolled: z.boolean(),
  /** A phone of theirs that scans works here. */
  bound: z.boolean(),
  recoveryCodesLeft: z.number().int().nonnegative(),
  lastSignInMs: z.number().int().nullable(),
})
export type PersonRow = z.infer<typeof personRow>

/** Part of the people that match a search. */
export const peopleFilter = z.enum(['everybody', 'active', 'no-phone', 'suspended', 'left'])
export type PeopleFilter = z.infer<typeof peopleFilter>
/** How many match in each part. */
export const peopleCounts = z.strictObject({
  everybody: z.number().int().nonnegative(),
  active: z.number().int().nonnegative(),
  'no-phone': z.number().int().nonnegative(),
  suspended: z.number().int().nonnegative(),
  left: z.number().int().nonnegative(),
})
export type PeopleCounts = z.infer<typeof peopleCounts>

export const credentialRow = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['totp', 'recovery', 'pin', 'phone']),
  status: z.enum(['pending', 'active', 'suspended', 'ended']),
  madeAtMs: z.number().int().nonnegative(),
  /** Recovery codes that are left; null for anything else. */
  codesLeft: z.number().int().nonnegative().nullable(),
})
export type CredentialRow = z.infer<typeof credentialRow>

const changeRefusals = ['no-such-person', 'staff-id-taken', 'last-administrator', 'has-left', 'of-hub'] as const
const importText = z.string().max(8 * 1024 * 1024)
const importPreview = z.strictObject({
  ok: z.literal(true),
  count: z.number().int().nonnegative(),
  sample: z.array(importedPerson).max(20),
  problemCount: z.number().int().nonnegative(),
  problems: z.array(importProblem).max(200),
})

export const peopleCommands = {
  listPeople: command(
    z.strictObject({
      search: z.string().max(100),
      page: z.number().int().min(0).max(100_000),
      filter: peopleFilter.optional(),
    }),
    z.union([
      z.strictObject({
        ok: z.literal(true),
        people: z.array(personRow).max(50),
        total: z.number().int(),
        pageSize: z.number().int(),
        counts: peopleCounts,
      }),
      refused(['not-allowed']),
    ]),
  ),
  addPerson: command(
    z.strictObject({ displayName, staffId, roles: z.array(role).min(1).max(4) }),
    z.union([
      z.strictObject({ ok: z.literal(true), personId: z.uuid() }),
      refused([...administrationRefusals, 'staff-id-taken']),
    ]),
  ),
  /** Ends the phones from before, with the reason why, or adds one where policy gives room. */
  makeOffer: command(
    z.strictObject({ personId: z.uuid(), adds: z.boolean().optional(), reason: reasonText.optional() }),
    z.union([offered, refused([...administrationRefusals, 'reason-needed', 'phones-full', 'last-administrator'])]),
  ),
  /** A phone that scans. It ends those from before as far as policy has no room; with a reason, as of one that is lost, all of both kinds. */
  bindPhone: command(
    z.strictObject({ personId: z.uuid(), reason: reasonText.optional() }),
    z.union([bindingOffered, refused([...administrationRefusals, 'no-phone-page', 'reason-needed'])]),
  ),
  readPerson: command(
    z.strictObject({ personId: z.uuid() }),
    z.union([
      z.strictObject({
        ok: z.literal(true),
        person: personRow,
        credentials: z.array(credentialRow).max(100),
        /** What the one who asks may do here, beyond looking. */
        may: z.strictObject({
          change: z.boolean(),
          revoke: z.boolean(),
          enroll: z.boolean(),
          addPhone: z.boolean(),
          bind: z.boolean(),
        }),
      }),
      refused(['not-allowed', 'no-such-person']),
    ]),
  ),
  editPerson: command(
    z.strictObject({ personId: z.uuid(), displayName, staffId, roles: z.array(role).min(1).max(4) }),
    z.union([done, refused([...administrationRefusals, ...changeRefusals])]),
  ),
  changePersonStatus: command(
    z.strictObject({ personId: z.uuid(), status: personStatus, reason: reasonText }),
    z.union([done, refused([...administrationRefusals, ...changeRefusals])]),
  ),
  revokeCredential: command(
    z.strictObject({ credentialId: z.uuid(), reason: reasonText }),
    z.union([done, refused([...administrationRefusals, 'no-such-credential', 'last-administrator'])]),
  ),
  /** A suspended one works again. */
  reinstateCredential: command(
    z.strictObject({ credentialId: z.uuid(), reason: reasonText }),
    z.union([done, refused([...administrationRefusals, 'no-such-credential', 'has-newer', 'of-hub'])]),
  ),
  /** A phone of the hub's that waits here works from then on. */
  letInPhone: command(
    z.strictObject({ credentialId: z.uuid(), reason: reasonText }),
    z.union([done, refused([...administrationRefusals, 'no-such-credential', 'phones-full'])]),
  ),
  /** Asks where to; answers once the file is whole. */
  exportPeople: command(
    nothing,
    z.union([
      z.strictObject({ ok: z.literal(true), people: z.number().int().nonnegative(), file: z.string() }),
      refused([...administrationRefusals, 'no-file', 'not-written']),
    ]),
  ),
  previewImport: command(z.strictObject({ text: importText }), z.union([importPreview, refused(['not-allowed'])])),
  /** All of the file or nothing. */
  importPeople: command(
    z.strictObject({ text: importText }),
    z.union([
      z.strictObject({ ok: z.literal(true), added: z.number().int().nonnegative() }),
      refused([...administrationRefusals, 'has-problems']),
    ]),
  ),
} as const
