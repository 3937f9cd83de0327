// A file of people, as it is previewed before anybody is added.
import { z } from 'zod'
import { displayName, staffId } from './fields.ts'
import { role } from './roles.ts'

/** `status` is of people who were exported; without it everybody is active. */
export type ImportColumn = 'staff_id' | 'name' | 'roles' | 'status'

export const newPerson = z.strictObject({ staffId, displayName, roles: z.array(role).min(1).max(4).readonly() })
export type NewPerson = z.infer<typeof newPerson>

export const personStatus = z.enum(['active', 'suspended', 'left'])
export type PersonStatus = z.infer<typeof personStatus>
export const importedPerson = newPerson.extend({ status: personStatus })
export type ImportedPerson = z.infer<typeof importedPerson>

export const importProblem = z.strictObject({
  line: z.number().int().positive(),
  problem: z.enum([
    'not-text',
    'not-csv',
    'empty-file',
    'too-many-lines',
    'missing-column',
    'unknown-column',
    'wrong-columns',
    'bad-staff-id',
    'bad-name',
    'bad-role',
    'bad-status',
    'twice-in-file',
    'staff-id-taken',
  ]),
  /** What stands in the file there, shortened. */
  text: z.string().max(60).optional(),
  /** The other line it collides with. */
  other: z.number().int().positive().optional(),
})
export type ImportProblem = z.infer<typeof importProblem>
