// Steps of backups: one is made, and another computer goes on from it, at once or much later.
import fc from 'fast-check'
import { type Backup, backup, confirmPeople, restore } from './backups.ts'
import type { WalkedStation } from './station.ts'
import { any, pickLate, step } from './steps.ts'

const made = new WeakMap<WalkedStation, Backup[]>()
const backupsOf = (station: WalkedStation): Backup[] => {
  const all = made.get(station) ?? []
  made.set(station, all)
  return all
}

export const backups = step('a backup', fc.constant(null), () => async (model, station) => {
  // One that is restored is confirmed before it is backed up again.
  if (!model.unconfirmed) backupsOf(station).push(await backup(model, station))
})
export const restores = step(
  'a restore',
  fc.record({ at: any, wrong: fc.nat(4) }),
  ({ at, wrong }) =>
    async (model, station) => {
      const from = pickLate(backupsOf(station), at) ?? (await backup(model, station))
      if (!model.clockMayBeClosed(station.now()))
        await restore(model, station, from, wrong === 0 ? 'not the passphrase' : undefined)
    },
)
export const confirmsPeople = step('the people are confirmed', fc.constant(null), () => async (model, station) => {
  if (model.unconfirmed) await confirmPeople(model, station)
})
