// One page of the list of people for what is searched; an older answer never replaces a newer one.
import { useCallback, useEffect, useState } from 'react'
import type { Output } from '../../contracts/ipc.ts'
import { ask } from './bridge.ts'

type Answer = Extract<Output<'listPeople'>, { ok: true }>

export function usePeople() {
  // A new object asks again, even for the same page.
  const [wanted, setWanted] = useState({ search: '', page: 0 })
  const [list, setList] = useState<Answer | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    let current = true
    void ask('listPeople', { search: wanted.search.trim().slice(0, 100), page: wanted.page }).then((answer) => {
      if (!current) return
      setFailed(!answer?.ok)
      if (answer?.ok) setList(answer)
    })
    return () => {
      current = false
    }
  }, [wanted])

  const find = useCallback((search: string) => setWanted({ search, page: 0 }), [])
  const turn = useCallback((by: number) => setWanted((now) => ({ ...now, page: now.page + by })), [])
  return { ...wanted, find, turn, list, failed }
}
