// hub stations stolen: whose secrets a station had, and their end.
import { reasonText } from '../contracts/fields.ts'
import { done } from '../contracts/hub/desk.ts'
import { type HeldSecret, heldSecrets, renewed } from '../contracts/hub/stolen.ts'
import { type Ask, atHub, type HubUser } from './hub-client.ts'
import { enrollPerson, good, told } from './hub-desk.ts'
import { type Answer, UsageError } from './output.ts'

const lineOf = ({ credentialId, staffId, displayName }: HeldSecret) => `${staffId}  ${displayName}  ${credentialId}`
const path = (number: string) => `/stations/${encodeURIComponent(number)}`

export const showStolen = (user: HubUser, number: string): Promise<Answer> =>
  atHub(user, async (asks) =>
    told(await asks('GET', `${path(number)}/secrets`, heldSecrets), ({ secrets, status }) => ({
      found: secrets.length > 0,
      lines: [
        `Station ${number} (${status}) has had ${secrets.length} secrets of authenticator apps that still work.`,
        ...secrets.map(lineOf),
        ...(secrets.length > 0 ? ['If it was stolen: --renew --reason TEXT ends them all.'] : []),
      ],
      json: { ok: secrets.length === 0, status, secrets },
    })),
  )

/** The station gets nothing more from the first moment; whoever does it is enrolled anew first, where theirs was there too. */
export const renewStolen = (user: HubUser, number: string, given: string | undefined): Promise<Answer> => {
  const reason = reasonText.safeParse(given)
  if (!reason.success) throw new UsageError('say why: --reason TEXT')
  return atHub(user, async (asks) => {
    const held = await asks('GET', `${path(number)}/secrets`, heldSecrets)
    if (!held.ok) return held.answer
    if (held.value.status !== 'removed') {
      const removed = await asks('POST', path(number), done, { status: 'removed', reason: reason.data })
      if (!removed.ok) return removed.answer
    }
    const own = held.value.secrets.find((each) => each.own)
    if (own) {
      process.stderr.write('Your own secret was there too. Enroll your phone anew first:\n')
      const enrolled = await enrollPerson(asks, own.personId)
      if (!enrolled.ok) return enrolled.answer
    }
    return renew(asks, number, reason.data)
  })
}

const renew = async (asks: Ask, number: string, reason: string): Promise<Answer> =>
  told(await asks('POST', `${path(number)}/stolen`, renewed, { reason }), ({ ended }) =>
    good(
      [
        `Station ${number} is removed, and ${ended.length} secrets that it had have ended everywhere.`,
        ...ended.map(lineOf),
        ...(ended.length > 0 ? ['Enroll each of them anew: people enroll STAFF_ID; people list --unenrolled.'] : []),
      ],
      { ended },
    ),
  )
