// A workstation in use joins its organisation's hub, as an administrator who is signed in asks for it.
import type { hubCommands } from '../../contracts/commands/hub.ts'
import type { Handlers } from '../../contracts/ipc.ts'
import type { Administration } from '../administration.ts'
import type { DeskHub } from './desk-hub.ts'

export function hubHandlers(
  administration: Administration,
  { hub }: { readonly hub: DeskHub },
): Pick<Handlers, keyof typeof hubCommands> {
  return {
    joinHub: ({ link }) =>
      administration.act('run-station', ({ personId }, second) => hub.join(link, personId, second)),
  }
}
