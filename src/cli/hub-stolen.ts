// hub stations stolen: whose secrets a station had, and their end.
import { reasonText } from '../contracts/fields.ts'
import { type HeldSecret, heldSecrets, renewed } from '../contracts/hub/stolen.ts'
import { atHub, type HubUser } from './hub-client.ts'
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

/** Whoever does it is enrolled anew last, where theirs was there too: with their old secret their access ends. */
export const renewStolen = (user: HubUser, number: string, given: string | undefined): Promise<Answer> => {
  const reason = reasonText.safeParse(given)
  if (!reason.success) throw new UsageError('say why: --reason TEXT')
  return atHub(user, async (asks) => {
    const answer = await asks('POST', `${path(number)}/stolen`, renewed, { reason: reason.data })
    if (!answer.ok) return answer.answer
    const { ended, own } = answer.value
    if (own[0]) {
      process.stderr.write('Your own secret was there too. Enroll your phone anew now:\n')
      const enrolled = await enrollPerson(asks, own[0].personId)
      if (!enrolled.ok) return enrolled.answer
    }
    return good(
      [
        `Station ${number} is removed, and ${ended.length + own.length} secrets that it had have ended everywhere.`,
        ...ended.map(lineOf),
        ...(ended.length > 0 ? ['Enroll each of them anew: people enroll STAFF_ID; people list --unenrolled.'] : []),
      ],
      { ended, own },
    )
  })
}
