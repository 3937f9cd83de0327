// Commands by which the workstation joins its organisation's hub: a new one on its first screen, or one in use.
import { z } from 'zod'
import { stationLabel } from '../fields.ts'
import { administrationRefusals, command, refused } from './answers.ts'

/** As the hub made it: `https://HUB/v1/ORGANISATION/join#CODE`. */
const link = z.string().max(500)
const joinRefusals = [
  'not-a-link',
  'joined-before',
  'unreachable',
  'join-refused',
  'already-joined',
  'bad-answer',
] as const
const joined = z.strictObject({ ok: z.literal(true), organisation: z.string(), group: z.string().nullable() })

export const hubCommands = {
  joinHub: command(z.strictObject({ link }), z.union([joined, refused([...administrationRefusals, ...joinRefusals])])),
} as const

export const firstJoinCommands = {
  /** Without an administrator of its own: people come from the hub. 'not-now' anywhere but on the first screen. */
  joinAtFirstRun: command(
    z.strictObject({ name: stationLabel, location: stationLabel, link }),
    z.union([joined, refused(['not-now', ...joinRefusals])]),
  ),
} as const
