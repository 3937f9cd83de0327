// The list of people as a file: on record first, safe in a spreadsheet, and read in again as it was.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planOf } from '../../src/station/people-file.ts'
import { addPerson, begin, closeAll, eventsOf, newWard, read, signIn, type Ward } from '../support/attack-station.ts'
import { newFolder } from '../support/fakes.ts'

let ward: Ward
let file: string | null
let chosen: string[]
beforeEach(async () => {
  const first = await newWard()
  await first.desk.close()
  file = path.join(newFolder(), 'people.csv')
  chosen = []
  const chooseFile = async (name: string) => {
    chosen.push(name)
    return file
  }
  ward = { ...first, ...(await begin(first, { chooseFile })) }
  await signIn(ward)
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))
const written = () => fs.readFileSync(file ?? '', 'utf8')
const exported = () => eventsOf(ward, 'people-exported')

it('names everybody with their roles and status, and import reads it as it was', async () => {
  const { handlers } = ward.desk
  const names = ['=HYPERLINK("x")', '@SUM(A1)', '\'t Hooft, "Ina"', "'=1", '＝1', 'Zoë']
  for (const [n, displayName] of names.entries())
    expect(await handlers.addPerson({ displayName, staffId: `-${n}`, roles: ['staff', 'supervisor'] })).toMatchObject({
      ok: true,
    })
  const leaver = await addPerson(ward, 'L1')
  await handlers.changePersonStatus({ personId: leaver, status: 'left', reason: 'moved away' })
  expect(await handlers.exportPeople({})).toEqual({ ok: true, people: 8, file: 'people.csv' })
  expect(chosen).toEqual(['wardkey-people-2026-01-05.csv'])
  for (const line of written().split('\r\n').slice(1))
    for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=+\-@＝]/)
  const { people, problems } = planOf(fs.readFileSync(file ?? ''))
  expect(problems).toEqual([])
  expect(people).toEqual([
    { staffId: 'A1001', displayName: 'Ada Kern', roles: ['administrator'], status: 'active' },
    ...names.map((displayName, n) => ({
      ...{ staffId: `-${n}`, displayName, roles: ['staff', 'supervisor'], status: 'active' },
    })),
    { staffId: 'L1', displayName: 'Person L1', roles: ['staff'], status: 'left' },
  ])
})

it('comes in at another station as it was: who was suspended or had left stays out', async () => {
  const text = 'staff_id,name,roles,status\nN1,One,staff,active\nN2,Two,staff,suspended\nN3,Three,,left\nN4,Four,,\n'
  expect(await ward.desk.handlers.importPeople({ text })).toEqual({ ok: true, added: 4 })
  expect(read(ward, "SELECT status FROM person WHERE staff_id LIKE 'N%' ORDER BY staff_id")).toEqual([
    ...['active', 'suspended', 'left', 'active'],
  ])
  expect(eventsOf(ward, 'person-added').map((event) => event.details?.status)).toEqual(
    expect.arrayContaining(['suspended', 'left']),
  )
  const wrong = await ward.desk.handlers.previewImport({ text: 'staff_id,name,status\nN9,Nine,gone\n' })
  expect(wrong).toMatchObject({ problems: [{ line: 2, problem: 'bad-status', text: 'gone' }] })
})

it('more people than are read at once are all there, once each', async () => {
  const ids = Array.from({ length: 450 }, (_, n) => `N${n}`)
  const text = `staff_id,name\n${ids.map((id) => `${id},Person ${id}`).join('\n')}`
  expect(await ward.desk.handlers.importPeople({ text })).toMatchObject({ ok: true })
  expect(await ward.desk.handlers.exportPeople({})).toMatchObject({ ok: true, people: 451 })
  const { people } = planOf(fs.readFileSync(file ?? ''))
  expect(people.map(({ staffId }) => staffId).toSorted()).toEqual(['A1001', ...ids].toSorted())
})

describe('what goes wrong', () => {
  it('a file that nobody chooses is none, and no event', async () => {
    file = null
    expect(await ward.desk.handlers.exportPeople({})).toEqual({ ok: false, reason: 'no-file' })
    expect(exported()).toEqual([])
  })

  it('a folder that is not there is said, and the event stands: it came first', async () => {
    file = '/nowhere/people.csv'
    expect(await ward.desk.handlers.exportPeople({})).toEqual({ ok: false, reason: 'not-written' })
    expect(exported()).toMatchObject([{ details: { format: 'csv', people: 1 } }])
    expect(ward.desk.screen()).toMatchObject({ kind: 'session' })
  })

  it('a session that ends while the file is chosen takes nothing out', async () => {
    file = path.join(newFolder(), 'late.csv')
    const { handlers } = ward.desk
    const answer = handlers.exportPeople({})
    ward.desk.lock('lock-button')
    expect(await answer).toEqual({ ok: false, reason: 'not-allowed' })
    expect(fs.existsSync(file)).toBe(false)
    expect(exported()).toEqual([])
  })
})
