// The frame of the pages with one thing to do: top bar and centred content.
import type { ReactNode } from 'react'
import { TopBar } from '../../ui/Mark.tsx'

export function Page({ children }: { children: ReactNode }) {
  return (
    <div className="page">
      <TopBar />
      <main className="centre">{children}</main>
    </div>
  )
}

/** A heading one level down where another screen holds this one. */
export function Title({ level, children }: { level: 1 | 2; children: ReactNode }) {
  return level === 1 ? <h1 className="title">{children}</h1> : <h2 className="title">{children}</h2>
}
