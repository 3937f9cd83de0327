// The organisation's look, as an administrator who is signed in sets it.
import type { brandAdministrationCommands } from '../contracts/commands/brand.ts'
import type { Handlers, Output } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import { changeBrand, readBrand, removeBrand } from './brand.ts'
import type { Ledger } from './ledger.ts'

export function brandHandlers(
  administration: Administration,
): Pick<Handlers, keyof typeof brandAdministrationCommands> {
  return {
    changeBrand: ({ look, logo }) =>
      administration.change('run-station', (recorder, actor) => {
        const wish = logo === null || logo === 'same' ? logo : Buffer.from(logo.png, 'base64')
        return changeBrand(recorder, actor, look, wish)
      }),
    removeBrand: () =>
      administration.change('run-station', (recorder, actor) => {
        removeBrand(recorder, actor)
        return { ok: true }
      }),
  }
}

/** For the lock screen, which anybody may look at. */
export function shownBrand(ledger: Ledger): Output<'readBrand'> {
  const brand = readBrand(ledger)
  return { ok: true, look: brand?.look ?? null, logo: brand?.logo?.toString('base64') ?? null }
}
