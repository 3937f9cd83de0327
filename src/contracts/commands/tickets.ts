// Commands of Administration about tickets: a person's one-time help.
import { z } from 'zod'
import { reasonText } from '../fields.ts'
import { administrationRefusals, command, done, refused } from './answers.ts'

/** 'sign-in': gets a person in once. 'enroll': gets them to their own phone offer at the lock screen, and nowhere else. */
export const ticketPurpose = z.enum(['sign-in', 'enroll'])
export type TicketPurpose = z.infer<typeof ticketPurpose>

/** One that still works; what it says was shown once and is nowhere. */
export const ticketRow = z.strictObject({
  id: z.uuid(),
  purpose: ticketPurpose,
  issuedBy: z.string(),
  expiresAtMs: z.number().int().nonnegative(),
})
export type TicketRow = z.infer<typeof ticketRow>

export const ticketCommands = {
  /** The ticket that works, if there is one, and which could be issued now. */
  readTickets: command(
    z.strictObject({ personId: z.uuid() }),
    z.union([
      z.strictObject({
        ok: z.literal(true),
        tickets: z.array(ticketRow).max(10),
        mayIssue: z.array(ticketPurpose),
      }),
      refused(['not-allowed', 'no-such-person']),
    ]),
  ),
  /** The one from before ends. What it says goes out here, once. */
  issueTicket: command(
    z.strictObject({
      personId: z.uuid(),
      purpose: ticketPurpose,
      hours: z.number().int().min(1).max(12),
      reason: reasonText,
    }),
    z.union([
      z.strictObject({ ok: z.literal(true), ticket: z.string(), expiresAtMs: z.number().int().nonnegative() }),
      refused([...administrationRefusals, 'no-such-person', 'person-inactive', 'not-for-them', 'by-policy']),
    ]),
  ),
  revokeTicket: command(
    z.strictObject({ ticketId: z.uuid(), reason: reasonText }),
    z.union([done, refused([...administrationRefusals, 'no-such-ticket'])]),
  ),
} as const
