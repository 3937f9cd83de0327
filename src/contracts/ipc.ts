// The one contract between the station's window and main: each command with its input and output.
import { z } from 'zod'
import { alertCommands } from './commands/alerts.ts'
import { auditCommands } from './commands/audit.ts'
import { bindingCommands } from './commands/binding.ts'
import { brandAdministrationCommands, brandCommands } from './commands/brand.ts'
import { cameraCommands } from './commands/camera.ts'
import { credentialCommands } from './commands/credentials.ts'
import { emergencyAdministrationCommands, emergencyCommands } from './commands/emergency.ts'
import { enrollmentCommands } from './commands/enrollment.ts'
import { firstJoinCommands, hubCommands } from './commands/hub.ts'
import { loginCommands } from './commands/login.ts'
import { offerCommands } from './commands/offers.ts'
import { ownCommands } from './commands/own.ts'
import { peopleCommands } from './commands/people.ts'
import { policyCommands } from './commands/policy.ts'
import { questionCommands } from './commands/questions.ts'
import { restoreCommands } from './commands/restore.ts'
import { stationCommands } from './commands/station.ts'
import { ticketCommands } from './commands/tickets.ts'
import { tokenCommands } from './commands/tokens.ts'
import { workstationCommands } from './commands/workstation.ts'
import type { screenState } from './screen.ts'

/** What somebody who is signed in may ask for, as far as their roles allow it. */
export const administrationCommands = {
  ...peopleCommands,
  ...offerCommands,
  ...credentialCommands,
  ...alertCommands,
  ...policyCommands,
  ...ticketCommands,
  ...tokenCommands,
  ...auditCommands,
  ...workstationCommands,
  ...hubCommands,
  ...emergencyAdministrationCommands,
  ...brandAdministrationCommands,
} as const
export const commands = {
  ...stationCommands,
  ...restoreCommands,
  ...firstJoinCommands,
  ...enrollmentCommands,
  ...bindingCommands,
  ...loginCommands,
  ...questionCommands,
  ...emergencyCommands,
  ...brandCommands,
  ...cameraCommands,
  ...ownCommands,
  ...administrationCommands,
} as const

export type Commands = typeof commands
export type CommandName = keyof Commands
export type AdministrationCommand = keyof typeof administrationCommands
/** What the window sends, and what a handler gets once it is parsed. */
export type Input<N extends CommandName> = z.input<Commands[N]['input']>
export type Parsed<N extends CommandName> = z.output<Commands[N]['input']>
export type Output<N extends CommandName> = z.output<Commands[N]['output']>
export type Handlers = { [N in CommandName]: (input: Parsed<N>) => Output<N> | Promise<Output<N>> }

/** A call that main refuses before any handler sees it. */
export const refusal = z.strictObject({ refused: z.enum(['unknown-command', 'bad-input', 'bad-sender', 'failed']) })

/** Channel on which main pushes ScreenState, and the one on which the window calls commands. */
export const screenChannel = 'wardkey:screen'
export const commandChannel = 'wardkey:command'

/** What preload puts on `window.wardkey`. */
export interface Bridge {
  call<N extends CommandName>(name: N, input: Input<N>): Promise<Output<N>>
  onScreen(listener: (state: z.infer<typeof screenState>) => void): () => void
}
