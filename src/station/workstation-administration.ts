// The workstation and its people after a restore, as an administrator who is signed in looks after them.
import type { workstationCommands } from '../contracts/commands/workstation.ts'
import type { Handlers } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import { readLink } from './hub/link.ts'
import { lacksKeeper } from './keepers.ts'
import type { Recorder } from './ledger.ts'
import { confirmPeople, listToConfirm } from './people-confirmation.ts'
import { readStation } from './signing.ts'
import type { Workstation } from './workstation.ts'

const done = { ok: true } as const
const notNow = { ok: false, reason: 'not-now' } as const
const ofHub = { ok: false, reason: 'of-hub' } as const
const lockedOut = { ok: false, reason: 'locks-out-administrators' } as const
const runs = 'run-station'

/** Into a group whose rules ask of every administrator what they lack; where that is so already, nothing gets worse. */
function movesAllOut(recorder: Recorder, group: string | null): boolean {
  const now = readStation(recorder)?.station_group ?? null
  return group !== now && lacksKeeper(recorder, {}, group) && !lacksKeeper(recorder, {}, now)
}

export function workstationHandlers(
  administration: Administration,
  workstation: Workstation,
): Pick<Handlers, keyof typeof workstationCommands> {
  const { db, ledger } = administration.station
  return {
    readWorkstation: () => administration.read(runs, () => workstation.read()),
    changeWorkstation: (wanted) => {
      const answer = administration.change(runs, (recorder, actor) => {
        if (readLink(recorder)) return ofHub
        if (movesAllOut(recorder, wanted.group)) return lockedOut
        workstation.change(recorder, actor, wanted)
        return done
      })
      if (answer.ok) workstation.identifyAnew()
      return answer
    },
    makeBackup: ({ passphrase }) =>
      administration.act(runs, ({ personId }) =>
        workstation.backUp(passphrase, personId, () => administration.read(runs, () => done).ok),
      ),
    readBackup: () => administration.read(runs, () => ({ ok: true, part: workstation.part })),
    listToConfirm: ({ page }) => administration.read(runs, () => ({ ok: true, ...listToConfirm(db, ledger, page) })),
    confirmPeople: () =>
      administration.change(runs, (recorder, actor) => (confirmPeople(recorder, actor) ? done : notNow)),
  }
}
