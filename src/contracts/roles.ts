// The roles of people, and the named actions that a role may take.
import { z } from 'zod'

export const role = z.enum(['staff', 'supervisor', 'administrator', 'auditor'])
export type Role = z.infer<typeof role>

/** What somebody who is signed in, or who approves with a code, may be allowed to do. */
export const action = z.enum([
  'see-people',
  'see-credentials',
  'change-people',
  'enroll',
  'revoke',
  'acknowledge-alerts',
  'make-emergency-codes',
  'review-emergency',
  'issue-tickets' /** One's own PIN and recovery codes. */,
  'change-own' /** A new phone of one's own after a recovery code, with nobody's approval. */,
  'enroll-self',
  'see-policy',
  'change-policy',
  'read-log',
  'run-station',
])
export type Action = z.infer<typeof action>
