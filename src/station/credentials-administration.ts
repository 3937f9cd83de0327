// Everybody's credentials, as somebody who is signed in looks at them.
import type { credentialCommands } from '../contracts/commands/credentials.ts'
import type { Handlers } from '../contracts/ipc.ts'
import { mayActOn } from '../core/permissions.ts'
import type { Administration } from './administration.ts'
import { listCredentials } from './credentials-list.ts'

export function credentialHandlers(administration: Administration): Pick<Handlers, keyof typeof credentialCommands> {
  const { station, people } = administration
  return {
    listCredentials: (query) =>
      administration.read('see-credentials', (actor) => {
        const { rows, ...rest } = listCredentials(station, people, query)
        const mayRevoke = actor.may('revoke')
        return {
          ok: true,
          ...rest,
          rows: rows.map((row) => ({ ...row, mayRevoke: mayRevoke && mayActOn(actor.roles, row.person.roles) })),
        }
      }),
  }
}
