// The words of what was begun and done at the hub, and what each calls.
import type { Command } from 'commander'
import type { At } from './hub-commands.ts'
import { listActions, listJoinCodes, listOffers, purgePending, withdrawPending } from './hub-pending.ts'
import type { Run } from './program.ts'

interface Options {
  readonly hub?: string
  readonly as?: string
  readonly code?: string
  readonly after?: string
  readonly all?: boolean
  readonly reason?: string
}
const pending = [
  ['offers', 'enrollments that were begun here', listOffers],
  ['join-codes', 'codes that a workstation joins with', listJoinCodes],
] as const

export function addHubPending(hub: Command, at: At, run: Run): void {
  for (const [what, description, list] of pending) {
    const group = hub.command(what).description(description)
    const lister = at(group, 'list', 'those that are open')
      .option('--all', 'also those that were used, withdrawn, or are over')
      .option('--after <id>', 'the page after this one')
    lister.action(run(() => list(lister.opts<Options>(), lister.opts<Options>())))
    const withdraw = at(group, 'withdraw <id>', 'it works no more').requiredOption('--reason <text>', 'why')
    withdraw.action((id: string) => {
      const { reason = '', ...user } = withdraw.opts<Options>()
      return run(() => withdrawPending(user, what, id, reason))()
    })
  }
  const purge = at(hub, 'purge <days>', 'offers and codes to join with that ended more than so many days ago')
  purge.requiredOption('--reason <text>', 'why').action((days: string) => {
    const { reason = '', ...user } = purge.opts<Options>()
    return run(() => purgePending(user, days, reason))()
  })
  const actions = at(hub, 'actions', 'what administrators did, newest first').option('--after <id>', 'the next page')
  actions.action(run(() => listActions(actions.opts<Options>(), actions.opts<Options>().after)))
}
