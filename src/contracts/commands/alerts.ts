// Commands of Administration about alerts.
import { z } from 'zod'
import { administrationRefusals, command, done, refused } from './answers.ts'

export const alertCommands = {
  acknowledgeAlert: command(
    z.strictObject({ alertId: z.uuid() }),
    z.union([done, refused([...administrationRefusals, 'no-such-alert', 'needs-review'])]),
  ),
} as const
