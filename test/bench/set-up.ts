// A station that is set up with its first administrator, in the folder and the keychain of this session.
import { createDesk } from '../../src/station/create-desk.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { administrator, codeOf, FakeLog, FakePrinter } from '../support/fakes.ts'

export async function setUpStation(folder: string): Promise<void> {
  const service = process.env.WARDKEY_KEYCHAIN_SERVICE
  if (!service) throw new Error('WARDKEY_KEYCHAIN_SERVICE names no keychain')
  const desk = createDesk({
    dataFolder: folder,
    appVersion: '0.0.0',
    clock: { nowMs: () => Date.now(), runningMs: () => performance.now() },
    keychain: createKeytarKeychain(service),
    log: new FakeLog(),
    printer: new FakePrinter(),
    phoneHost: null,
    sqliteBinding: undefined,
  })
  await desk.start()
  const { setUpStation, confirmOffer, acknowledgeRecoveryCodes } = desk.handlers
  const offered = await setUpStation({
    name: 'Ward 7',
    location: 'Level 2, east corridor',
    administratorName: administrator.name,
    administratorStaffId: administrator.staffId,
  })
  if (!offered.ok) throw new Error(offered.reason)
  await confirmOffer({ code: codeOf(offered.secret.setupKey, Date.now()) })
  await acknowledgeRecoveryCodes({})
  const { kind } = desk.screen()
  await desk.close()
  if (kind !== 'locked') throw new Error(`the station shows ${kind}`)
}
