// What the command line says where a change was refused: a wrong code, or a token that does not do for it.
import type { ApprovalRefusal } from '../station/login.ts'
import type { TokenRefusal } from '../station/token-use.ts'
import { type Answer, problem } from './output.ts'

const words: Readonly<Record<string, string>> = {
  'wrong-code': 'That code did not match. Nothing was changed.',
  'already-used': 'That code was used before. Wait for the next one; nothing was changed.',
  throttled: 'Too many tries. Wait, then try again; nothing was changed.',
  'clock-wrong': "This workstation's clock is wrong. Nothing was changed.",
  'clock-closed': "This workstation's clock is wrong. Nothing was changed.",
  stale: 'This workstation has been without its hub for too long. Nothing was changed.',
  suspended: 'This account is suspended. Nothing was changed.',
  'people-unconfirmed': 'Restored: the people are not confirmed yet. Nothing was changed.',
  'not-allowed': 'Only an administrator can do that. Nothing was changed.',
  'not-now': 'Not possible right now. Nothing was changed.',
}
export const refused = (approval: ApprovalRefusal, whose = ''): Answer =>
  problem(`${whose}${words[approval.reason] ?? 'Refused.'}`, {
    problem: approval.reason,
    ...('waitMs' in approval && approval.waitMs !== undefined ? { waitMs: approval.waitMs } : {}),
  })

/** Unknown, expired or revoked: only the log says which. */
const tokenWords: Readonly<Record<TokenRefusal, string>> = {
  'no-such-token': 'This token does not work here. Nothing was changed.',
  'not-in-scope': 'This token was not made for that. Nothing was changed.',
  'beyond-reach':
    "No token makes an administrator, or touches one or anybody who may change the policy: that takes an administrator's code. Nothing was changed.",
  'clock-closed': "This workstation's clock is wrong. Nothing was changed.",
  stale: 'This workstation has been without its hub for too long. Nothing was changed.',
  'same-person': 'The second person has to be somebody else than who made the token. Nothing was changed.',
}
export const tokenRefused = (reason: TokenRefusal): Answer => problem(tokenWords[reason], { problem: reason })
