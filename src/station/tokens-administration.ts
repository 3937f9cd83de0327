// Provisioning tokens, as an administrator who is signed in sees and revokes them.
import type { tokenCommands } from '../contracts/commands/tokens.ts'
import type { Handlers } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import { listTokens, revokeToken } from './tokens.ts'

const done = { ok: true } as const
const runs = 'run-station'

export function tokenHandlers(administration: Administration): Pick<Handlers, keyof typeof tokenCommands> {
  const { station, nowMs } = administration
  return {
    listTokens: () => administration.read(runs, () => ({ ok: true, tokens: listTokens(station, nowMs()) })),
    revokeToken: ({ tokenId, reason }) =>
      administration.change(runs, (recorder, actor) => {
        const answer = revokeToken(recorder, tokenId, { actor, reason })
        return answer.ok ? done : answer
      }),
  }
}
