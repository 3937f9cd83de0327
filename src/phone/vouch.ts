// This phone's word for a new one of its owner: signed here, and sent by the hub that the page comes from.
import type { PhonePart } from '../core/binding.ts'
import { encodeVouch, vouchMessage } from '../core/vouch.ts'
import { openKeys } from './answer.ts'
import { urlOf } from './base64url.ts'
import { ask, hubIsHere } from './hub.ts'
import { sign } from './keys/agreement.ts'
import { askOwner } from './keys/passkey.ts'
import { type Binding, readBindings } from './keys/store.ts'

/** As many credentials of this phone are told of at most: one of each workstation that bound it. */
const vouchesAtMost = 5

/** Those that a hub knows, newest first. */
export const bindingsToVouchBy = async (): Promise<Binding[]> =>
  (await readBindings())
    .filter(({ organisation, credential, keys }) => organisation && credential && keys.signing)
    .slice(0, vouchesAtMost)

/** Whether the hub took it of any: a binding whose credential has ended since is of no use, and harms nothing. Throws where the owner is asked and refuses. @param part as the new phone shows it. */
export async function vouchFor(bindings: readonly Binding[], part: PhonePart): Promise<boolean> {
  if (bindings.length === 0 || !(await hubIsHere())) return false
  let took = false
  for (const binding of bindings) took = (await vouchBy(binding, part)) || took
  return took
}

async function vouchBy(
  { credential, keys, passkey, organisation }: Binding,
  { signingKey, agreementKey, passkey: newPasskey }: PhonePart,
): Promise<boolean> {
  if (!credential || !organisation) return false
  const unsigned = {
    ...{ verified: passkey !== null, credential, atSeconds: Math.floor(Date.now() / 1000) },
    ...{ signingKey, agreementKey, passkey: newPasskey },
  }
  const message = vouchMessage(unsigned)
  const yes = passkey && (await askOwner(passkey, message))
  const { signing } = await openKeys(keys, yes?.secret ?? null)
  if (!signing) return false
  const vouch = encodeVouch({ ...unsigned, signature: await sign(signing, message), assertion: yes?.assertion ?? null })
  const said = await ask(`./v1/${organisation.slug}/vouches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ vouch: urlOf(vouch) }),
  })
  return said?.ok === true
}
