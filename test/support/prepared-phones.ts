// A prepared station whose people have bound phones that scan, by the product's own code without a window.
import { HOTP, Secret } from 'otpauth'
import type { BindingOffered } from '../../src/contracts/commands/binding.ts'
import { createDesk } from '../../src/station/create-desk.ts'
import type { Desk } from '../../src/station/desk.ts'
import { BoundPhone, phoneHost } from './bound-phone.ts'
import { ada, bola } from './flows.ts'
import { made, type Prepared, partsOf, prepareStation } from './prepared-station.ts'
import { readSymbol } from './read-symbol.ts'

export interface PreparedPhones extends Prepared {
  readonly adas: BoundPhone
  readonly bolas: BoundPhone
}

/** Ada, the administrator, has bound hers by herself; Bola's was bound by her. */
export async function preparePhones(): Promise<PreparedPhones> {
  const prepared = await prepareStation()
  const parts = { ...partsOf(prepared.folder, 5 * 60_000), phoneHost }
  const desk = createDesk(parts)
  await desk.start()
  const counter = Math.floor(parts.clock.nowMs() / 30_000)
  const code = HOTP.generate({ secret: Secret.fromBase32(prepared.setupKey), counter })
  made(await desk.handlers.submitCode({ staffId: ada.staffId, code }))
  const adas = await bind(desk, await desk.handlers.bindOwnPhone({}))
  const person = { displayName: bola.name, staffId: bola.staffId, roles: ['staff' as const] }
  const { personId } = made(await desk.handlers.addPerson(person))
  const bolas = await bind(desk, await desk.handlers.bindPhone({ personId }))
  await desk.close()
  return { ...prepared, adas, bolas }
}

async function bind(desk: Desk, offered: BindingOffered | { ok: false }): Promise<BoundPhone> {
  const { handlers } = desk
  const phone = new BoundPhone(readSymbol(made(offered).qr))
  made(await handlers.submitPhonePart({ text: phone.part() }))
  made(await handlers.confirmBinding({ digits: phone.digitsForPart() }))
  const shown = desk.screen()
  if (shown.kind !== 'session' || !shown.welcome || !phone.take(readSymbol(shown.welcome.qr)))
    throw new Error('the phone learned no workstation')
  const finished = made(await handlers.finishWelcome({}))
  if ('recoveryCodes' in finished) made(await handlers.acknowledgeRecoveryCodes({}))
  return phone
}
