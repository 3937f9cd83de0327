// Who may do what: every command of Administration by every role, and what no grant gives to anybody below an administrator.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AdministrationCommand, administrationCommands, type Input } from '../../src/contracts/ipc.ts'
import { defaultPolicy } from '../../src/contracts/policy.ts'
import type { Role } from '../../src/contracts/roles.ts'
import { plainColours } from '../../src/core/brand.ts'
import {
  addPerson,
  staffId as administratorId,
  closeAll,
  copyOf,
  enroll,
  newWard,
  putPolicy,
  restart,
  type Stopped,
  signIn,
  type Ward,
} from '../support/attack-station.ts'

type Who = Role | 'nobody'
const who: readonly Who[] = ['nobody', 'staff', 'supervisor', 'auditor', 'administrator']
const ids = { staff: 'N2044', supervisor: 'S2107', auditor: 'X1', administrator: administratorId } as const
const nobody = '01890000-0000-7000-8000-000000000000'
const reason = 'a test of roles'
const looks = ['supervisor', 'auditor', 'administrator'] as const
const enrolls = ['supervisor', 'administrator'] as const
const administers = ['administrator'] as const
const readsLog = ['auditor', 'administrator'] as const
const wholeLog = { group: null, person: '', outcome: null, fromMs: null, toMs: null }
const readsPolicy = ['auditor', 'administrator'] as const

/** Each command with who may call it; whoever else is refused before anything about the input is known. */
const table: { readonly [N in AdministrationCommand]?: { input: Input<N>; may: readonly Who[] } } = {
  listPeople: { input: { search: '', page: 0 }, may: looks },
  readPerson: { input: { personId: nobody }, may: looks },
  listOffers: { input: {}, may: looks },
  listCredentials: { input: { filter: 'everybody', search: '', page: 0 }, may: looks },
  makeOffer: { input: { personId: nobody }, may: enrolls },
  bindPhone: { input: { personId: nobody }, may: enrolls },
  showOffer: { input: { offerId: nobody }, may: enrolls },
  renewWaitingOffer: { input: { offerId: nobody }, may: enrolls },
  withdrawOffer: { input: { offerId: nobody, reason }, may: enrolls },
  addPerson: { input: { displayName: 'Eve', staffId: administratorId, roles: ['staff'] }, may: administers },
  editPerson: { input: { personId: nobody, displayName: 'Eve', staffId: 'E1', roles: ['staff'] }, may: administers },
  changePersonStatus: { input: { personId: nobody, status: 'left', reason }, may: administers },
  revokeCredential: { input: { credentialId: nobody, reason }, may: administers },
  previewImport: { input: { text: 'staff_id,name\n' }, may: administers },
  importPeople: { input: { text: 'staff_id\n' }, may: administers },
  readTickets: { input: { personId: nobody }, may: looks },
  issueTicket: { input: { personId: nobody, purpose: 'sign-in', hours: 1, reason }, may: enrolls },
  revokeTicket: { input: { ticketId: nobody, reason }, may: enrolls },
  exportPeople: { input: {}, may: looks },
  listTokens: { input: {}, may: administers },
  revokeToken: { input: { tokenId: nobody, reason }, may: administers },
  readEmergency: { input: { page: 0 }, may: administers },
  acknowledgeEmergencyCodes: { input: {}, may: administers },
  reviewEmergency: { input: { useId: nobody, finding: 'looked into it, nothing wrong' }, may: administers },
  makeEmergencyCodes: { input: {}, may: administers },
  letInPhone: { input: { credentialId: nobody, reason }, may: enrolls },
  reinstateCredential: { input: { credentialId: nobody, reason }, may: administers },
  listAlerts: { input: { open: true, after: null }, may: administers },
  acknowledgeAlert: { input: { alertId: nobody, note: 'seen' }, may: administers },
  readLog: { input: { filter: wholeLog, before: null }, may: readsLog },
  readEvent: { input: { number: 1 }, may: readsLog },
  verifyLog: { input: {}, may: readsLog },
  readLogWork: { input: {}, may: readsLog },
  cancelLogWork: { input: {}, may: readsLog },
  exportLog: { input: { format: 'csv' }, may: readsLog },
  readWorkstation: { input: {}, may: administers },
  changeWorkstation: { input: { name: 'Ward 7', location: 'Level 2', group: null }, may: administers },
  joinHub: { input: { link: 'no link' }, may: administers },
  makeBackup: { input: { passphrase: 'weak' }, may: administers },
  readBackup: { input: {}, may: administers },
  listToConfirm: { input: { page: 0 }, may: administers },
  confirmPeople: { input: {}, may: administers },
  changeBrand: { input: { look: { name: 'Ward', colours: plainColours }, logo: null }, may: administers },
  removeBrand: { input: {}, may: administers },
  readPolicy: { input: {}, may: readsPolicy },
  listPolicyVersions: { input: { page: 0 }, may: readsPolicy },
  readPolicyVersion: { input: { number: 1 }, may: readsPolicy },
  checkPolicy: { input: { document: defaultPolicy }, may: administers },
  changePolicy: { input: { document: defaultPolicy, after: 99, reason }, may: administers },
}

