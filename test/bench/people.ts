// A station of 50,000 people: read from a file, added in one transaction, and searched as somebody types.
import path from 'node:path'
import { CodeCounts } from '../../src/station/code-counts.ts'
import { importPeople, previewImport } from '../../src/station/people-file.ts'
import { PeopleIndex } from '../../src/station/people-index.ts'
import { listPeople } from '../../src/station/people-list.ts'
import { timed } from './measure.ts'
import { alone, type Result } from './result.ts'
import { openBenchStation } from './station.ts'

const count = 50_000
const rounds = 20
const first = ['Ada', 'Bola', 'Carmen', 'Dieter', 'Elif', 'Femi', 'Göran', 'Zoë', 'Søren', 'Łucja']
const last = ['Kern', 'Adeyemi', 'Ruiz', 'Vogt', 'Demir', 'Okoro', 'Müller', 'Nowak', 'Åberg', 'O’Neill']
/** Letter by letter, as names and staff IDs are typed. */
const typed = ['z', 'zo', 'zoe', 'zoe m', 'zoe mul', 'n', 'n4', 'n49', 'n499', 'n4999', 'a', 'e', 'kern ada', 'nobody']

export async function benchPeople(folder: string): Promise<Result[]> {
  const station = openBenchStation(path.join(folder, 'people'), 1)
  try {
    const file = Buffer.from(fileOf(count))
    let plan = previewImport(station.ledger, Buffer.from(''))
    const previewMs = timed(() => {
      plan = previewImport(station.ledger, file)
    })
    const importMs = timed(() => station.ledger.record((recorder) => importPeople(recorder, plan.people, undefined)))
    const lists = { index: new PeopleIndex(station), codes: new CodeCounts() }
    const page = (search: string) => listPeople(station, lists, { search, page: 0, filter: 'active' })
    const readMs = timed(() => page(''))
    if (page('').total < count) throw new Error('not everybody is in the list')
    const searches = Array.from({ length: rounds }, () => typed.map((text) => timed(() => page(text)))).flat()
    return [
      alone(`look through a file of ${count} people`, [previewMs]),
      alone(`import ${count} people`, [importMs]),
      alone(`first look at the list of ${count} people`, [readMs]),
      alone(`search among ${count} people`, searches, { aim: 5 }),
    ]
  } finally {
    station.close()
  }
}

function fileOf(people: number): string {
  const lines = Array.from({ length: people }, (_, n) => {
    const name = `${first[n % first.length]} ${last[Math.floor(n / first.length) % last.length]} ${n % 97}`
    return `N${n},${name},staff`
  })
  return ['staff_id,name,roles', ...lines].join('\n')
}
