// hub join, hub status: the station's side of its hub.
import { createHttpHub } from '../station/hub/http.ts'
import { joinHub, parseJoinLink } from '../station/hub/joining.ts'
import { readLink, readProgress } from '../station/hub/link.ts'
import { type Approver, withApprover } from './approved.ts'
import { appVersion, type CliParts } from './compose.ts'
import { clock, withFolder } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'

/** @param text as the hub made it: `https://HUB/v1/ORGANISATION/join#CODE`. */
export function join(parts: CliParts, approver: Approver, text: string): Promise<Answer> {
  const link = parseJoinLink(text)
  if (!link) throw new UsageError('that is no join link: https://HUB/v1/ORGANISATION/join#CODE, as the hub made it')
  return withApprover(parts, approver, 'hub join', async (opened, actor) => {
    const joined = await joinHub(opened, {
      hub: createHttpHub(),
      link,
      appVersion: appVersion(),
      nowMs: clock.nowMs(),
      actor,
    })
    if (!joined.ok) return problem(refusals[joined.reason], { problem: joined.reason })
    return {
      found: false,
      lines: [
        `Joined ${joined.organisation}${joined.group === null ? '' : `, group ${joined.group}`}.`,
        'A station that runs goes on from here by itself; its log goes up, people and policy come down.',
      ],
      json: { ok: true, organisation: joined.organisation, group: joined.group },
    }
  })
}

const refusals = {
  'not-a-link': 'That is no join link.',
  'joined-before': 'This station belongs to a hub already. Nothing was changed.',
  unreachable: "The hub can't be reached. Nothing was changed; the link is still good for its ten minutes.",
  'join-refused': 'The hub does not take this link: it was used, or its ten minutes are over. Make a new one.',
  'already-joined': 'The hub knows this station already. Restore or set it up anew to join again.',
  'bad-answer': 'What answered there is not a hub that this Wardkey understands. Nothing was changed.',
} as const

export function hubStatus(parts: CliParts): Promise<Answer> {
  return withFolder(parts, ({ db, keys, ledger }) => {
    const link = readLink(ledger)
    const progress = link ? readProgress(db, keys) : null
    if (!link || !progress)
      return { found: false, lines: ['This station belongs to no hub.'], json: { ok: true, joined: false } }
    const events = ledger.frontier().size
    const waiting = events - progress.acknowledged
    return {
      found: link.closed !== null,
      lines: [
        `${link.organisation_name}, at ${link.url}`,
        ...(link.closed === null ? [] : [`Closed by the hub: ${link.closed}`]),
        `Confirmed ${new Date(link.confirmed_at_ms).toISOString()}; ${progress.acknowledged} of ${events} events are there${waiting > 0 ? `, ${waiting} wait` : ''}`,
      ],
      json: {
        ok: link.closed === null,
        joined: true,
        url: link.url,
        organisation: link.organisation_slug,
        closed: link.closed,
        confirmedAtMs: link.confirmed_at_ms,
        events,
        acknowledged: progress.acknowledged,
        cursor: progress.cursor,
        checkpoint: progress.checkpoint,
      },
    }
  })
}