let station: Stopped
const keys = new Map<string, string>()
const people = new Map<string, string>()
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  keys.set(administratorId, ward.setupKey)
  for (const role of ['staff', 'supervisor', 'auditor'] as const) {
    const id = await addPerson(ward, ids[role], [role])
    people.set(role, id)
    keys.set(ids[role], await enroll(ward, id))
  }
  people.set('administrator', await idOf(ward, administratorId))
  people.set('second-supervisor', await addPerson(ward, 'S2108', ['supervisor']))
  people.set('without-phone', await addPerson(ward, 'N2045'))
  people.set('auditing-nurse', await addPerson(ward, 'N2046', ['staff', 'auditor']))
  people.set('second-administrator', await addPerson(ward, 'A1002', ['administrator']))
  await closeAll()
  station = ward
}, 60_000)
afterEach(() => closeAll())
afterAll(() => closeAll(true))

async function idOf({ desk }: Ward, staffId: string): Promise<string> {
  const found = await desk.handlers.listPeople({ search: staffId, page: 0 })
  return found.ok ? (found.people[0]?.id ?? '') : ''
}
const person = (name: string): string => people.get(name) ?? ''

/** A fresh copy of the station, with somebody of this role signed in. */
async function as(role: Who): Promise<Ward> {
  const ward = await restart(copyOf(station))
  if (role !== 'nobody') await signIn(ward, ids[role], keys.get(ids[role]))
  return ward
}

it('every command of Administration has its row', () => {
  expect(Object.keys(table).toSorted()).toEqual(Object.keys(administrationCommands).toSorted())
})

describe.each(who)('%s', (role) => {
  it('may do what the table says and nothing else', async () => {
    const { desk } = await as(role)
    const call = async (name: string, input: unknown) => {
      const handler = desk.handlers[name as AdministrationCommand] as (input: unknown) => unknown
      return (await handler(input)) as { ok: boolean; reason?: string }
    }
    const allowed: string[] = []
    for (const [name, { input }] of Object.entries(table)) {
      const answer = await call(name, input)
      if (answer.reason !== 'not-allowed') allowed.push(name)
    }
    const expected = Object.entries(table).filter(([, { may }]) => may.includes(role))
    expect(allowed.toSorted()).toEqual(expected.map(([name]) => name).toSorted())
  })
})

describe('a supervisor', () => {
  const refused = { ok: false, reason: 'not-allowed' }

  it('enrolls staff', async () => {
    const { desk } = await as('supervisor')
    expect(await desk.handlers.makeOffer({ personId: person('without-phone') })).toMatchObject({ ok: true })
  })

  it.each(['administrator', 'second-administrator', 'second-supervisor', 'auditor', 'auditing-nurse', 'supervisor'])(
    'enrolls no phone for %s',
    async (name) => {
      const { desk } = await as('supervisor')
      expect(await desk.handlers.makeOffer({ personId: person(name), reason })).toEqual(refused)
      expect(desk.screen()).toMatchObject({ kind: 'session', offer: null })
    },
  )

  it('sees in the details what they may do to whom', async () => {
    const { desk } = await as('supervisor')
    const may = async (name: string) => {
      const read = await desk.handlers.readPerson({ personId: person(name) })
      return read.ok && read.may
    }
    const none = { change: false, revoke: false, enroll: false, addPhone: false, bind: false }
    expect(await may('without-phone')).toEqual({ ...none, enroll: true })
    expect(await may('administrator')).toEqual(none)
    expect(await may('supervisor')).toEqual(none)
  })

  it('gives nobody a role beyond staff, even where policy lets supervisors change people', async () => {
    const ward = await as('supervisor')
    await putPolicy(ward, { grants: { 'change-people': ['supervisor', 'administrator'] } })
    const { handlers } = ward.desk
    const eve = { displayName: 'Eve', staffId: 'E1' }
    expect(await handlers.addPerson({ ...eve, roles: ['administrator'] })).toEqual(refused)
    expect(await handlers.importPeople({ text: 'staff_id,name,roles\nE1,Eve,supervisor\n' })).toEqual(refused)
    const own = { personId: person('supervisor'), displayName: 'Me', staffId: ids.supervisor }
    expect(await handlers.editPerson({ ...own, roles: ['administrator'] })).toEqual(refused)
    expect(await handlers.editPerson({ ...own, roles: ['staff'] })).toEqual(refused)
    const status = { status: 'suspended' as const, reason }
    expect(await handlers.changePersonStatus({ personId: person('administrator'), ...status })).toEqual(refused)
    expect(await handlers.addPerson({ ...eve, roles: ['staff'] })).toMatchObject({ ok: true })
    expect(await handlers.changePersonStatus({ personId: person('staff'), ...status })).toEqual({ ok: true })
  })
})
