// Commands of Administration about the workstation itself: what it is, how it does, its backup, and the people after a restore.
import { z } from 'zod'
import { stationLabel } from '../fields.ts'
import { healthItem } from '../health.ts'
import { role } from '../roles.ts'
import { hubState } from '../screen.ts'
import { administrationRefusals, command, done, nothing, refused } from './answers.ts'

const count = z.number().int().nonnegative()
const version = z.string().max(60)

export const workstationFacts = z.strictObject({
  ok: z.literal(true),
  station: z.strictObject({
    name: z.string(),
    location: z.string(),
    /** null: in no group. */
    group: z.string().nullable(),
    number: z.string().regex(/^[0-9a-f]{16}$/),
  }),
  versions: z.strictObject({ app: version, electron: version.nullable(), node: version, sqlite: version }),
  health: z.array(healthItem),
  keychain: z.enum(['secret-service', 'macos-keychain', 'windows-vault']),
  ntp: z.enum(['synchronised', 'not-synchronised', 'unknown']),
  storeBytes: count,
  freeBytes: count,
  events: count,
  /** How many of them the keychain's checkpoint covers. */
  anchoredEvents: count,
  lastBackupAtMs: count.nullable(),
  /** null: the station belongs to none. `acknowledged`: as many events are kept there. */
  hub: z
    .strictObject({
      organisation: z.string(),
      url: z.string(),
      state: hubState,
      confirmedAtMs: count,
      acknowledged: count,
    })
    .nullable(),
})
export type WorkstationFacts = z.infer<typeof workstationFacts>

const toConfirm = z.strictObject({ id: z.uuid(), staffId: z.string(), displayName: z.string(), roles: z.array(role) })

export const workstationCommands = {
  readWorkstation: command(nothing, z.union([workstationFacts, refused(['not-allowed'])])),
  changeWorkstation: command(
    z.strictObject({ name: stationLabel, location: stationLabel, group: stationLabel.nullable() }),
    z.union([done, refused([...administrationRefusals, 'locks-out-administrators', 'of-hub'])]),
  ),
  /** Main asks where to; answers once the file is whole. The path stays in main. */
  makeBackup: command(
    z.strictObject({ passphrase: z.string().max(200) }),
    z.union([
      z.strictObject({ ok: z.literal(true), digest: z.string().regex(/^[0-9a-f]{64}$/), bytes: count, events: count }),
      refused([...administrationRefusals, 'cancelled', 'weak-passphrase', 'disk-full', 'not-writable', 'stopped']),
    ]),
  ),
  /** How far the backup is, 0 to 1; null while none is made. */
  readBackup: command(
    nothing,
    z.union([
      z.strictObject({ ok: z.literal(true), part: z.number().min(0).max(1).nullable() }),
      refused(['not-allowed']),
    ]),
  ),
  listToConfirm: command(
    z.strictObject({ page: z.number().int().min(0).max(100_000) }),
    z.union([
      z.strictObject({ ok: z.literal(true), people: z.array(toConfirm).max(50), total: count, pageSize: count }),
      refused(['not-allowed']),
    ]),
  ),
  confirmPeople: command(nothing, z.union([done, refused(administrationRefusals)])),
} as const
