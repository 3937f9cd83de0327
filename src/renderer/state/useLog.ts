// One page of the audit log for a filter; an older answer never replaces a newer one.
import { useEffect, useState } from 'react'
import type { EventGroup } from '../../contracts/commands/audit.ts'
import type { Output } from '../../contracts/ipc.ts'
import { timeOf } from '../../ui/TimeField.tsx'
import { ask } from './bridge.ts'

type Page = Extract<Output<'readLog'>, { ok: true }>
export interface LogFilterText {
  readonly group: EventGroup | ''
  readonly person: string
  readonly outcome: 'accepted' | 'refused' | ''
  readonly from: string
  readonly to: string
}
export const noFilter: LogFilterText = { group: '', person: '', outcome: '', from: '', to: '' }

export function useLog() {
  // Where each page begins, the one that is seen last; a new object asks again, even for the same page.
  const [wanted, setWanted] = useState<{ filter: LogFilterText; begins: readonly (number | null)[] }>({
    filter: noFilter,
    begins: [null],
  })
  const [page, setPage] = useState<Page | null>(null)
  const [problem, setProblem] = useState<'failed' | 'too-many-people' | null>(null)

  useEffect(() => {
    let current = true
    const { group, person, outcome, from, to } = wanted.filter
    const filter = {
      group: group === '' ? null : group,
      person: person.trim().slice(0, 100),
      outcome: outcome === '' ? null : outcome,
      fromMs: timeOf(from),
      toMs: timeOf(to),
    }
    void ask('readLog', { filter, before: wanted.begins.at(-1) ?? null }).then((answer) => {
      if (!current) return
      if (answer?.ok) setPage(answer)
      setProblem(answer?.ok ? null : answer?.reason === 'too-many-people' ? 'too-many-people' : 'failed')
    })
    return () => {
      current = false
    }
  }, [wanted])

  return {
    filter: wanted.filter,
    page,
    problem,
    isNewest: wanted.begins.length === 1,
    narrow: (change: Partial<LogFilterText>) =>
      setWanted(({ filter }) => ({ filter: { ...filter, ...change }, begins: [null] })),
    clear: () => setWanted({ filter: noFilter, begins: [null] }),
    older: () => setWanted((now) => (page?.next ? { ...now, begins: [...now.begins, page.next] } : now)),
    newer: () => setWanted((now) => ({ ...now, begins: now.begins.length > 1 ? now.begins.slice(0, -1) : [null] })),
  }
}
export type Log = ReturnType<typeof useLog>
