// One page of the list of people for what is searched; an older answer never replaces a newer one.
import { useCallback, useEffect, useState } from 'react'
import type { PeopleFilter } from '../../contracts/commands/people.ts'
import type { Output } from '../../contracts/ipc.ts'
import { ask } from './bridge.ts'

interface Wanted {
  readonly search: string
  readonly page: number
  readonly filter: PeopleFilter
}
type Answer = Extract<Output<'listPeople'>, { ok: true }>

export function usePeople() {
  // A new object asks again, even for the same page.
  const [wanted, setWanted] = useState<Wanted>({ search: '', page: 0, filter: 'everybody' })
  const [list, setList] = useState<Answer | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    let current = true
    void ask('listPeople', { ...wanted, search: wanted.search.trim().slice(0, 100) }).then((answer) => {
      if (!current) return
      setFailed(!answer?.ok)
      if (answer?.ok) setList(answer)
    })
    return () => {
      current = false
    }
  }, [wanted])

  const find = useCallback((search: string) => setWanted((now) => ({ ...now, search, page: 0 })), [])
  const choose = useCallback((filter: PeopleFilter) => setWanted((now) => ({ ...now, filter, page: 0 })), [])
  const turn = useCallback((by: number) => setWanted((now) => ({ ...now, page: now.page + by })), [])
  return { ...wanted, find, choose, turn, list, failed }
}
